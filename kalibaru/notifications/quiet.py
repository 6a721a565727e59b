"""When a person wants to be left alone: quiet hours, and a pause. Both only delay, nothing is lost."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kalibaru.notifications.models import Rhythm


def rhythms(users: Iterable[UUID]) -> dict[UUID, Rhythm]:
    """Return the rhythms of those who have set one (one query)."""
    return Rhythm.objects.in_bulk(list(users))


def quiet_until(rhythm: Rhythm | None, zone: ZoneInfo, at: datetime) -> datetime | None:
    """Return when the quiet hours around `at` end, or None outside them. They may span midnight."""
    if rhythm is None or rhythm.quiet_from is None or rhythm.quiet_until is None:
        return None
    local = at.astimezone(zone)
    start, end = time(rhythm.quiet_from), time(rhythm.quiet_until)
    clock = local.time()
    inside = start <= clock < end if start < end else clock >= start or clock < end
    if not inside:
        return None
    day = local.date() if clock < end else local.date() + timedelta(days=1)
    return datetime.combine(day, end, tzinfo=zone)


def pause_end(rhythm: Rhythm | None, zone: ZoneInfo, at: datetime) -> datetime | None:
    """Return when the pause around `at` ends, at the hour of the digest of its last day; None without one."""
    if rhythm is None or rhythm.paused_until is None or at.astimezone(zone).date() >= rhythm.paused_until:
        return None
    return datetime.combine(rhythm.paused_until, time(rhythm.digest_hour), tzinfo=zone)
