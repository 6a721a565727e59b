"""How fast mail may go: in all and to a domain, kept in PostgreSQL for all workers together."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Allowance, Delivery
from kalibaru.notifications.services import rates
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.dispatch import dispatch_all
from tests.at_once import at_once
from tests.factories import UserFactory
from tests.notifications.conftest import DECIDED

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(waste, yusuf):
    """Ten people, half of them with an address of one big provider."""
    people = [UserFactory(email=f"orang{n}@{'besar' if n % 2 else 'kecil'}.example") for n in range(10)]
    publish(DECIDED, waste, actor=yusuf, recipients=[person.pk for person in people])
    dispatch_all()
    return people


def _later(**time):
    past = timedelta(**time)
    Allowance.objects.update(filled_at=F("filled_at") - past)
    Delivery.objects.filter(state="waiting").update(due_at=timezone.now())


def test_without_limits_nothing_is_asked(people, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert rates.take(["kecil.example"] * 10) == [None] * 10


def test_no_more_than_the_rate_goes_out_and_the_rest_later(people, smtp_sink, settings):
    settings.MAIL_RATE = 8
    assert deliver_due() == 4, "half a minute's worth at once"
    assert deliver_due() == 0
    _later(seconds=30)
    assert deliver_due() == 4
    _later(minutes=10)
    assert deliver_due() == 2
    assert Counter(mail["To"] for mail in smtp_sink.messages) == Counter(person.email for person in people)


def test_a_limit_of_one_domain_holds_back_nobody_else(people, smtp_sink, settings):
    settings.MAIL_DOMAIN_RATES = {"Besar.example": "4"}
    assert deliver_due() == 5 + 2
    assert {mail["To"].partition("@")[2] for mail in smtp_sink.messages[-5:]} >= {"kecil.example"}
    waiting = Delivery.objects.filter(state="waiting")
    assert waiting.count() == 3 and all(row.due_at > timezone.now() for row in waiting)
    assert not waiting.exclude(attempts=0).exists(), "waiting for one's turn is no failed attempt"


def test_a_clock_that_jumps_back_gives_nothing_for_nothing(people, settings):
    settings.MAIL_RATE = 8
    assert rates.take(["kecil.example"] * 4) == [None] * 4
    Allowance.objects.update(filled_at=timezone.now() + timedelta(hours=1))
    assert None not in rates.take(["kecil.example"] * 2)


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_one_allowance(settings):
    settings.MAIL_RATE = 40
    granted = []

    def work():
        granted.extend(rates.take(["kecil.example"] * 15))

    at_once(work, 3)
    assert granted.count(None) == 20


def test_a_slow_batch_that_is_written_anew_takes_its_tokens_once(people, smtp_sink, settings, monkeypatch):
    from kalibaru.notifications.services import delivery

    monkeypatch.setattr(delivery, "FRESH_SECONDS", 0)
    settings.MAIL_RATE = 40
    assert deliver_due() == 10
    assert Allowance.objects.get(bucket="*").tokens >= 9
