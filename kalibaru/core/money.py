"""Rupiah and quantities as people type them: "Rp 1.500.000", "1,5 juta", "1.250,5"."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

_SCALES = {
    "ribu": 3,
    "rb": 3,
    "juta": 6,
    "jt": 6,
    "million": 6,
    "miliar": 9,
    "milyar": 9,
    "m": 9,
    "billion": 9,
    "triliun": 12,
    "trilyun": 12,
    "t": 12,
    "trillion": 12,
}
_AMOUNT = re.compile(r"(?:rp|idr)?\.?([0-9][0-9.,]*?)(?:,-|\.-|,--)?([a-z]*)")
_LARGEST = Decimal(10) ** 15


def read_rupiah(text: str) -> Decimal | None:
    """Return the amount that a person typed, None for nothing; ValueError if it cannot be one.

    Points and commas are read by where they stand, so that "1.500.000,50", "1,500,000" and "1500000" are all right.
    """
    plain = re.sub(r"\s", "", text).lower()
    if not plain:
        return None
    match = _AMOUNT.fullmatch(plain)
    if match is None or (match[2] and match[2] not in _SCALES):
        raise ValueError(text[:40])
    amount = _amount(match[1], spoken=bool(match[2])) * Decimal(10) ** _SCALES.get(match[2], 0)
    if amount >= _LARGEST:
        raise ValueError("too large")
    return amount.quantize(Decimal("0.01"))


def _amount(digits: str, *, spoken: bool) -> Decimal:
    """Return the number; `spoken` says that a word like "juta" follows, so that a comma is a decimal one."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last == -1:
        return Decimal(digits)
    sign, tail = digits[last], digits[last + 1 :]
    mixed = "." in digits and "," in digits
    grouped = len(tail) == 3 and not (spoken and sign == ",") and not mixed
    if digits.count(sign) > 1 or grouped:
        return Decimal(_ungrouped(digits, sign))
    whole = digits[:last]
    if mixed:
        whole = _ungrouped(whole, "," if sign == "." else ".")
    return _decimal(f"{whole}.{tail or '0'}")


def _ungrouped(digits: str, sign: str) -> str:
    """Return the digits without separators; groups that are not of three are a typing error."""
    if not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+|\d+", digits):
        raise ValueError(digits[:40])
    return digits.replace(sign, "")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text[:40]) from error


def _shown(value: Any) -> Any:
    """Return a number in the reader's form, without idle decimals; what was typed stays as it was typed."""
    if not isinstance(value, Decimal):
        return value
    whole = value == value.to_integral_value()
    return number_format(value, decimal_pos=0 if whole else 2, force_grouping=True)


class RupiahField(forms.CharField):
    """An amount of rupiah in any form people use; cleaned to a Decimal or None."""

    default_error_messages = {
        "invalid": _("Tulis jumlah rupiah, misalnya 1.500.000 atau 1,5 juta. Jumlahnya tidak boleh kurang dari nol.")
    }

    def __init__(self, **kwargs: Any):
        super().__init__(**{"max_length": 40, **kwargs})

    def clean(self, value: Any) -> Decimal | None:
        """Read the amount."""
        text = super().clean(value)
        try:
            return read_rupiah(text)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount with points."""
        return _shown(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask a phone for its number keys."""
        return {**super().widget_attrs(widget), "inputmode": "decimal"}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare amounts, not their spelling; a hidden first value is a text as well."""
        try:
            return read_rupiah(data or "") != (read_rupiah(initial) if isinstance(initial, str) else initial)
        except ValueError:
            return True


class QuantityField(forms.DecimalField):
    """A quantity in the reader's number form, not below zero."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any):
        usual = {"localize": True, "min_value": 0, "max_digits": 16, "decimal_places": 2}
        super().__init__(**{**usual, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Show a stored quantity without idle decimals."""
        return _shown(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask a phone for its number keys."""
        return {**super().widget_attrs(widget), "inputmode": "decimal"}
