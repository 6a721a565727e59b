"""What the siege's people follow and hear, and what must be true of it in the end. Needs Django to be set up."""

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from issues.models import PriorityIssue
from kalibaru.accounts.models import User
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Delivery, Event, MailServer, Notification, Preference, Subscription
from tests.factories import PriorityIssueFactory, UserFactory

# Registered by a real room, so that the workers know it too.
KIND = "issues.issue_published"


def patiently(work: Callable[[], Any]) -> Any:
    """Do it again until the database is there."""
    for _attempt in range(240):
        try:
            return work()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.25)
    raise SystemExit("the database did not come back")


def populate(people: int) -> None:
    """Make people who follow three problems: half want mail at once, half a weekly digest."""
    # The migrations' own connection may be of a server that was restarted since.
    connection.close()
    issues = PriorityIssueFactory.create_batch(3)
    UserFactory(email="penulis@lsm.example")
    made = [UserFactory(email=f"orang{n}@warga.example") for n in range(people)]
    for number, person in enumerate(made):
        frequency = "weekly" if number % 2 else "now"
        Preference.objects.create(user=person, category="followed", channel="mail", frequency=frequency)
        for issue in issues:
            since = timezone.now() - timedelta(days=1)
            Subscription.objects.create(user=person, topic=topic_of(issue), created_at=since)


def publish_news(dice: random.Random) -> bool:
    """Say something about a problem; the database may be away, then it is not said."""
    try:
        issue = dice.choice(list(PriorityIssue.objects.order_by("slug")))
        actor = User.objects.get(email="penulis@lsm.example")
        publish(KIND, issue, actor=actor, payload={"title": f"kabar {dice.random()}"})
    except (OperationalError, InterfaceError):
        connection.close()
        return False
    return True


def restless() -> str:
    """Say what still waits; what waits for another attempt, or for a mail server's pause, is hurried."""
    return patiently(_restless)


def _restless() -> str:
    MailServer.objects.update(failures=0, closed_until=None)
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING)
    waiting.filter(due_at__gt=timezone.now()).update(due_at=timezone.now())
    counts = {
        "events": Event.objects.filter(dispatched_at=None).count(),
        "mails": Delivery.objects.filter(state__in=[Delivery.State.WAITING, Delivery.State.SENDING]).count(),
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)


def next_week() -> str:
    """Return a moment after the next digest hour."""
    return (timezone.now() + timedelta(days=8)).isoformat()


def wrongs(sink: Any, done: Counter, ungraceful: int) -> list[str]:
    """Return what is not as promised."""
    states = Counter(Delivery.objects.values_list("state", flat=True))
    print(f"deliveries: {dict(states)}, of {Event.objects.count()} events", flush=True)
    return [*_inboxes(), *_mails(sink, done), *_digests(sink)] + (
        [f"{ungraceful} workers did not end when asked"] if ungraceful else []
    )


def _inboxes() -> list[str]:
    """Everybody has one line for each event."""
    expected = {(event, user) for event in Event.objects.values_list("pk", flat=True) for user in _readers()}
    told = Counter(Notification.objects.values_list("event", "user"))
    return [f"told {told[pair]} times: {pair}" for pair in expected if told[pair] != 1][:5]


def _readers() -> list[Any]:
    return list(User.objects.filter(email__startswith="orang").values_list("pk", flat=True))


def _mails(sink: Any, done: Counter) -> list[str]:
    """Each mail arrived once if it says so; perhaps once if it says perhaps; nothing else is left."""
    arrived = Counter(re.search(r"<([^@]+)@", message["Message-ID"]).group(1) for message in sink.messages)
    rows = {str(pk): state for pk, state in Delivery.objects.values_list("pk", "state")}
    found = [f"{pk} arrived {count} times" for pk, count in arrived.items() if count > 1 or pk not in rows]
    for pk, state in rows.items():
        if state == "sent" and arrived[pk] != 1:
            found.append(f"{pk} is marked sent and arrived {arrived[pk]} times")
        if state not in ("sent", "uncertain"):
            found.append(f"{pk} is {state}")
    uncertain = sum(state == "uncertain" for state in rows.values())
    # Each can leave one mail per worker in the hands of the mail server.
    cuts = done["worker"] + 2 * done["postgres"] + done["digest run"] + sink.cuts
    if uncertain > cuts:
        found.append(f"{uncertain} mails are uncertain after {cuts} cuts")
    missing = Notification.objects.filter(frequency="now", delivery=None).count()
    return [*found[:8], *([f"{missing} lines without their mail"] if missing else [])]


def _digests(sink: Any) -> list[str]:
    """Everybody who wants a digest got one, with everything in it."""
    weekly = User.objects.filter(preferences__frequency="weekly", email__startswith="orang")
    made = Counter(Delivery.objects.exclude(digest=None).values_list("user", flat=True))
    left = Notification.objects.filter(frequency="weekly", digest=None).count()
    found = [f"{user.email} has {made[user.pk]} digests" for user in weekly if made[user.pk] != 1]
    return [*found[:5], *([f"{left} lines in no digest"] if left else [])]
