"""Event kinds that belong to no room, and short ways to say what happened."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kalibaru.core.subjects import topic_of
from kalibaru.notifications import events
from kalibaru.notifications.events import EventKind, publish, register_event
from kalibaru.notifications.models import Category, Rhythm
from kalibaru.notifications.searches import read_criteria, savable
from kalibaru.notifications.services import follow
from kalibaru.notifications.services.digest import send_due_digests
from kalibaru.notifications.services.searches import save_search

WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
MONDAY = datetime(2025, 3, 10, 7, tzinfo=WIB)
NEXT_MONDAY = MONDAY + timedelta(days=7)
WEDNESDAY = MONDAY + timedelta(days=2)
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
    # Yusuf's work in numbers is a digest too, and not what these tests count.
    Rhythm.objects.create(user=yusuf, figures=False)

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


@pytest.fixture
def follower(rina, waste, following, smtp_sink):
    """Rina follows waste, and had her digest on Monday."""
    following(rina, waste)
    send_due_digests(MONDAY)
    return rina


@pytest.fixture
def save():
    """Let a person follow a listing's address, long ago."""

    def start(user, listing, query):
        search, _new = save_search(read_criteria(savable(listing), QueryDict(query)), user=user)
        type(search).objects.filter(pk=search.pk).update(created_at="2024-01-01T00:00:00Z")
        return search

    return start


def text_of(mail) -> str:
    """Return the plain words of a mail."""
    return mail.get_body(("plain",)).get_content()
