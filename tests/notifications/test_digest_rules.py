"""What a good digest does: twelve rules, each a complaint of another platform's users."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kalibaru.core.subjects import topic_of
from kalibaru.discussions.services import add_comment
from kalibaru.notifications import links
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Delivery, Preference, Subscription
from kalibaru.notifications.services import unfollow
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.digest import send_due_digests
from kalibaru.notifications.services.dispatch import dispatch_all
from kalibaru.notifications.services.preferences import choose
from tests.factories import InitiativeFactory
from tests.notifications.conftest import DECIDED, MONDAY, NEXT_MONDAY, WEDNESDAY, text_of

pytestmark = pytest.mark.django_db
PROPERTY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class _Undone(Exception):
    """Ends an example, so that the next one begins from the same rows."""


@pytest.fixture(autouse=True)
def _sink(smtp_sink):
    return smtp_sink


def _told(smtp_sink, title: str) -> int:
    """Count the lines that tell it: in a digest with a bullet, in a mail at once without."""
    line = f"Contoh LSM Pesisir menerbitkan kabar: {title}"
    return sum(text.lstrip("* ") == line for mail in smtp_sink.messages for text in text_of(mail).splitlines())


@PROPERTY
@given(steps=st.lists(st.sampled_from(["event", "now", "daily", "weekly", "dispatch", "day", "week"]), max_size=14))
def test_rule_01_the_same_events_as_real_time_none_lost_when_the_frequency_changes(
    follower, waste, news, smtp_sink, steps
):
    smtp_sink.messages.clear()
    with pytest.raises(_Undone), transaction.atomic():
        at, titles = MONDAY, []
        for number, step in enumerate(steps):
            at += timedelta(minutes=7)
            if step == "event":
                titles.append(f"Kabar {number}.")
                news(waste, titles[-1], at=at)
            elif step == "dispatch":
                dispatch_all()
                deliver_due()
            elif step in ("day", "week"):
                at += timedelta(days=1 if step == "day" else 7)
                send_due_digests(at)
            else:
                choose(follower, {"followed": step})
        send_due_digests(at + timedelta(days=8))
        assert [_told(smtp_sink, title) for title in titles] == [1] * len(titles)
        raise _Undone


def test_rule_02_windows_are_half_open_and_touch(follower, waste, news, smtp_sink):
    news(waste, "Tepat pada batas", at=NEXT_MONDAY)
    news(waste, "Sesaat sebelum batas", at=NEXT_MONDAY - timedelta(microseconds=1))
    send_due_digests(NEXT_MONDAY)
    send_due_digests(NEXT_MONDAY + timedelta(days=7))
    first, second = smtp_sink.messages
    assert "Sesaat sebelum" in text_of(first) and "Tepat pada" not in text_of(first)
    assert "Tepat pada" in text_of(second) and "Sesaat sebelum" not in text_of(second)
    ends = list(follower.digests.order_by("period_end").values_list("period_start", "period_end"))
    assert all(ends[n][1] == ends[n + 1][0] for n in range(len(ends) - 1))


def test_rule_03_visibility_is_checked_again_at_send_time(follower, waste, news, following, smtp_sink):
    hidden, open_one = InitiativeFactory(title="Contoh disembunyikan"), InitiativeFactory(title="Contoh terbuka")
    for initiative in (hidden, open_one):
        news(initiative, topics=[waste], at=WEDNESDAY)
    dispatch_all()
    type(hidden).objects.filter(pk=hidden.pk).update(published_at=None)
    send_due_digests(NEXT_MONDAY)
    body = text_of(smtp_sink.messages[0])
    assert "CONTOH TERBUKA" in body and "DISEMBUNYIKAN" not in body.upper()


def test_rule_04_grouped_by_subject_repeats_collapsed_newest_first_with_the_text(
    follower, waste, kalibaru, news, following, smtp_sink
):
    other = InitiativeFactory(title="Contoh bank sampah")
    news(waste, "Lama", at=WEDNESDAY)
    for hour in range(3):
        news(other, "Ulangan", topics=[waste], at=WEDNESDAY + timedelta(hours=1 + hour))
    news(waste, "Baru", at=WEDNESDAY + timedelta(hours=9))
    send_due_digests(NEXT_MONDAY)
    body = text_of(smtp_sink.messages[0])
    places = [body.index(words) for words in ("PENGELOLAAN SAMPAH", "Baru", "Lama", "CONTOH BANK SAMPAH", "Ulangan")]
    assert places == sorted(places)
    assert body.count("PENGELOLAAN SAMPAH") == 1
    assert body.count("menerbitkan kabar: Ulangan") == 1 and "(3 kali)" in body
    assert "Isi dari Baru." in body


def test_rule_05_no_mail_when_there_is_nothing_but_the_window_is_on_record(follower, smtp_sink):
    send_due_digests(NEXT_MONDAY)
    window = follower.digests.latest("period_end")
    assert (window.empty, window.period_start, window.period_end) == (True, MONDAY, NEXT_MONDAY)
    assert smtp_sink.messages == []


def test_rule_06_one_weekly_mail_names_the_days_it_covers(follower, waste, news, smtp_sink):
    news(waste, at=WEDNESDAY)
    send_due_digests(NEXT_MONDAY)
    (mail,) = smtp_sink.messages
    assert mail["Subject"] == "Kabar mingguan Kalibaru: Senin, 10 Maret 2025 sampai Senin, 17 Maret 2025"


def test_rule_07_area_problem_and_kind_narrow_together(rina, waste, kalibaru, news, save, smtp_sink):
    save(rina, "initiative", f"issue={waste.slug}&area={kalibaru.code}")
    send_due_digests(MONDAY)
    initiative = InitiativeFactory()
    news(initiative, "Semua cocok", topics=[waste, kalibaru], at=WEDNESDAY)
    news(initiative, "Hanya masalah", topics=[waste], at=WEDNESDAY)
    news(initiative, "Hanya wilayah", topics=[kalibaru], at=WEDNESDAY)
    news(waste, "Jenis lain", topics=[kalibaru], at=WEDNESDAY)
    send_due_digests(NEXT_MONDAY)
    body = text_of(smtp_sink.messages[0])
    assert "Semua cocok" in body
    assert not any(words in body for words in ("Hanya masalah", "Hanya wilayah", "Jenis lain"))


def test_rule_08_decisions_ignore_digest_settings(follower, waste, yusuf, smtp_sink):
    publish(DECIDED, waste, actor=yusuf, recipients=[follower.pk])
    send_due_digests(MONDAY)
    assert [mail["Subject"] for mail in smtp_sink.messages] == ["Pengelolaan sampah: Keputusan"]
    with pytest.raises(Exception, match="tidak tersedia"):
        choose(follower, {"decision": "weekly"})


def test_rule_09_settings_one_click_and_unfollow_in_each_mail(follower, waste, news, smtp_sink):
    news(waste, at=WEDNESDAY)
    send_due_digests(NEXT_MONDAY)
    (mail,) = smtp_sink.messages
    html = mail.get_body(("html",)).get_content()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip().startswith("<http://localhost:8000/notifications/unsubscribe/")
    assert "/notifications/settings/" in html
    assert html.count("/notifications/unsubscribe/") == 2, "one for the digest, one for the subject"


def test_rule_10_a_rerun_sends_nothing_twice_and_each_delivery_is_on_record(follower, waste, news, smtp_sink):
    news(waste, at=WEDNESDAY)
    for at in (NEXT_MONDAY, NEXT_MONDAY, NEXT_MONDAY + timedelta(days=3), MONDAY):
        send_due_digests(at)
    assert len(smtp_sink.messages) == 1
    assert Delivery.objects.filter(state="sent").count() == 1


def test_rule_10_each_failure_is_on_record_with_its_reason(follower, waste, news, smtp_sink):
    smtp_sink.answers[follower.email] = "550 penuh"
    news(waste, at=WEDNESDAY)
    send_due_digests(NEXT_MONDAY)
    assert Delivery.objects.get().error.startswith("550")


def test_rule_11_a_follow_that_happens_by_itself_says_so_and_can_be_undone(client, follower, news, smtp_sink):
    initiative = InitiativeFactory(title="Contoh rumah kompos")
    add_comment(initiative, actor=follower, body="Kapan giliran gang kami?")
    Subscription.objects.update(created_at=MONDAY)
    client.force_login(follower)
    assert "diikuti otomatis karena Anda ikut berdiskusi di sana" in client.get(reverse("following")).text
    news(initiative, at=WEDNESDAY)
    send_due_digests(NEXT_MONDAY)
    assert "otomatis, karena Anda ikut berdiskusi di sana" in text_of(smtp_sink.messages[0])
    client.post(links.unsubscribe_url(follower, f"topic:{topic_of(initiative)}").removeprefix("http://localhost:8000"))
    add_comment(initiative, actor=follower, body="Masih menunggu.")
    assert not follower.subscriptions.filter(topic=topic_of(initiative)).exists(), "undone is undone"


def test_rule_12_a_preview_of_the_next_digest_before_saving(client, follower, waste, news):
    news(waste, "Menunggu ringkasan")
    dispatch_all()
    client.force_login(follower)
    chosen = {"followed": "daily", "digest_hour": "18", "preview": "1"}
    page = client.post(reverse("notification_settings"), chosen).text
    assert "Menunggu ringkasan" in page and "Ringkasan harian" in page and "18.00 WIB" in page
    off = client.post(reverse("notification_settings"), chosen | {"followed": "off"}).text
    assert "Menunggu ringkasan" not in off
    assert not Preference.objects.exists(), "nothing is saved by looking"


STEPS = ["event", "now", "daily", "weekly", "off", "follow", "unfollow", "hide", "show", "dispatch", "day", "week"]


@PROPERTY
@given(steps=st.lists(st.sampled_from(STEPS), max_size=20))
def test_whatever_happens_nothing_is_told_twice_or_while_hidden_or_unwanted(follower, waste, news, smtp_sink, steps):
    smtp_sink.messages.clear()
    with pytest.raises(_Undone), transaction.atomic():
        at, titles, sure, state = MONDAY, [], set(), {"followed": True, "shown": True, "wanted": True}
        for number, step in enumerate(steps):
            at += timedelta(minutes=7)
            before = {title: _told(smtp_sink, title) for title in titles}
            if step == "event":
                titles.append(f"Kabar {number}.")
                news(waste, titles[-1], at=at)
                if all(state.values()):
                    sure.add(titles[-1])
            else:
                at = _take(step, at, follower, waste, state)
            # Who begins to follow anew hears of what comes after.
            sure = sure if all(state.values()) and step != "follow" else set()
            told_now = {title for title, times in before.items() if _told(smtp_sink, title) > times}
            assert not told_now or all(state.values())
        send_due_digests(at + timedelta(days=8))
        assert all(_told(smtp_sink, title) <= 1 for title in titles)
        assert all(_told(smtp_sink, title) == 1 for title in sure), "what nothing spoke against is told"
        raise _Undone


def _take(step, at, person, row, state):
    if step in ("now", "daily", "weekly", "off"):
        choose(person, {"followed": step})
        state["wanted"] = step != "off"
    elif step in ("follow", "unfollow"):
        unfollow(topic_of(row), user=person)
        if step == "follow":
            Subscription.objects.create(user=person, topic=topic_of(row), created_at=at)
        state["followed"] = step == "follow"
    elif step in ("hide", "show"):
        type(row).objects.filter(pk=row.pk).update(state="archived" if step == "hide" else "published")
        state["shown"] = step == "show"
    elif step == "dispatch":
        dispatch_all()
        deliver_due()
    else:
        at += timedelta(days=1 if step == "day" else 7)
        send_due_digests(at)
    return at
