"""Daily and weekly digests, so that a second run, or a run for another moment, loses nothing and repeats nothing.

1. Tell what waits in the outbox, so that a digest knows everything that happened.
2. For each time zone, weekday and hour that somebody has, find the latest one that has come.
3. In batches: who has no digest up to there yet, and no pause? One INSERT makes the windows [last end, this end),
4. one UPDATE gives each window the news that still waits for such a digest (whenever it was written down: a late
   event is told in the next digest, not lost between two windows),
5. one UPDATE marks windows with nothing to say (work in numbers is seen to when it is written), one INSERT queues
   a mail for the others.
6. The mail is written when it is sent, from what may be seen then.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from kalibaru.notifications import zones
from kalibaru.notifications.desks import people_with_desks
from kalibaru.notifications.models import Digest, Pulse, Rhythm
from kalibaru.notifications.preferences import default_frequency_sql
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.dispatch import HAS_MAIL, dispatch_all

BATCH = 500
DAILY, WEEKLY = Digest.Cadence.DAILY, Digest.Cadence.WEEKLY
# Who moves to another time zone, or chooses another hour, gets no second digest a few hours after the first.
SHORTEST_WINDOW = {DAILY: timedelta(hours=12), WEEKLY: timedelta(days=3)}
# One batch of digests at a time: two runs for different moments must not make overlapping windows.
_LOCK = 0x6B616C69

_HOURS = """
SELECT DISTINCT person.time_zone, COALESCE(rhythm.digest_weekday, 0), COALESCE(rhythm.digest_hour, 7)
FROM accounts_user person LEFT JOIN notifications_rhythm rhythm ON rhythm.user_id = person.id
WHERE person.is_active
"""

# A weekly window begins with the first follow, a daily one is made for those who chose it or have such news.
_BEGINS = {
    DAILY: """
    SELECT LEAST(min(at), told.window_end - interval '1 day') FROM notifications_notification
    WHERE user_id = told.user_id AND frequency = 'daily' AND digest_id IS NULL
    HAVING count(*) > 0 OR EXISTS (
        SELECT FROM notifications_preference
        WHERE user_id = told.user_id AND channel = 'mail' AND frequency = 'daily')
    """,
    WEEKLY: """
    SELECT LEAST(
        (SELECT min(created_at) FROM notifications_subscription WHERE user_id = told.user_id),
        (SELECT min(created_at) FROM notifications_savedsearch WHERE user_id = told.user_id),
        CASE WHEN told.user_id = ANY(%(desks)s) THEN told.window_end - interval '7 days' END,
        (SELECT min(at) FROM notifications_notification
         WHERE user_id = told.user_id AND frequency = 'weekly' AND digest_id IS NULL)
    )
    """,
}

_WINDOWS = """
INSERT INTO notifications_digest (id, created_at, updated_at, user_id, cadence, period_start, period_end, empty)
SELECT gen_random_uuid(), now(), now(), told.user_id, %(cadence)s, COALESCE(last.at, begins.at), told.window_end, FALSE
FROM (
    SELECT person.id AS user_id, due.at AS window_end
    FROM accounts_user person
    LEFT JOIN notifications_rhythm rhythm ON rhythm.user_id = person.id
    JOIN unnest(%(zones)s::text[], %(weekdays)s::int[], %(hours)s::int[], %(ends)s::timestamptz[], %(days)s::date[])
        AS due(zone, weekday, hour, at, day)
        ON due.zone = person.time_zone AND due.weekday = COALESCE(rhythm.digest_weekday, 0)
        AND due.hour = COALESCE(rhythm.digest_hour, 7)
    WHERE person.is_active AND person.id > %(after)s
      AND (rhythm.paused_until IS NULL OR rhythm.paused_until <= due.day)
) told
CROSS JOIN LATERAL (
    -- A window that ends in the future is of a clock that jumped: it must not stop those of the real time. One that
    -- ended before now stands, even if its reader has since chosen an hour that came earlier.
    SELECT max(period_end) AS at FROM notifications_digest
    WHERE user_id = told.user_id AND cadence = %(cadence)s
      AND (period_end <= told.window_end OR period_end <= %(now)s)
) last
CROSS JOIN LATERAL ({begins}) AS begins(at)
WHERE COALESCE(last.at, begins.at) < told.window_end
  AND (last.at IS NULL OR last.at <= told.window_end - %(shortest)s) AND {has_mail}
ORDER BY told.user_id
LIMIT %(batch)s
ON CONFLICT DO NOTHING
RETURNING id, user_id
"""

_FILL = """
UPDATE notifications_notification told SET digest_id = digest.id
FROM notifications_digest digest
WHERE digest.id = ANY(%(digests)s) AND told.user_id = digest.user_id
  AND told.frequency IN ('daily', 'weekly') AND told.frequency = digest.cadence
  AND told.digest_id IS NULL AND told.at < digest.period_end
  AND 'off' <> COALESCE(
    (SELECT frequency FROM notifications_preference choice
     WHERE choice.user_id = told.user_id AND choice.category = told.category AND choice.channel = 'mail'), {default})
"""

_MARK_EMPTY = """
UPDATE notifications_digest digest SET empty = TRUE
WHERE id = ANY(%(digests)s) AND NOT EXISTS (SELECT FROM notifications_notification WHERE digest_id = digest.id)
  AND NOT (cadence = 'weekly' AND user_id = ANY(%(desks)s))
"""

_QUEUE = """
INSERT INTO notifications_delivery
    (id, created_at, updated_at, user_id, address, digest_id, template, payload, language,
     state, due_at, attempts, reason, error)
SELECT gen_random_uuid(), now(), now(), user_id, '', id, '', '{}'::jsonb, '', 'waiting', %(now)s, 0, '', ''
FROM notifications_digest WHERE id = ANY(%(digests)s) AND NOT empty
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Due:
    """An hour that has come for everybody with this zone and choice: the moment, and which day it is there."""

    zone: str
    weekday: int
    hour: int
    at: datetime
    day: date


def send_due_digests(at: datetime) -> int:
    """Make every digest that is due at that moment and send its mail; return how many windows were made."""
    made = make_due_digests(at)
    deliver_due()
    return made


def make_due_digests(at: datetime, *, seconds: float = float("inf")) -> int:
    """Make windows and queue their mail until all are made or the time is over; return how many were made."""
    until, made = monotonic() + seconds, 0
    dispatch_all(seconds)
    choices, desks = _choices(), _people_with_desks()
    for cadence in (DAILY, WEEKLY):
        for batch in _batches(cadence, due_hours(choices, cadence, at), desks):
            made += len(batch)
            if monotonic() > until:
                break
    if made:
        Pulse.beat(Pulse.DIGEST, timezone.now(), made=made)
    return made


def _people_with_desks() -> list[UUID]:
    """Return those whose weekly digest has their work in numbers; whether there are any is seen when it is written."""
    unwanted = Rhythm.objects.filter(figures=False).values_list("user", flat=True)
    return sorted(people_with_desks() - set(unwanted), key=str)


def _choices() -> list[tuple[str, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_HOURS)
        return cursor.fetchall()


def due_hours(choices: list[tuple[str, int, int]], cadence: str, at: datetime) -> list[Due]:
    """Return for each choice (zone as people wrote it, weekday, hour) the latest hour that has come."""
    hours = []
    for name, weekday, hour in choices:
        where = zones.zone(name)
        end = zones.last_digest_hour(at, where, weekday=weekday if cadence == WEEKLY else None, hour=hour)
        hours.append(Due(name, weekday, hour, end, end.astimezone(where).date()))
    return hours


def _batches(cadence: str, hours: list[Due], desks: list[UUID]) -> Iterator[list[UUID]]:
    after = UUID(int=0)
    while True:
        digests, after = _make_batch(cadence, hours, desks, after)
        if not digests:
            return
        yield digests


def _make_batch(cadence: str, hours: list[Due], desks: list[UUID], after: UUID) -> tuple[list[UUID], UUID]:
    """Make, fill and queue up to BATCH digests in one transaction; return them and the last person's id."""
    values: dict[str, Any] = {
        "cadence": cadence,
        "zones": [due.zone for due in hours],
        "weekdays": [due.weekday for due in hours],
        "hours": [due.hour for due in hours],
        "ends": [due.at for due in hours],
        "days": [due.day for due in hours],
        "after": after,
        "desks": desks,
        "shortest": SHORTEST_WINDOW[Digest.Cadence(cadence)],
        "batch": BATCH,
        "now": timezone.now(),
    }
    windows = _WINDOWS.format(has_mail=HAS_MAIL, begins=_BEGINS[Digest.Cadence(cadence)])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(windows, values)
        rows = cursor.fetchall()
        if not rows:
            return [], after
        values["digests"] = [row[0] for row in rows]
        cursor.execute(_FILL.format(default=default_frequency_sql("told.category")), values)
        cursor.execute(_MARK_EMPTY, values)
        cursor.execute(_QUEUE, values)
    return values["digests"], max(row[1] for row in rows)
