"""What a mail server can do wrong, done by a real one on order: only those affected are tried again or marked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Delivery, MailServer, Suppression
from kalibaru.notifications.services import breaker
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.dispatch import dispatch_all
from tests.factories import UserFactory
from tests.mailsink import free_port
from tests.notifications.conftest import DECIDED

pytestmark = pytest.mark.django_db
State = Delivery.State
PEOPLE, AFFECTED = 5, 2


@pytest.fixture
def people(waste, yusuf):
    """Five people with a decision each."""
    people = UserFactory.create_batch(PEOPLE)
    publish(DECIDED, waste, actor=yusuf, recipients=[person.pk for person in people])
    dispatch_all()
    return people


def _of(person):
    return Delivery.objects.get(user=person)


def _addresses(sink):
    return sorted(mail["To"] for mail in sink.messages)


LATER, FOR_GOOD = "451 4.3.0 Coba lagi", "550 5.1.1 Tidak ada"


@pytest.mark.parametrize(
    ("order", "answer", "state", "reason"),
    [
        ("answers", "421 4.7.0 Terlalu ramai", State.WAITING, ""),
        ("answers", LATER, State.WAITING, ""),
        ("answers", FOR_GOOD, State.FAILED, "refused"),
        ("answers", "552 5.2.2 Kotak penuh", State.FAILED, "refused"),
        ("after_data", "421 4.7.0 Sampai nanti", State.WAITING, ""),
        ("after_data", "451 4.7.1 Daftar abu-abu", State.WAITING, ""),
        ("after_data", "550 5.7.1 Dianggap spam", State.FAILED, "refused"),
        ("after_data", "552 5.3.4 Terlalu besar", State.FAILED, "refused"),
        ("drops", None, State.UNCERTAIN, "interrupted"),
        ("silent", None, State.UNCERTAIN, "interrupted"),
    ],
)
def test_only_the_affected_one_of_a_batch_is_marked(people, smtp_sink, order, answer, state, reason):
    bad = people[AFFECTED]
    orders = getattr(smtp_sink, order)
    orders.add(bad.email) if answer is None else orders.update({bad.email: answer})
    assert deliver_due() == PEOPLE - 1
    marked = _of(bad)
    assert (marked.state, marked.reason) == (state, reason)
    expected = sorted(person.email for person in people if person != bad or order == "silent")
    assert _addresses(smtp_sink) == expected
    assert Delivery.objects.filter(state=State.SENT).count() == PEOPLE - 1


def test_only_the_affected_one_is_tried_again_and_it_arrives_once(people, smtp_sink):
    bad = people[AFFECTED]
    smtp_sink.answers[bad.email] = LATER
    deliver_due()
    first = _of(bad)
    assert first.attempts == 1 and timedelta(0) < first.due_at - timezone.now() < timedelta(minutes=3)
    Delivery.objects.filter(pk=first.pk).update(due_at=timezone.now())
    deliver_due()
    assert _of(bad).due_at - timezone.now() > first.due_at - timezone.now() - timedelta(seconds=60)
    smtp_sink.answers.clear()
    Delivery.objects.filter(pk=first.pk).update(due_at=timezone.now())
    assert deliver_due() == 1
    assert _addresses(smtp_sink) == sorted(person.email for person in people)


def test_a_slow_server_is_waited_for_and_one_that_is_too_slow_leaves_the_letter_uncertain(people, smtp_sink, settings):
    smtp_sink.slow = 0.05
    assert deliver_due() == PEOPLE
    settings.EMAIL_TIMEOUT, smtp_sink.slow = 0.2, 1.0
    Delivery.objects.filter(user=people[0]).update(state=State.WAITING, due_at=timezone.now(), handed_at=None)
    assert deliver_due() == 0
    assert _of(people[0]).state == State.UNCERTAIN


def test_a_refused_sender_blames_nobodys_mailbox(people, smtp_sink):
    smtp_sink.greeting = "550 5.7.1 Pengirim tidak dikenal"
    assert deliver_due() == 0
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.WAITING}
    assert not Suppression.objects.exists()


def test_three_failures_close_the_way_and_a_trial_opens_it_again(people, smtp_sink, settings):
    good, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    for _attempt in range(breaker.PATIENCE):
        assert deliver_due() == 0
    server = MailServer.objects.get()
    assert server.failures == breaker.PATIENCE and server.closed_until > timezone.now()
    settings.EMAIL_PORT = good
    assert deliver_due() == 0, "the way is closed"
    assert set(Delivery.objects.values_list("state", "attempts")) == {(State.WAITING, 0)}
    MailServer.objects.update(closed_until=timezone.now())
    assert deliver_due() == PEOPLE
    server.refresh_from_db()
    assert (server.failures, server.closed_until) == (0, None)


def test_one_worker_alone_tries_a_server_whose_pause_is_over(people):
    MailServer.objects.create(name="first", failures=3, closed_until=timezone.now() - timedelta(seconds=1))
    assert [provider.name for provider in breaker.usable()] == ["first"]
    assert breaker.usable() == []


def test_a_longer_failure_means_a_longer_pause_up_to_a_bound(people, settings):
    provider = breaker.providers()[0]
    pauses = []
    for _failure in range(12):
        breaker.failed(provider, "mati")
        if until := MailServer.objects.get().closed_until:
            pauses.append(until - timezone.now())
    assert pauses[0] < timedelta(minutes=1.3) and pauses[3] > timedelta(minutes=4)
    assert max(pauses) < breaker.LONGEST_PAUSE * 1.3


def test_a_second_provider_takes_over_when_the_first_is_away(people, smtp_sink, second_sink, settings):
    settings.EMAIL_PORT = free_port()
    assert deliver_due() == PEOPLE
    assert smtp_sink.messages == [] and len(second_sink.messages) == PEOPLE


def test_a_provider_that_says_goodbye_again_and_again_is_left_for_the_second(people, smtp_sink, second_sink):
    smtp_sink.greeting = "421 4.3.2 Sedang dirawat"
    assert deliver_due() == PEOPLE - breaker.PATIENCE
    assert len(second_sink.messages) == PEOPLE - breaker.PATIENCE
    assert MailServer.objects.get(name="first").closed_until
    Delivery.objects.update(due_at=timezone.now())
    assert deliver_due() == breaker.PATIENCE
    assert len(second_sink.messages) == PEOPLE


def test_a_letter_that_the_first_provider_may_have_taken_is_not_given_to_the_second(people, smtp_sink, second_sink):
    smtp_sink.silent.update(person.email for person in people)
    deliver_due()
    counts = [len(smtp_sink.to(person.email)) + len(second_sink.to(person.email)) for person in people]
    assert counts == [1] * PEOPLE


def test_time_is_up_between_two_letters_and_the_rest_waits(people, smtp_sink):
    smtp_sink.slow = 0.3
    sent = deliver_due(seconds=0.5)
    assert 0 < sent < PEOPLE
    waiting = Delivery.objects.filter(state=State.WAITING, lease_until=None, handed_at=None, attempts=0)
    assert waiting.count() == PEOPLE - sent
    smtp_sink.slow = 0
    assert deliver_due() == PEOPLE - sent
