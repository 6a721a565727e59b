"""Old rows go, by policy, a few thousand at a time: the inbox and the mail queue stay as fast as in their first week.

What happened (events) stays for ever. What a person was told goes some months after they read it, or much later if
they never did; a record of a mail goes when nobody will ask for it any more. Rows that something still waits for stay.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from kalibaru.notifications.models import Pulse

BATCH = 5_000
_MONTH = timedelta(days=30.44)
_ASKED = timedelta(days=7)
_SETTLED = "('sent', 'dropped')"

# Mails first: a notification or a digest whose mail is still kept is not old yet.
_MAILS = f"""
DELETE FROM notifications_delivery WHERE id = ANY(ARRAY(
    SELECT id FROM notifications_delivery
    WHERE created_at < %(mail)s
      AND (state IN {_SETTLED} OR (state IN ('failed', 'uncertain') AND created_at < %(unread)s))
    LIMIT %(batch)s
))
"""  # noqa: S608  (constants only)
# Whoever asked to follow by e-mail and never confirmed left an address here; the link in that letter has ended.
_UNCONFIRMED = """
DELETE FROM notifications_delivery WHERE id = ANY(ARRAY(
    SELECT id FROM notifications_delivery
    WHERE created_at < %(asked)s AND user_id IS NULL AND template IN ('follow_confirm', 'follow_sign_in')
      AND state IN ('sent', 'dropped', 'failed', 'uncertain')
    LIMIT %(batch)s
))
"""
_NOTIFICATIONS = """
DELETE FROM notifications_notification WHERE id = ANY(ARRAY(
    SELECT old.id FROM notifications_notification old
    WHERE old.at < %(read)s AND (old.read_at IS NOT NULL OR old.at < %(unread)s)
      AND NOT (old.frequency IN ('daily', 'weekly') AND old.digest_id IS NULL AND old.at >= %(unread)s)
      AND NOT EXISTS (SELECT FROM notifications_delivery mail WHERE mail.notification_id = old.id)
    LIMIT %(batch)s
))
"""
# The newest window of each cadence says where the next one begins.
_DIGESTS = """
DELETE FROM notifications_digest WHERE id = ANY(ARRAY(
    SELECT old.id FROM notifications_digest old
    WHERE old.period_end < %(unread)s
      AND EXISTS (
        SELECT FROM notifications_digest newer
        WHERE newer.user_id = old.user_id AND newer.cadence = old.cadence AND newer.period_end > old.period_end)
      AND NOT EXISTS (SELECT FROM notifications_delivery mail WHERE mail.digest_id = old.id)
      AND NOT EXISTS (SELECT FROM notifications_notification told WHERE told.digest_id = old.id)
    LIMIT %(batch)s
))
"""
_TALLIES = "DELETE FROM notifications_tally WHERE hour < %(unread)s"


def prune(at: datetime) -> dict[str, int]:
    """Delete what is old at that moment; return how many rows of each sort. A second run finds nothing."""
    limits: dict[str, Any] = {
        "read": at - settings.KEEP_READ_MONTHS * _MONTH,
        "unread": at - settings.KEEP_UNREAD_MONTHS * _MONTH,
        "mail": at - settings.KEEP_MAIL_MONTHS * _MONTH,
        "asked": at - _ASKED,
        "batch": BATCH,
    }
    gone = {
        "mails": sum(_in_batches(_UNCONFIRMED, limits)) + sum(_in_batches(_MAILS, limits)),
        "notifications": sum(_in_batches(_NOTIFICATIONS, limits)),
        "digests": sum(_in_batches(_DIGESTS, limits)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES, limits)
    Pulse.beat(Pulse.PRUNING, timezone.now(), **gone)
    return gone


def _in_batches(statement: str, limits: dict[str, Any]) -> Iterator[int]:
    """Run it until it finds nothing; each batch is a transaction of its own, so nobody waits long for a lock."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, limits)
            if not cursor.rowcount:
                return
            yield cursor.rowcount
