"""What changed between the event and the moment of sending wins: for a mail at once and for a digest."""

import pytest
from django.utils import timezone

from kalibaru.accounts.models import User
from kalibaru.discussions.services import add_comment, hide_comment
from kalibaru.notifications.events import publish
from kalibaru.notifications.links import unsubscribe_url
from kalibaru.notifications.models import Delivery, Preference
from kalibaru.notifications.services import unfollow
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.digest import make_due_digests
from kalibaru.notifications.services.dispatch import dispatch_all
from tests.factories import InitiativeFactory
from tests.notifications.conftest import NEWS

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["now", "weekly"])
def frequency(request):
    """A mail at once, or a digest."""
    return request.param


@pytest.fixture
def queued(rina, following, news, frequency):
    """Return a function that lets Rina follow a row, tells her something of it and queues the mail."""

    def queue(row, tell=None):
        following(rina, row)
        Preference.objects.update_or_create(
            user=rina, category="followed", channel="mail", defaults={"frequency": frequency}
        )
        result = (tell or news)(row)
        if frequency == "now":
            dispatch_all()
        else:
            make_due_digests(timezone.now() + timezone.timedelta(days=7))
        assert Delivery.objects.filter(user=rina, state="waiting").count() == 1
        return result

    return queue


def _nothing_goes(smtp_sink, *reasons):
    deliver_due()
    dropped = Delivery.objects.get(user__email="rina@warga.example")
    assert dropped.state == "dropped" and dropped.reason in reasons
    assert smtp_sink.to("rina@warga.example") == []


def test_unpublishing_wins(queued, smtp_sink):
    initiative = InitiativeFactory(published_at=timezone.now())
    queued(initiative)
    type(initiative).objects.update(published_at=None)
    _nothing_goes(smtp_sink, "invisible", "nothing")


def test_archiving_wins(queued, waste, smtp_sink):
    queued(waste)
    type(waste).objects.update(state="archived")
    _nothing_goes(smtp_sink, "invisible", "nothing")


def test_hiding_a_comment_wins(queued, waste, yusuf, maya, smtp_sink):
    said = queued(waste, lambda row: add_comment(row, body="Contoh komentar yang nanti disembunyikan", actor=yusuf))
    hide_comment(said, actor=maya, reason="contoh alasan")
    _nothing_goes(smtp_sink, "invisible", "nothing")


def test_deleting_wins(queued, smtp_sink):
    initiative = InitiativeFactory(published_at=timezone.now())
    queued(initiative)
    type(initiative).objects.all().delete()
    _nothing_goes(smtp_sink, "invisible", "nothing")


def test_blocking_the_person_wins(queued, waste, rina, smtp_sink):
    queued(waste)
    User.objects.filter(pk=rina.pk).update(is_active=False)
    _nothing_goes(smtp_sink, "no_account")


def test_erasing_the_account_wins(queued, waste, rina, smtp_sink):
    queued(waste)
    User.objects.filter(pk=rina.pk).update(erased_at=timezone.now())
    _nothing_goes(smtp_sink, "no_account")


def test_an_address_that_is_not_confirmed_any_more_wins(queued, waste, rina, smtp_sink):
    queued(waste)
    rina.emailaddress_set.update(verified=False)
    _nothing_goes(smtp_sink, "no_account")


def test_unsubscribing_by_the_link_wins(queued, waste, rina, client, smtp_sink, frequency):
    queued(waste)
    what = "category:followed" if frequency == "now" else "digest:weekly"
    client.post(unsubscribe_url(rina, what).removeprefix("http://localhost:8000"))
    _nothing_goes(smtp_sink, "unwanted", "nothing")


def test_unfollowing_wins(queued, waste, rina, smtp_sink):
    queued(waste)
    unfollow(f"issue:{waste.pk}", user=rina)
    _nothing_goes(smtp_sink, "unwanted", "nothing")


def test_suspending_the_organisation_wins(queued, ngo, yusuf, smtp_sink):
    queued(ngo, lambda row: publish(NEWS, row, actor=yusuf, payload={"title": "Contoh kabar"}))
    type(ngo).objects.filter(pk=ngo.pk).update(state="suspended")
    _nothing_goes(smtp_sink, "invisible", "nothing")


def test_what_is_visible_again_is_sent(queued, waste, smtp_sink):
    queued(waste)
    type(waste).objects.update(state="archived")
    type(waste).objects.update(state="published")
    assert deliver_due() == 1


def test_what_changes_while_a_slow_batch_is_sent_wins_too(waste, yusuf, rina, dewi, smtp_sink, monkeypatch):
    from kalibaru.notifications.services import delivery
    from tests.notifications.conftest import JOINED

    monkeypatch.setattr(delivery, "FRESH_SECONDS", 0)
    publish(JOINED, waste, actor=yusuf, recipients=[rina.pk, dewi.pk])
    dispatch_all()
    compose = delivery.Round._composed

    def meanwhile(round_, composer, row):
        letter = compose(round_, composer, row)
        type(waste).objects.update(state="archived")
        return letter

    monkeypatch.setattr(delivery.Round, "_composed", meanwhile)
    assert deliver_due() == 1
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["dropped", "sent"]
