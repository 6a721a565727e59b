"""The weekly digest, so that a second run, or a run for another moment, loses nothing and repeats nothing.

1. Tell what waits in the outbox, so that a digest knows everything that happened.
2. In each time zone, find the latest Monday 07:00 that has come.
3. In batches: who has no digest up to there yet? One INSERT makes the windows [last end, this end),
4. one UPDATE gives each window the news that still waits for a digest (whenever it was written down: a late event
   is told in the next digest, not lost between two windows),
5. one UPDATE marks windows with nothing to say, one INSERT queues a mail for the others.
6. The mail is written when it is sent, from what may be seen then.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from kalibaru.accounts.models import User
from kalibaru.notifications import zones
from kalibaru.notifications.preferences import default_frequency_sql
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.dispatch import HAS_MAIL, dispatch_all

BATCH = 500
# Who moves to another time zone gets no second digest a few hours after the first.
SHORTEST_WINDOW = timedelta(days=3)
# One batch of digests at a time: two runs for different moments must not make overlapping windows.
_LOCK = 0x6B616C69

_WINDOWS = """
INSERT INTO notifications_digest (id, created_at, updated_at, user_id, period_start, period_end, empty)
SELECT gen_random_uuid(), now(), now(), told.user_id, window_start.at, %(end)s, FALSE
FROM (SELECT id AS user_id, created_at FROM accounts_user
      WHERE is_active AND time_zone = ANY(%(zones)s) AND id > %(after)s) told
CROSS JOIN LATERAL (
    SELECT max(period_end) AS at FROM notifications_digest WHERE user_id = told.user_id
) last
CROSS JOIN LATERAL (
    SELECT COALESCE(last.at, LEAST(
        (SELECT min(created_at) FROM notifications_subscription WHERE user_id = told.user_id),
        (SELECT min(at) FROM notifications_notification
         WHERE user_id = told.user_id AND frequency = 'weekly' AND digest_id IS NULL)
    )) AS at
) window_start
WHERE window_start.at < %(end)s AND (last.at IS NULL OR last.at <= %(latest_end)s) AND {has_mail}
ORDER BY told.user_id
LIMIT %(batch)s
ON CONFLICT DO NOTHING
RETURNING id, user_id
"""

_FILL = """
UPDATE notifications_notification told SET digest_id = digest.id
FROM notifications_digest digest
WHERE digest.id = ANY(%(digests)s) AND told.user_id = digest.user_id
  AND told.frequency = 'weekly' AND told.digest_id IS NULL AND told.at < digest.period_end
  AND 'off' <> COALESCE(
    (SELECT frequency FROM notifications_preference choice
     WHERE choice.user_id = told.user_id AND choice.category = told.category), {default})
"""

_MARK_EMPTY = """
UPDATE notifications_digest digest SET empty = TRUE
WHERE id = ANY(%(digests)s) AND NOT EXISTS (SELECT FROM notifications_notification WHERE digest_id = digest.id)
"""

_QUEUE = """
INSERT INTO notifications_delivery
    (id, created_at, updated_at, user_id, address, digest_id, template, payload, language,
     state, due_at, attempts, reason, error)
SELECT gen_random_uuid(), now(), now(), user_id, '', id, '', '{}'::jsonb, '', 'waiting', %(now)s, 0, '', ''
FROM notifications_digest WHERE id = ANY(%(digests)s) AND NOT empty
ON CONFLICT DO NOTHING
"""


def send_due_digests(at: datetime) -> int:
    """Make every digest that is due at that moment and send its mail; return how many windows were made."""
    dispatch_all()
    made = sum(len(batch) for end, names in _due_hours(at) for batch in _batches(end, names))
    deliver_due()
    return made


def _due_hours(at: datetime) -> Iterator[tuple[datetime, list[str]]]:
    """Return each hour that has come with the time zones, as people wrote them, in which it is Monday 07:00."""
    hours: dict[datetime, list[str]] = {}
    for name in User.objects.order_by().values_list("time_zone", flat=True).distinct():
        end = zones.last_digest_hour(at, zones.zone(name)).astimezone(timezone.get_default_timezone())
        hours.setdefault(end, []).append(name)
    yield from sorted(hours.items())


def _batches(end: datetime, names: list[str]) -> Iterator[list[UUID]]:
    after = UUID(int=0)
    while True:
        digests, after = _make_batch(end, names, after)
        if not digests:
            return
        yield digests


def _make_batch(end: datetime, names: list[str], after: UUID) -> tuple[list[UUID], UUID]:
    """Make, fill and queue up to BATCH digests in one transaction; return them and the last person's id."""
    values: dict[str, Any] = {
        "end": end,
        "zones": names,
        "after": after,
        "latest_end": end - SHORTEST_WINDOW,
        "batch": BATCH,
        "now": timezone.now(),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_WINDOWS.format(has_mail=HAS_MAIL), values)
        rows = cursor.fetchall()
        if not rows:
            return [], after
        values["digests"] = [row[0] for row in rows]
        cursor.execute(_FILL.format(default=default_frequency_sql("told.category")), values)
        cursor.execute(_MARK_EMPTY, values)
        cursor.execute(_QUEUE, values)
    return values["digests"], max(row[1] for row in rows)
