"""Hours of one's own, quiet hours and a pause: they only delay, nothing is lost."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from kalibaru.notifications import zones
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Channel, Delivery, Preference, Rhythm
from kalibaru.notifications.preferences import preferences_of
from kalibaru.notifications.quiet import pause_end, quiet_until
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.digest import DAILY, WEEKLY, due_hours, send_due_digests
from kalibaru.notifications.services.dispatch import dispatch_all
from kalibaru.notifications.services.preferences import choose
from tests.factories import UserFactory
from tests.notifications.conftest import DECIDED, MONDAY, NEXT_MONDAY, WEDNESDAY, WIB, WIT, text_of

pytestmark = pytest.mark.django_db
EVERYTHING = {
    "followed": "now", "organisation": "now", "decision": "now", "reminder": "now", "forum": "daily",
    "followed-inbox": "on", "digest_weekday": "4", "digest_hour": "18", "quiet_from": "22", "quiet_until": "5",
    "paused_until": "", "language": "en", "time_zone": "Asia/Jayapura",
}  # fmt: skip


@pytest.mark.parametrize(
    ("at", "zone", "ends"),
    [
        ("2024-12-31T23:30+07:00", WIB, "2025-01-01T05:00+07:00"),
        ("2025-01-01T04:59+07:00", WIB, "2025-01-01T05:00+07:00"),
        ("2025-01-01T05:00+07:00", WIB, None),
        ("2025-01-01T21:59+07:00", WIB, None),
        ("2024-12-31T20:00+07:00", WIT, "2025-01-01T05:00+09:00"),
    ],
)
def test_quiet_hours_span_midnight_the_year_end_and_the_zone_of_the_person(at, zone, ends):
    rhythm = Rhythm(quiet_from=22, quiet_until=5)
    expected = datetime.fromisoformat(ends) if ends else None
    assert quiet_until(rhythm, zone, datetime.fromisoformat(at)) == expected


def test_quiet_hours_within_a_day(rina):
    rhythm = Rhythm(quiet_from=12, quiet_until=14)
    noon = datetime(2025, 3, 10, 13, tzinfo=WIB)
    assert quiet_until(rhythm, WIB, noon) == noon.replace(hour=14)
    assert quiet_until(None, WIB, noon) is quiet_until(Rhythm(), WIB, noon) is None


@pytest.fixture
def quiet_now(rina):
    """Rina's quiet hours are now."""
    hour = timezone.now().astimezone(WIB).hour
    return Rhythm.objects.create(user=rina, quiet_from=hour, quiet_until=(hour + 2) % 24)


@pytest.mark.parametrize("kind", ["decision", "news"])
def test_nothing_is_mailed_in_quiet_hours_it_waits_until_they_end(
    rina, quiet_now, waste, yusuf, following, news, smtp_sink, kind
):
    choose(rina, {"followed": "now"})
    if kind == "decision":
        publish(DECIDED, waste, actor=yusuf, recipients=[rina.pk])
    else:
        following(rina, waste)
        news(waste)
    dispatch_all()
    deliver_due()
    assert smtp_sink.messages == []
    row = Delivery.objects.get(user=rina)
    assert row.state == "waiting" and row.due_at == quiet_until(quiet_now, WIB, timezone.now())
    Rhythm.objects.all().delete()
    Delivery.objects.update(due_at=timezone.now())
    deliver_due()
    assert len(smtp_sink.to(rina.email)) == 1


def test_a_pause_keeps_everything_for_the_digest_after_it_but_decisions(follower, waste, yusuf, news, smtp_sink):
    choose(follower, {"followed": "now"})
    Rhythm.objects.create(user=follower, paused_until=timezone.localdate() + timedelta(days=30))
    news(waste, "Saat jeda")
    publish(DECIDED, waste, actor=yusuf, recipients=[follower.pk])
    dispatch_all()
    deliver_due()
    assert [mail["Subject"] for mail in smtp_sink.messages] == ["Pengelolaan sampah: Keputusan"]
    send_due_digests(timezone.now() + timedelta(days=8))
    assert len(smtp_sink.messages) == 1
    Rhythm.objects.update(paused_until=None)
    send_due_digests(timezone.now() + timedelta(days=15))
    assert "Saat jeda" in text_of(smtp_sink.messages[1])


def test_no_window_is_made_in_a_pause_and_the_next_covers_it(follower, waste, news, smtp_sink):
    Rhythm.objects.create(user=follower, paused_until=date(2025, 3, 24))
    news(waste, at=WEDNESDAY)
    assert send_due_digests(NEXT_MONDAY) == 0
    assert send_due_digests(NEXT_MONDAY + timedelta(days=7)) == 1
    window = follower.digests.latest("period_end")
    assert (window.period_start, window.period_end) == (MONDAY, NEXT_MONDAY + timedelta(days=7))


def test_the_pause_ends_in_the_morning_of_its_day():
    rhythm = Rhythm(paused_until=date(2025, 1, 1), digest_hour=7)
    assert pause_end(rhythm, WIB, datetime(2024, 12, 31, 23, tzinfo=WIB)) == datetime(2025, 1, 1, 7, tzinfo=WIB)
    assert pause_end(rhythm, WIB, datetime(2025, 1, 1, 0, tzinfo=WIB)) is None
    assert pause_end(rhythm, WIT, datetime(2024, 12, 31, 22, 30, tzinfo=WIB)) is None, "it is January in Jayapura"


def test_day_and_hour_are_the_persons_own(follower, waste, news, smtp_sink):
    Rhythm.objects.create(user=follower, digest_weekday=4, digest_hour=18)
    news(waste, at=WEDNESDAY)
    friday = datetime(2025, 3, 14, 18, tzinfo=WIB)
    assert send_due_digests(friday - timedelta(seconds=1)) == 0
    assert send_due_digests(friday) == 1
    assert send_due_digests(NEXT_MONDAY) == 0


def test_a_daily_digest_comes_every_day_with_news_and_windows_touch(follower, waste, news, smtp_sink):
    choose(follower, {"followed": "daily"})
    for day in range(3):
        news(waste, f"Hari {day}", at=MONDAY + timedelta(days=day, hours=1))
        send_due_digests(MONDAY + timedelta(days=day + 1))
    assert [text_of(mail).count("menerbitkan kabar") for mail in smtp_sink.messages] == [1, 1, 1]
    assert all(mail["Subject"].startswith("Kabar harian") for mail in smtp_sink.messages)
    windows = list(follower.digests.filter(cadence="daily").order_by("period_end"))
    assert all(first.period_end == second.period_start for first, second in pairwise(windows))


def test_daily_and_weekly_live_beside_each_other(follower, waste, yusuf, news, smtp_sink):
    choose(follower, {"organisation": "daily"})
    news(waste, "Untuk minggu", at=WEDNESDAY)
    event = publish("test.joined", waste, actor=yusuf, recipients=[follower.pk])
    type(event).objects.filter(pk=event.pk).update(at=WEDNESDAY)
    send_due_digests(WEDNESDAY + timedelta(days=1))
    send_due_digests(NEXT_MONDAY)
    assert [mail["Subject"].split(" Kal")[0] for mail in smtp_sink.messages] == ["Kabar harian", "Kabar mingguan"]


@pytest.mark.parametrize(
    ("cadence", "at", "zone", "hour"),
    [
        (WEEKLY, "2025-01-01T00:00+07:00", "Asia/Jakarta", "2024-12-27T18:00+07:00"),
        (DAILY, "2025-01-01T00:00+07:00", "Asia/Jakarta", "2024-12-31T18:00+07:00"),
        (DAILY, "2024-12-31T16:00+07:00", "Asia/Jayapura", "2024-12-31T18:00+09:00"),
        (DAILY, "2024-12-31T15:59+07:00", "Asia/Jayapura", "2024-12-30T18:00+09:00"),
        (DAILY, "2024-12-31T23:59+07:00", "Mars/Olympus", "2024-12-31T18:00+07:00"),
    ],
)
def test_hours_over_the_year_end_and_in_every_zone(cadence, at, zone, hour):
    (due,) = due_hours([(zone, 4, 18)], cadence, datetime.fromisoformat(at))
    assert due.at == datetime.fromisoformat(hour)


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Jayapura", "Europe/Berlin"])
def test_the_next_hour_is_one_step_after_the_last(zone):
    where = ZoneInfo(zone)
    for day in range(370):
        at = datetime(2024, 6, 1, 3, 30, tzinfo=where) + timedelta(days=day, hours=day % 24)
        for weekday in (None, 0, 6):
            last = zones.last_digest_hour(at, where, weekday=weekday, hour=7)
            coming = zones.next_digest_hour(at, where, weekday=weekday, hour=7)
            assert last <= at < coming and coming.astimezone(where).hour == 7


def test_the_settings_page_saves_all_of_it_with_one_button(client, rina):
    client.force_login(rina)
    assert client.post(reverse("notification_settings"), EVERYTHING).status_code == 302
    rina.refresh_from_db()
    assert (rina.language, rina.time_zone) == ("en", "Asia/Jayapura")
    row = rina.rhythm
    assert (row.digest_weekday, row.digest_hour, row.quiet_from, row.quiet_until) == (4, 18, 22, 5)
    assert preferences_of(rina)["forum"] == "daily"
    assert preferences_of(rina, Channel.INBOX)["followed"] == "now"
    assert preferences_of(rina, Channel.INBOX)["forum"] == preferences_of(rina, Channel.PUSH)["decision"] == "off"


@pytest.mark.parametrize(
    ("wrong", "beside"),
    [
        ({"quiet_until": ""}, "id_quiet_until"),
        ({"quiet_until": "22"}, "id_quiet_until"),
        ({"quiet_from": "25"}, "id_quiet_from"),
        ({"paused_until": "kapan-kapan"}, "id_paused_until"),
        ({"paused_until": "2999-01-01"}, "id_paused_until"),
        ({"digest_hour": "7.5"}, "id_digest_hour"),
        ({"time_zone": "Mars/Olympus"}, "id_time_zone"),
    ],
)
def test_a_wrong_answer_is_named_beside_its_field_and_nothing_is_saved(client, rina, wrong, beside):
    client.force_login(rina)
    page = client.post(reverse("notification_settings"), EVERYTHING | wrong)
    assert page.status_code == 400 and f"{beside}_error" in page.text
    assert not Preference.objects.exists() and not Rhythm.objects.exists()


def test_what_is_unwanted_in_the_inbox_is_not_there_but_still_in_the_digest(client, follower, waste, news, smtp_sink):
    choose(follower, {"followed": "off"}, Channel.INBOX)
    news(waste, "Hanya surel", at=WEDNESDAY)
    send_due_digests(NEXT_MONDAY)
    assert "Hanya surel" in text_of(smtp_sink.messages[0])
    client.force_login(follower)
    assert "Hanya surel" not in client.get(reverse("inbox")).text


def test_the_phone_is_asked_for_what_its_owner_wants_at_once(rina, waste, yusuf, following, news):
    following(rina, waste)
    news(waste)
    publish(DECIDED, waste, actor=yusuf, recipients=[rina.pk])
    dispatch_all()
    assert dict(rina.notifications.values_list("category", "push")) == {"followed": False, "decision": True}


def test_the_preview_lies_after_the_pause_in_the_chosen_zone_and_language(client, rina):
    client.force_login(rina)
    chosen = EVERYTHING | {"forum": "weekly", "preview": "1", "language": "id"}
    day = timezone.localdate() + timedelta(days=20)
    page = client.post(reverse("notification_settings"), chosen | {"paused_until": day.isoformat()}).text
    assert "Jumat" in page and "18.00 WIT" in page
    assert not Rhythm.objects.exists()


def test_a_person_without_a_desk_is_not_asked_about_numbers(client, maya):
    person = UserFactory()
    client.force_login(person)
    assert 'name="figures"' not in client.get(reverse("notification_settings")).text
    client.force_login(maya)
    assert 'name="figures"' in client.get(reverse("notification_settings")).text
