"""Moments in a person's own time zone: WIB, WITA or WIT in Indonesia."""

from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.formats import date_format
from django.utils.translation import get_language

HOME = ZoneInfo("Asia/Jakarta")
DIGEST_WEEKDAY, DIGEST_HOUR = 0, 7


def zone(name: str) -> ZoneInfo:
    """Return the zone of that name, the portal's own for a broken one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return HOME


def moment(at: datetime, where: ZoneInfo) -> str:
    """Return day and time there: 6 Februari 2024, 09.00 WIB."""
    return _moment(at, where, get_language())


@lru_cache(maxsize=4096)
def _moment(at: datetime, where: ZoneInfo, language: str | None) -> str:
    local = at.astimezone(where)
    clock = date_format(local, "H.i" if language == "id" else "H:i")
    return f"{date_format(local, 'j F Y')}, {clock} {local.tzname()}"


def day_name(at: datetime, where: ZoneInfo) -> str:
    """Return weekday and day there: Senin, 23 November 2026."""
    return date_format(at.astimezone(where), "l, j F Y")


def last_digest_hour(
    at: datetime, where: ZoneInfo, *, weekday: int | None = DIGEST_WEEKDAY, hour: int = DIGEST_HOUR
) -> datetime:
    """Return the latest such weekday and hour there (of any day, if `weekday` is None) that is not after `at`."""
    local = at.astimezone(where)
    back, step = (0, 1) if weekday is None else ((local.weekday() - weekday) % 7, 7)
    day = local.date() - timedelta(days=back)
    due = datetime.combine(day, time(hour), tzinfo=where)
    return due if due <= at else datetime.combine(day - timedelta(days=step), time(hour), tzinfo=where)


def next_digest_hour(
    at: datetime, where: ZoneInfo, *, weekday: int | None = DIGEST_WEEKDAY, hour: int = DIGEST_HOUR
) -> datetime:
    """Return the first such weekday and hour there that is after `at`."""
    last = last_digest_hour(at, where, weekday=weekday, hour=hour).astimezone(where)
    return datetime.combine(last.date() + timedelta(days=1 if weekday is None else 7), time(hour), tzinfo=where)
