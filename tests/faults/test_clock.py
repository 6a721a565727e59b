"""A clock that jumps, and a beat that runs twice: nothing is lost, nothing is repeated."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from kalibaru.notifications.models import Delivery, Digest
from kalibaru.notifications.services import claims
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.digest import make_due_digests, send_due_digests
from kalibaru.notifications.services.dispatch import dispatch_all
from tests.at_once import at_once
from tests.factories import PriorityIssueFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
WEEK = timedelta(days=7)


@pytest.fixture
def people(yusuf):
    """Eight people who follow one problem and want mail at once."""
    from kalibaru.core.subjects import topic_of
    from kalibaru.notifications.events import publish
    from kalibaru.notifications.models import Subscription

    issue, people = PriorityIssueFactory(), UserFactory.create_batch(8)
    for person in people:
        person.preferences.create(category="followed", channel="mail", frequency="now")
        Subscription.objects.create(user=person, topic=topic_of(issue), created_at=timezone.now() - WEEK)
    publish("issues.issue_published", issue, actor=yusuf)
    return people


def _arrived(sink):
    return Counter(mail["To"] for mail in sink.messages)


def test_a_worker_whose_clock_jumps_ahead_takes_over_and_repeats_nothing(people, smtp_sink, monkeypatch):
    dispatch_all()
    first = claims.claim(4)
    held = {"handed_at": timezone.now(), "lease_until": claims.lease(), "attempts": 1}
    assert claims.write((first[0], held))
    now = timezone.now
    with monkeypatch.context() as ahead:
        ahead.setattr(timezone, "now", lambda: now() + timedelta(hours=2))
        assert deliver_due() == len(people) - 1
    assert claims.write((first[0], {"state": "sent"})) == set(), "what another took over is not ours any more"
    assert claims.write((first[1], {"state": "sent"})) == set()
    assert deliver_due() == 0
    assert max(_arrived(smtp_sink).values()) == 1
    assert Counter(Delivery.objects.values_list("state", flat=True)) == {"sent": 7, "uncertain": 1}


def test_a_clock_that_jumps_back_only_delays(people, smtp_sink, monkeypatch):
    dispatch_all()
    now = timezone.now
    with monkeypatch.context() as behind:
        behind.setattr(timezone, "now", lambda: now() - timedelta(hours=2))
        assert deliver_due() == 0
    assert deliver_due() == len(people)
    assert set(_arrived(smtp_sink).values()) == {1}


@pytest.mark.parametrize("jump", [WEEK, 52 * WEEK])
def test_digests_made_by_a_clock_that_ran_ahead_neither_repeat_nor_end_digests(people, smtp_sink, yusuf, jump):
    from issues.models import PriorityIssue
    from kalibaru.notifications.events import publish

    for person in people:
        person.preferences.update(frequency="weekly")
    now = timezone.now()
    send_due_digests(now + jump + WEEK)
    assert set(_arrived(smtp_sink).values()) == {1}
    publish("issues.issue_published", PriorityIssue.objects.get(), actor=yusuf)
    for week in range(1, 4):
        send_due_digests(now + week * WEEK)
    assert set(_arrived(smtp_sink).values()) == {2}, "the news after the jump comes in one of the next weeks, once"


def test_two_beats_and_two_workers_make_and_send_one_digest_each(people, smtp_sink):
    for person in people:
        person.preferences.update(frequency="weekly")
    at = timezone.now() + WEEK

    def work():
        make_due_digests(at)
        deliver_due()

    at_once(work, 3)
    deliver_due()
    assert _arrived(smtp_sink) == Counter(person.email for person in people)
    assert Digest.objects.count() >= len(people)
    assert max(Counter(Digest.objects.values_list("user", "cadence")).values()) == 1
