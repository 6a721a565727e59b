"""One step of the mail bench in a process of its own, so that its memory is its own; prints one line of JSON.

python -m tests.bench.mail_steps publish|fanout|digests|bare|send|inbox [SECONDS]
"""

import json
import resource
import smtplib
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import django

SUBJECTS = 20
NOTE = "UPDATE notifications_delivery mail"


@contextmanager
def counted():
    """Count statements, the notes of single mails apart."""
    from django.db import connection

    found: Counter[str] = Counter()

    def count(execute, sql, params, many, context):
        found["notes" if sql.lstrip().startswith(NOTE) else "statements"] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield found


def publish(_seconds: float) -> dict[str, Any]:
    """Say twenty things on the followed timeline, one about each initiative; what does the request path pay?"""
    from initiatives.models import Initiative
    from kalibaru.accounts.models import User
    from kalibaru.notifications.events import publish as say
    from kalibaru.notifications.models import Event

    rows, actor = list(Initiative.objects.order_by("slug")[:SUBJECTS]), User.objects.filter(is_demo=True).first()
    took, statements = [], []
    for number, row in enumerate(rows):
        payload = {"title": f"Contoh kabar {number}", "body": "Contoh isi kabar dari lapangan. " * 4}
        with counted() as found:
            begin = time.perf_counter()
            say("initiatives.update_published", row, actor=actor, topics=[rows[0]], payload=payload)
            took.append(time.perf_counter() - begin)
        statements.append(found["statements"])
    Event.objects.filter(dispatched_at=None).update(at=django.utils.timezone.now() - timedelta(minutes=1))
    return {"statements": max(statements), "ms": statistics.median(took) * 1000}


def fanout(_seconds: float) -> dict[str, Any]:
    """Tell one event to everybody, then the others."""
    from kalibaru.notifications.models import Event, Notification
    from kalibaru.notifications.services.dispatch import dispatch_all, dispatch_event

    event = Event.objects.filter(dispatched_at=None).earliest("id")
    begin = time.perf_counter()
    with counted() as found:
        dispatch_event(event.pk)
    seconds = time.perf_counter() - begin
    told = Notification.objects.filter(event=event).count()
    megabytes = _megabytes()
    dispatch_all()
    return {"statements": found["statements"], "seconds": seconds, "told": told, "mb": megabytes}


def digests(_seconds: float) -> dict[str, Any]:
    """Make everybody's weekly digest."""
    from django.utils import timezone

    from kalibaru.notifications.services.digest import make_due_digests

    begin = time.perf_counter()
    with counted() as found:
        made = make_due_digests(timezone.now() + timedelta(days=7))
    return {"made": made, "statements": found["statements"], "seconds": time.perf_counter() - begin, "mb": _megabytes()}


def bare(seconds: float) -> dict[str, Any]:
    """Send one ready digest again and again over one connection: the fastest that this server takes letters."""
    from django.conf import settings

    from kalibaru.notifications.letters import Composer
    from kalibaru.notifications.models import Delivery

    (delivery,) = Delivery.objects.filter(state="waiting").select_related("user", "digest")[:1]
    letter = Composer([delivery]).compose(delivery)
    content = letter.message().as_bytes(linesep="\r\n")
    sent, begin = 0, time.perf_counter()
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
        while time.perf_counter() - begin < seconds:
            server.sendmail(settings.DEFAULT_FROM_EMAIL, [letter.to[0]], content)
            sent += 1
    return {"rate": sent / (time.perf_counter() - begin), "bytes": len(content)}


def send(seconds: float) -> dict[str, Any]:
    """Send digests as a worker does."""
    from django.urls import reverse

    from kalibaru.notifications.services.delivery import deliver_due

    # A worker lives long: reading the code of all pages, once, is not measured.
    reverse("inbox")
    begin = time.perf_counter()
    with counted() as found:
        sent = deliver_due(seconds=seconds)
    took = time.perf_counter() - begin
    return {"rate": sent / took, "sent": sent, "mb": _megabytes(), **found}


_LINES = """
WITH event AS (
    INSERT INTO notifications_event (kind, subject_type, subject_id, topics, recipients, audience, payload, at,
      dispatched_at)
    SELECT 'initiatives.update_published', 'initiative', i.id, ARRAY['initiative:' || i.id], '{}', 'public',
      '{"title": "Contoh kabar", "body": "Isi."}', now() - n * interval '1 hour', now()
    FROM generate_series(1, 60) n, (SELECT id FROM initiatives_initiative ORDER BY slug LIMIT 1) i RETURNING id, at
)
INSERT INTO notifications_notification (event_id, user_id, category, frequency, direct, at)
SELECT id, %s, 'followed', 'off', FALSE, at FROM event
"""


def inbox(_seconds: float) -> dict[str, Any]:
    """Open the inbox and its unread page, of somebody who has a full one."""
    from django.db import connection
    from django.test import Client

    from kalibaru.accounts.models import User

    user = User.objects.filter(is_demo=True).order_by("email").first()
    if user.notifications.count() < 60:
        with connection.cursor() as cursor:
            cursor.execute(_LINES, [user.pk])
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    took = []
    for number in range(45):
        begin = time.perf_counter()
        answer = client.get("/notifications/", {"unread": "1"} if number % 2 else {})
        took.append(time.perf_counter() - begin)
        if answer.status_code != 200:
            raise SystemExit(f"the inbox answered {answer.status_code}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE notifications_notification")
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE relname = 'notifications_notification'")
        (lines,) = cursor.fetchone()
    return {"ms": statistics.median(took[5:]) * 1000, "lines": lines}


def _megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 if sys.platform == "linux" else 1024 * 1024)


STEPS: dict[str, Callable[[float], dict[str, Any]]] = {
    "publish": publish,
    "fanout": fanout,
    "digests": digests,
    "bare": bare,
    "send": send,
    "inbox": inbox,
}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(STEPS[sys.argv[1]](float(sys.argv[2]) if len(sys.argv) > 2 else 0)))
