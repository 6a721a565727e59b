"""Values of a programme as people read them in a dry run."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format

from initiatives.imports.columns import BY_KEY, MONEY
from initiatives.models import Programme
from kalibaru.core import wording


def shown(key: str, value: Any) -> str:
    """Return a value in words; nothing for nothing."""
    if value in (None, "", []):
        return ""
    if key == "funding_source":
        return str(Programme.FundingSource(value).label)
    if isinstance(value, list):
        return "; ".join(str(getattr(one, "title", None) or one) for one in value)
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(value, Decimal):
        digits = number_format(value, decimal_pos=_decimals(value), force_grouping=True)
        return f"Rp{digits}" if BY_KEY[key].kind == MONEY else digits
    return str(value)


def _decimals(value: Decimal) -> int:
    """Return how many decimals a number needs, two at most."""
    return next((places for places in (0, 1) if value == round(value, places)), 2)
