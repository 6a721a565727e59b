"""Messages to phones and browsers, looked at again before each goes.

1. Claim some by moving the moment they are due (a second worker skips them; a dead one's come back by themselves).
2. Who still wants it, may still see it, and is not in quiet hours?
3. Send; a device that is gone is forgotten, a busy push service is tried again for a day.

A crash between the push service's answer and our note sends a message twice; both carry the same tag, by which the
device shows one.
"""

import json
import random
from collections.abc import Sequence
from datetime import timedelta
from time import monotonic
from typing import Any

import requests
from django.db import connection, transaction
from django.utils import timezone, translation

from kalibaru.core.access import require
from kalibaru.notifications import push, zones
from kalibaru.notifications.grouping import shortened
from kalibaru.notifications.models import Channel, Device, Frequency, Knock, Notification, Rhythm
from kalibaru.notifications.news import News, visible_news, with_events
from kalibaru.notifications.preferences import NEVER_DIGESTED, frequencies
from kalibaru.notifications.quiet import pause_end, quiet_until, rhythms
from kalibaru.notifications.why import Why

BATCH, CLAIM = 50, timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE, GIVE_UP = timedelta(minutes=1), timedelta(hours=2), timedelta(hours=24)
DEVICES_MAX = 10

_QUEUE = """
INSERT INTO notifications_knock (notification_id, device_id, due_at, attempts)
SELECT told.id, device.id, %(now)s, 0
FROM notifications_notification told JOIN notifications_device device ON device.user_id = told.user_id
WHERE told.event_id = %(event)s AND told.push
ON CONFLICT DO NOTHING
"""


def queue(event: int) -> None:
    """Queue what an event says to the devices of those who want it at once, in the caller's transaction."""
    if push.is_on():
        with connection.cursor() as cursor:
            cursor.execute(_QUEUE, {"event": event, "now": timezone.now()})


def remember_device(*, user: Any, endpoint: str, p256dh: str, auth: str) -> bool:
    """Tell this browser from now on; return False if its address is not one of a push service."""
    require(user, "notifications.read_inbox")
    if not push.is_push_service(endpoint) or not p256dh or not auth:
        return False
    with transaction.atomic():
        keys = {"user": user, "p256dh": p256dh[:120], "auth": auth[:40], "created_at": timezone.now()}
        Device.objects.update_or_create(endpoint=endpoint, defaults=keys)
        kept = user.devices.order_by("-created_at", "-id").values_list("pk", flat=True)[:DEVICES_MAX]
        user.devices.exclude(pk__in=list(kept)).delete()
    return True


def forget_device(*, user: Any, endpoint: str) -> None:
    """Tell this browser no more."""
    require(user, "notifications.read_inbox")
    user.devices.filter(endpoint=endpoint).delete()


def knock_due(seconds: float = float("inf")) -> int:
    """Send what is due until nothing is left or the time is over; return how many were taken."""
    until, taken = monotonic() + seconds, 0
    with requests.Session() as session:
        while push.is_on() and monotonic() < until and (batch := _claim()):
            taken += _send(batch, session)
    return taken


def _claim() -> list[Knock]:
    now = timezone.now()
    with transaction.atomic():
        due = Knock.objects.select_for_update(skip_locked=True).filter(due_at__lte=now).order_by("due_at")
        ids = list(due.values_list("pk", flat=True)[:BATCH])
        Knock.objects.filter(pk__in=ids).update(due_at=now + CLAIM)
    return list(Knock.objects.filter(pk__in=ids).select_related("device"))


def _send(batch: Sequence[Knock], session: requests.Session) -> int:
    wanted, taken = _Wanted([knock.notification_id for knock in batch]), 0
    for knock in batch:
        news = wanted.news.get(knock.notification_id)
        if news is None:
            knock.delete()
        elif quiet := wanted.quiet.get(knock.notification_id):
            Knock.objects.filter(pk=knock.pk).update(due_at=quiet)
        else:
            taken += _deliver(knock, news, session)
    return taken


class _Wanted:
    """What of a batch may go now; queries do not grow with the batch."""

    def __init__(self, ids: Sequence[int]):
        rows = list(with_events(Notification.objects.filter(pk__in=ids, user__is_active=True)))
        people = {row.user_id for row in rows}
        why, choice, hours = Why(rows), frequencies(people, Channel.PUSH), rhythms(people)
        now = timezone.now()
        rows = [row for row in rows if choice[row.user_id][row.category] == Frequency.NOW and why.still(row)]
        # In a pause only decisions ring; the rest is in the inbox, and in the digest after it.
        rows = [row for row in rows if row.category in NEVER_DIGESTED or not _paused(row, hours.get(row.user_id))]
        self.news = {one.notification.pk: one for one in visible_news(rows)}
        self.quiet = {
            row.pk: until
            for row in rows
            if (until := quiet_until(hours.get(row.user_id), zones.zone(row.user.time_zone), now))
        }


def _paused(row: Notification, rhythm: Rhythm | None) -> bool:
    return pause_end(rhythm, zones.zone(row.user.time_zone), timezone.now()) is not None


def _deliver(knock: Knock, news: News, session: requests.Session) -> bool:
    device = knock.device
    answer, pause = push.send(device.endpoint, device.p256dh, device.auth, _message(news), session=session)
    if answer is push.Answer.GONE:
        device.delete()
    elif answer is push.Answer.LATER and timezone.now() - news.notification.at < GIVE_UP:
        wait = max(min(FIRST_PAUSE * 2**knock.attempts, LONGEST_PAUSE), timedelta(seconds=pause))
        due_at = timezone.now() + wait * random.uniform(0.75, 1.25)  # noqa: S311  (spreads load, hides nothing)
        Knock.objects.filter(pk=knock.pk).update(due_at=due_at, attempts=knock.attempts + 1)
    else:
        knock.delete()
    return answer is push.Answer.TAKEN


def _message(news: News) -> bytes:
    with translation.override(news.notification.user.language):
        words = {
            "title": shortened(news.title, 120),
            "body": shortened(news.sentence, 300),
            "url": news.url[:500],
            "tag": f"n{news.notification.pk}",
        }
    return json.dumps(words).encode()
