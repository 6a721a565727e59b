"""Event kinds that belong to no room, and short ways to say what happened."""

import pytest
from django.utils.translation import gettext_lazy as _

from kalibaru.core.subjects import topic_of
from kalibaru.notifications import events
from kalibaru.notifications.events import EventKind, publish, register_event
from kalibaru.notifications.models import Category
from kalibaru.notifications.services import follow

NEWS, DECIDED, JOINED = "test.news", "test.decided", "test.joined"


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    """One kind per category that tests need."""
    monkeypatch.setattr(events, "_kinds", dict(events._kinds))
    register_event(
        EventKind(NEWS, _("Kabar baru"), _("%(actor)s menerbitkan kabar: %(title)s"), text="body"),
        EventKind(DECIDED, _("Keputusan"), _("Keputusan untuk “%(subject)s”"), Category.DECISION, text="reason"),
        EventKind(JOINED, _("Anggota baru"), _("%(actor)s bergabung"), Category.ORGANISATION),
    )


@pytest.fixture
def news(yusuf, ngo):
    """Publish news about a row; a time in the past or future is given as `at`."""

    def tell(subject, title="Contoh kabar", *, at=None, actor=yusuf, organisation=ngo.name, **options):
        payload = {"title": title, "body": f"Isi dari {title}.", "organisation": organisation}
        event = publish(NEWS, subject, actor=actor, payload=payload, **options)
        if at:
            type(event).objects.filter(pk=event.pk).update(at=at)
            event.at = at
        return event

    return tell


@pytest.fixture
def following():
    """Let a person follow a row, long ago unless told otherwise."""

    def start(user, row, since="2024-01-01T00:00:00+07:00"):
        follow(topic_of(row), user=user)
        user.subscriptions.filter(topic=topic_of(row)).update(created_at=since)

    return start
