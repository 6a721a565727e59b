"""From one event to everybody it concerns."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kalibaru.accounts.models import User
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Delivery, Event, Notification, Preference, Subscription
from kalibaru.notifications.services.dispatch import dispatch_all, dispatch_event
from tests.factories import InitiativeFactory, UserFactory
from tests.notifications.conftest import DECIDED, JOINED, NEWS

pytestmark = pytest.mark.django_db


def test_publishing_is_one_insert(waste, yusuf, rina, django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        publish(NEWS, waste, actor=yusuf, topics=[waste], recipients=[rina.pk])
    assert queries[0]["sql"].startswith("INSERT")


def test_who_follows_any_topic_is_told_once(waste, kalibaru, rina, following, news):
    following(rina, waste)
    following(rina, kalibaru)
    news(waste, topics=[kalibaru])
    dispatch_all()
    told = rina.notifications.get()
    assert (told.category, told.frequency, told.direct) == ("followed", "weekly", False)


def test_a_second_dispatch_tells_nobody_twice(waste, rina, following, news):
    following(rina, waste)
    event = news(waste)
    dispatch_all()
    Event.objects.filter(pk=event.pk).update(dispatched_at=None)
    dispatch_event(event.pk)
    assert Notification.objects.count() == 1


def test_the_actor_is_never_told(waste, yusuf, following, news):
    following(yusuf, waste)
    news(waste, recipients=[yusuf.pk])
    dispatch_all()
    assert not Notification.objects.exists()


def test_a_blocked_person_is_not_told(waste, rina, following, news):
    following(rina, waste)
    User.objects.filter(pk=rina.pk).update(is_active=False)
    news(waste, recipients=[rina.pk])
    dispatch_all()
    assert not Notification.objects.exists()


@pytest.mark.parametrize("audience", ["parties", "moderators"])
def test_followers_hear_of_public_events_only_addressees_of_all(waste, rina, dewi, following, news, audience):
    following(rina, waste)
    news(waste, audience=audience, recipients=[dewi.pk])
    dispatch_all()
    assert [told.user for told in Notification.objects.all()] == [dewi]


def test_followers_do_not_hear_of_what_the_public_cannot_see(waste, rina, dewi, following, news):
    following(rina, waste)
    news(InitiativeFactory(published_at=None), topics=[waste], recipients=[dewi.pk])
    dispatch_all()
    assert [told.user for told in Notification.objects.all()] == [dewi]


def test_an_addressee_who_also_follows_is_told_as_an_addressee(waste, rina, yusuf, following):
    following(rina, waste)
    publish(DECIDED, waste, actor=yusuf, recipients=[rina.pk])
    dispatch_all()
    told = rina.notifications.get()
    assert (told.category, told.direct, told.frequency) == ("decision", True, "now")


def test_who_follows_later_is_not_told_of_before(waste, rina, following, news):
    event = news(waste)
    following(rina, waste, since=event.at + timezone.timedelta(seconds=1))
    dispatch_all()
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("choice", "frequency", "mails"), [(None, "now", 1), ("now", "now", 1), ("weekly", "weekly", 0), ("off", "off", 0)]
)
def test_preferences_decide_about_mail_never_about_the_inbox(waste, rina, yusuf, choice, frequency, mails):
    if choice:
        Preference.objects.create(user=rina, category="organisation", frequency=choice)
    publish(JOINED, waste, actor=yusuf, recipients=[rina.pk])
    dispatch_all()
    assert rina.notifications.get().frequency == frequency
    assert rina.deliveries.count() == mails


def test_mail_goes_to_confirmed_addresses_only(waste, yusuf):
    unconfirmed = UserFactory(verified=False)
    publish(DECIDED, waste, actor=yusuf, recipients=[unconfirmed.pk])
    dispatch_all()
    assert unconfirmed.notifications.exists()
    assert not Delivery.objects.exists()


def test_an_event_that_another_worker_has_is_left_alone(waste, news):
    event = news(waste)
    assert dispatch_event(event.pk) is True
    assert dispatch_event(event.pk) is False


def _statements_for(followers, waste, news):
    people = User.objects.bulk_create(User(email=f"{followers}-{n}@warga.example") for n in range(followers))
    topic = f"issue:{waste.pk}"
    Subscription.objects.bulk_create(
        Subscription(user=person, topic=topic, created_at="2024-01-01T00:00:00Z") for person in people
    )
    event = news(waste)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        dispatch_event(event.pk)
    assert event.notifications.count() >= followers
    return len(queries)


def test_statements_do_not_grow_with_followers(waste, news):
    assert _statements_for(10, waste, news) == _statements_for(1000, waste, news)
