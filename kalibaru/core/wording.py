"""Numbers, money, days and moments as people here say them, in the reader's language and in WIB."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext, ngettext

WIB = ZoneInfo("Asia/Jakarta")
_DAYS_BEFORE_MONTHS = 60
_SAY_NOTHING = {"contoh", "pt", "cv", "ud"}


# --- names -----------------------------------------------------------------------------------------
def initials(name: Any) -> str:
    """Return up to three letters that tell organisations apart: of the words, or of the only word.

    "Contoh" (every demonstration row begins so) and the legal form say nothing about which one it is.
    """
    words = [word for word in re.findall(r"[^\W\d_]+", str(name)) if word.casefold() not in _SAY_NOTHING]
    letters = "".join(word[0] for word in words[:3]) if len(words) > 1 else (words or [str(name)])[0][:3]
    return letters.upper()


# --- numbers and money -----------------------------------------------------------------------------
def money(value: Any) -> str:
    """Return rupiah without cents: Rp1.500.000. Nothing for nothing."""
    amount = _decimal(value)
    return "" if amount is None else f"Rp{number_format(round(amount), force_grouping=True)}"


def money_words(value: Any) -> str:
    """Return rupiah as people say it: Rp1,5 miliar."""
    amount = _decimal(value)
    if amount is None:
        return ""
    for power, words in (
        (12, gettext("Rp%(number)s triliun")),
        (9, gettext("Rp%(number)s miliar")),
        (6, gettext("Rp%(number)s juta")),
    ):
        if abs(amount) >= 10**power:
            return words % {"number": number(amount / 10**power)}
    return money(amount)


def number(value: Any) -> str:
    """Return a number with at most one decimal, none if it is whole: 1.250 or 1,5."""
    amount = _decimal(value)
    if amount is None:
        return ""
    rounded = round(amount, 1)
    whole = rounded == rounded.to_integral_value()
    return number_format(rounded, decimal_pos=0 if whole else 1, force_grouping=True)


def percent_of(value: Any, goal: Any) -> int:
    """Return how much of `goal` is reached, 0 to 100."""
    part, whole = _decimal(value), _decimal(goal)
    if not whole or part is None:
        return 0
    return max(0, min(100, int(part * 100 / whole)))


def _decimal(value: Any) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


# --- days and moments ------------------------------------------------------------------------------
def day(value: date | datetime | None) -> str:
    """Return the day in WIB: 6 Februari 2024."""
    if not value:
        return ""
    return date_format(_local(value), "j F Y")


def moment(value: datetime | None) -> str:
    """Return day and time in WIB: 6 Februari 2024, 09.00 WIB."""
    if not value:
        return ""
    return f"{day(value)}, {date_format(_local(value), 'H.i' if get_language() == 'id' else 'H:i')} WIB"


def ago(value: date | datetime | None) -> str:
    """Return how far from now: 41 hari lalu, hari ini, 3 hari lagi."""
    if not value:
        return ""
    if not isinstance(value, datetime):
        return _days_away((value - timezone.localdate(timezone=WIB)).days, value)
    gone = timezone.now() - value
    if timedelta(0) <= gone < timedelta(hours=1):
        minutes = int(gone.total_seconds() // 60)
        return (
            ngettext("%(n)d menit lalu", "%(n)d menit lalu", minutes) % {"n": minutes}
            if minutes
            else gettext("baru saja")
        )
    if timedelta(0) <= gone < timedelta(days=1):
        hours = int(gone.total_seconds() // 3600)
        return ngettext("%(n)d jam lalu", "%(n)d jam lalu", hours) % {"n": hours}
    return _days_away((_local(value).date() - timezone.localdate(timezone=WIB)).days, value)


def _days_away(days: int, value: date | datetime) -> str:
    if days == 0:
        return gettext("hari ini")
    if days < -_DAYS_BEFORE_MONTHS:
        return gettext("%(time)s lalu") % {"time": timesince(value, depth=1)}
    if days < 0:
        return ngettext("%(n)d hari lalu", "%(n)d hari lalu", -days) % {"n": -days}
    return ngettext("%(n)d hari lagi", "%(n)d hari lagi", days) % {"n": days}


def _local(value: date | datetime) -> date | datetime:
    return value.astimezone(WIB) if isinstance(value, datetime) and timezone.is_aware(value) else value
