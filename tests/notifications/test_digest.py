"""The weekly digest. Each name is a rule that readers of other platforms missed."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from kalibaru.core.subjects import topic_of
from kalibaru.notifications import zones
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Delivery, Digest, Event, Notification, Preference
from kalibaru.notifications.services import unfollow
from kalibaru.notifications.services.digest import send_due_digests
from kalibaru.notifications.services.dispatch import dispatch_all
from kalibaru.notifications.services.preferences import choose
from tests.factories import UserFactory
from tests.notifications.conftest import MONDAY, NEXT_MONDAY, WEDNESDAY, WIB, WIT, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sink(smtp_sink):
    return smtp_sink


def test_it_is_due_on_monday_at_seven_local_time(follower, waste, news, smtp_sink):
    news(waste, at=WEDNESDAY)
    assert send_due_digests(NEXT_MONDAY - timedelta(seconds=1)) == 0
    assert send_due_digests(NEXT_MONDAY) == 1
    (mail,) = smtp_sink.to(follower.email)
    assert "Contoh kabar" in text_of(mail)


def test_an_event_that_is_dispatched_late_is_in_the_next_digest(follower, waste, news, smtp_sink):
    event = news(waste, at=WEDNESDAY)
    Event.objects.filter(pk=event.pk).update(dispatched_at=timezone.now())
    send_due_digests(NEXT_MONDAY)
    Event.objects.filter(pk=event.pk).update(dispatched_at=None)
    send_due_digests(NEXT_MONDAY + timedelta(days=7))
    (mail,) = smtp_sink.messages
    assert "Contoh kabar" in text_of(mail)


def test_weeks_without_beat_are_told_in_one_digest(follower, waste, news, smtp_sink):
    news(waste, "Minggu pertama", at=WEDNESDAY)
    news(waste, "Minggu ketiga", at=WEDNESDAY + timedelta(days=14))
    assert send_due_digests(NEXT_MONDAY + timedelta(days=15)) == 1
    (mail,) = smtp_sink.messages
    assert "Minggu pertama" in text_of(mail) and "Minggu ketiga" in text_of(mail)


def test_who_never_followed_anything_has_no_windows(rina):
    assert send_due_digests(NEXT_MONDAY) == 0


def test_when_all_was_withdrawn_no_mail_is_sent_and_that_is_on_record(follower, waste, news, smtp_sink):
    news(waste, at=WEDNESDAY)
    dispatch_all()
    type(waste).objects.update(state="archived")
    send_due_digests(NEXT_MONDAY)
    assert smtp_sink.messages == []
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.reason, delivery.digest.empty) == ("dropped", "nothing", True)


def test_not_at_all_means_not_at_all(follower, waste, news, smtp_sink):
    news(waste, at=WEDNESDAY)
    dispatch_all()
    choose(follower, {"followed": "off"})
    send_due_digests(NEXT_MONDAY)
    choose(follower, {"followed": "weekly"})
    send_due_digests(NEXT_MONDAY + timedelta(days=7))
    assert smtp_sink.messages == []


def test_what_one_stopped_following_is_not_told(follower, waste, news, smtp_sink):
    news(waste, at=WEDNESDAY)
    dispatch_all()
    unfollow(topic_of(waste), user=follower)
    send_due_digests(NEXT_MONDAY)
    assert smtp_sink.messages == []


def test_moving_to_another_time_zone_brings_no_second_digest(follower, waste, news, smtp_sink):
    type(follower).objects.update(time_zone="Asia/Jayapura")
    news(waste, at=WEDNESDAY)
    send_due_digests(NEXT_MONDAY - timedelta(hours=2))
    type(follower).objects.update(time_zone="Asia/Jakarta")
    news(waste, "Dua jam", at=NEXT_MONDAY - timedelta(hours=1))
    send_due_digests(NEXT_MONDAY)
    assert len(smtp_sink.messages) == 1
    send_due_digests(NEXT_MONDAY + timedelta(days=7))
    assert "Dua jam" in text_of(smtp_sink.messages[1])


def test_a_digest_of_long_texts_stays_small(follower, waste, yusuf, smtp_sink):
    for n in range(60):
        event = publish("test.news", waste, actor=yusuf, payload={"title": f"Kabar {n}", "body": "kata " * 800})
        Event.objects.filter(pk=event.pk).update(at=WEDNESDAY + timedelta(minutes=n))
    send_due_digests(NEXT_MONDAY)
    html = smtp_sink.messages[0].get_body(("html",)).get_content()
    assert len(html.encode()) < 40_000
    assert re.search(r"dan \d+ lainnya", html)


@pytest.mark.parametrize(
    ("at", "zone", "hour"),
    [
        (datetime(2026, 1, 1, 12, tzinfo=WIB), WIB, datetime(2025, 12, 29, 7, tzinfo=WIB)),
        (datetime(2024, 12, 30, 6, 59, tzinfo=WIB), WIB, datetime(2024, 12, 23, 7, tzinfo=WIB)),
        (datetime(2024, 12, 30, 5, 0, tzinfo=WIB), WIT, datetime(2024, 12, 30, 7, tzinfo=WIT)),
        (datetime(2024, 12, 30, 4, 59, tzinfo=WIB), WIT, datetime(2024, 12, 23, 7, tzinfo=WIT)),
        (datetime(2024, 12, 29, 22, 0, tzinfo=UTC), WIT, datetime(2024, 12, 30, 7, tzinfo=WIT)),
        (datetime(2025, 3, 31, 5, 0, tzinfo=UTC), ZoneInfo("Europe/Berlin"), datetime(2025, 3, 31, 5, 0, tzinfo=UTC)),
    ],
)
def test_the_hour_is_right_over_the_year_end_and_in_every_zone(at, zone, hour):
    assert zones.last_digest_hour(at, zone) == hour


def test_papua_gets_it_two_hours_before_jakarta(waste, news, following, smtp_sink):
    east, west = UserFactory(time_zone="Asia/Jayapura"), UserFactory(time_zone="Asia/Jakarta")
    for person in (east, west):
        following(person, waste, since="2024-12-25T00:00:00Z")
    news(waste, at=datetime(2024, 12, 28, tzinfo=UTC))
    send_due_digests(datetime(2024, 12, 29, 22, 0, tzinfo=UTC))
    assert [mail["To"] for mail in smtp_sink.messages] == [east.email]
    assert "WIT" in text_of(smtp_sink.messages[0])
    send_due_digests(datetime(2024, 12, 30, 0, 0, tzinfo=UTC))
    assert [mail["To"] for mail in smtp_sink.messages] == [east.email, west.email]


def test_a_broken_time_zone_is_jakarta(follower, waste, news, smtp_sink):
    type(follower).objects.update(time_zone="Mars/Olympus")
    news(waste, at=WEDNESDAY)
    assert send_due_digests(NEXT_MONDAY) == 1


def _statements(people, waste, following, django_assert_num_queries, week):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for person in UserFactory.create_batch(people):
        following(person, waste)
    Digest.objects.all().delete()
    Notification.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        send_due_digests(MONDAY + week)
    return len(queries)


def test_statements_do_not_grow_with_people(waste, following, django_assert_num_queries):
    few = _statements(2, waste, following, django_assert_num_queries, timedelta(0))
    assert _statements(40, waste, following, django_assert_num_queries, timedelta(days=7)) == few


def test_the_command_runs_the_same_code_for_any_moment(follower, waste, news, smtp_sink, capsys):
    news(waste, at=WEDNESDAY)
    call_command("send_digests", "--at", "2025-03-17T07:00")
    call_command("send_digests", "--at", "2025-03-17T00:00:00Z")
    assert len(smtp_sink.messages) == 1
    assert "digests made: 1" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("send_digests", "--at", "kemarin")


def test_who_switched_it_off_gets_no_digest_of_other_sorts_either(follower, waste, news, smtp_sink):
    Preference.objects.create(user=follower, category="followed", frequency="off")
    news(waste, at=WEDNESDAY)
    send_due_digests(NEXT_MONDAY)
    assert smtp_sink.messages == []
