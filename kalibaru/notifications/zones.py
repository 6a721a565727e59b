"""Moments in a person's own time zone: WIB, WITA or WIT in Indonesia."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.formats import date_format
from django.utils.translation import get_language

HOME = ZoneInfo("Asia/Jakarta")
DIGEST_WEEKDAY, DIGEST_HOUR = 0, time(7, 0)


def zone(name: str) -> ZoneInfo:
    """Return the zone of that name, the portal's own for a broken one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return HOME


def moment(at: datetime, where: ZoneInfo) -> str:
    """Return day and time there: 6 Februari 2024, 09.00 WIB."""
    local = at.astimezone(where)
    clock = date_format(local, "H.i" if get_language() == "id" else "H:i")
    return f"{date_format(local, 'j F Y')}, {clock} {local.tzname()}"


def day_name(at: datetime, where: ZoneInfo) -> str:
    """Return weekday and day there: Senin, 23 November 2026."""
    return date_format(at.astimezone(where), "l, j F Y")


def last_digest_hour(at: datetime, where: ZoneInfo) -> datetime:
    """Return the latest Monday 07:00 there that is not after `at`."""
    local = at.astimezone(where)
    monday = local.date() - timedelta(days=(local.weekday() - DIGEST_WEEKDAY) % 7)
    hour = datetime.combine(monday, DIGEST_HOUR, tzinfo=where)
    return hour if hour <= at else datetime.combine(monday - timedelta(days=7), DIGEST_HOUR, tzinfo=where)
