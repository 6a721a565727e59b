"""The inbox, the settings, and what a link in a mail opens."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kalibaru.core.subjects import topic_of
from kalibaru.notifications import links
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Delivery, Notification, Preference
from kalibaru.notifications.preferences import preferences_of
from kalibaru.notifications.services.again import send_again
from kalibaru.notifications.services.dispatch import dispatch_all
from tests.factories import InitiativeFactory, UserFactory
from tests.notifications.conftest import DECIDED

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client, rina, waste, following, news):
    """Rina, signed in, follows waste and was told of one thing."""
    following(rina, waste)
    news(waste, "Kabar pertama")
    dispatch_all()
    client.force_login(rina)
    return rina


def path_of(url: str) -> str:
    return url.removeprefix("http://localhost:8000")


@pytest.mark.parametrize("name", ["inbox", "notification_settings"])
def test_a_visitor_signs_in_first(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302 and reverse("account_login") in answer.url


def test_looking_changes_nothing(client, reader):
    page = client.get(reverse("inbox"))
    assert "Contoh LSM Pesisir menerbitkan kabar: Kabar pertama" in page.text
    assert reader.notifications.filter(read_at__isnull=True).count() == 1


def test_opening_a_line_notes_it_and_leads_on(client, reader, waste):
    line = reader.notifications.get()
    answer = client.post(reverse("inbox_open"), {"line": line.pk})
    assert answer.url == waste.get_absolute_url()
    line.refresh_from_db()
    assert line.read_at
    assert client.get(reverse("inbox"), {"unread": "1"}).text.count("inbox__open") == 0


@pytest.mark.parametrize("line", ["", "0", "x", "9" * 40, "-1", "²"])
def test_a_line_that_is_nobodys_is_not_found(client, reader, line):
    assert client.post(reverse("inbox_open"), {"line": line}).status_code == 404


def test_nobody_opens_anothers_line(client, reader, dewi):
    client.force_login(dewi)
    assert client.post(reverse("inbox_open"), {"line": reader.notifications.get().pk}).status_code == 404


def test_all_read_spares_what_came_after_the_page(client, reader, waste, news):
    seen = reader.notifications.get()
    news(waste, "Kabar kedua")
    dispatch_all()
    client.post(reverse("inbox_read_all"), {"up_to": seen.pk})
    assert [line.event.payload["title"] for line in reader.notifications.filter(read_at=None)] == ["Kabar kedua"]
    assert client.post(reverse("inbox_read_all"), {"up_to": "x" * 99}).status_code == 302


def test_what_was_withdrawn_is_not_in_the_inbox(client, reader, waste):
    type(waste).objects.update(state="archived")
    page = client.get(reverse("inbox"))
    assert page.status_code == 200 and "Kabar pertama" not in page.text
    assert client.post(reverse("inbox_open"), {"line": reader.notifications.get().pk}).url == reverse("inbox")


def test_the_inbox_costs_the_same_however_full(client, reader, waste, news, django_assert_max_num_queries):
    for n in range(25):
        news(waste if n % 2 else InitiativeFactory(), f"Kabar {n}", topics=[waste])
    dispatch_all()
    with django_assert_max_num_queries(9):
        page = client.get(reverse("inbox"))
    assert page.text.count("inbox__open") == 20
    following_page = re.search(r'rel="next" href="([^"]+)"', page.text).group(1).replace("&amp;", "&")
    assert client.get(reverse("inbox") + following_page).text.count("inbox__open") == 6
    assert client.get(reverse("inbox"), {"page": "x" * 700}).status_code == 400


def test_settings_are_saved(client, reader):
    client.post(reverse("notification_settings"), {"followed": "now", "organisation": "off", "decision": "now"})
    saved = preferences_of(reader)
    assert [saved[name] for name in ("followed", "organisation", "decision")] == ["now", "off", "now"]


@pytest.mark.parametrize(
    "data", [{"followed": "hourly"}, {"followed": "now", "organisation": "now", "decision": "weekly"}]
)
def test_a_choice_that_is_none_is_refused_and_nothing_saved(client, reader, data):
    assert client.post(reverse("notification_settings"), data).status_code == 400
    assert not Preference.objects.exists()


def test_a_preview_shows_the_next_digest_and_saves_nothing(client, reader):
    chosen = {"followed": "weekly", "organisation": "now", "decision": "now", "preview": "1"}
    assert "Kabar pertama" in client.post(reverse("notification_settings"), chosen).text
    page = client.post(reverse("notification_settings"), chosen | {"followed": "off"})
    assert "Kabar pertama" not in page.text and "belum disimpan" in page.text
    assert not Preference.objects.exists()


def test_the_list_of_follows_has_what_is_hidden_now_without_its_name(client, reader, waste):
    assert waste.title in client.get(reverse("following")).text
    type(waste).objects.update(state="archived")
    page = client.get(reverse("following")).text
    assert "Tidak terlihat lagi" in page and waste.title not in page


def test_a_follow_that_happened_by_itself_says_so(client, reader):
    reader.subscriptions.update(automatic=True, reason="commented")
    page = client.get(reverse("following")).text
    assert "diikuti otomatis karena Anda ikut berdiskusi" in page and 'name="stop"' in page


@pytest.mark.parametrize(
    ("what", "left"), [("digest", "off"), ("category:followed", "off"), ("category:decision", "weekly")]
)
def test_one_click_works_without_sign_in_or_cookie(rina, what, left):
    visitor = Client(enforce_csrf_checks=True)
    path = path_of(links.unsubscribe_url(rina, what))
    page = visitor.get(path)
    assert page.status_code == 200 and "Ya, berhenti" in page.text
    assert not Preference.objects.exists(), "a GET, and a scanner that follows links, changes nothing"
    for _twice in range(2):
        assert visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert preferences_of(rina)["followed"] == left


def test_the_unfollow_link_of_a_subject_stops_that_subject_only(client, rina, waste, kalibaru, following):
    following(rina, waste)
    following(rina, kalibaru)
    path = path_of(links.unsubscribe_url(rina, f"topic:{topic_of(waste)}"))
    assert waste.title in client.get(path).text
    client.post(path)
    assert [row.topic for row in rina.subscriptions.all()] == [topic_of(kalibaru)]


def test_a_forged_or_old_link_says_so(client, rina, monkeypatch):
    path = path_of(links.unsubscribe_url(rina, "digest"))
    assert client.post(path.replace("/unsubscribe/W", "/unsubscribe/X")).status_code == 403
    monkeypatch.setattr(signing.time, "time", lambda: timezone.now().timestamp() + timedelta(days=181).total_seconds())
    page = client.post(path)
    assert page.status_code == 403 and "kedaluwarsa" in page.text
    assert not Preference.objects.exists()


def test_a_link_of_an_account_that_is_gone_breaks_nothing(client):
    person = UserFactory()
    path = path_of(links.unsubscribe_url(person, "digest"))
    person.delete()
    assert client.get(path).status_code == client.post(path).status_code == 200


def test_only_the_secretariat_sends_again(rina, maya, waste, yusuf):
    publish(DECIDED, waste, actor=yusuf, recipients=[rina.pk])
    dispatch_all()
    Delivery.objects.update(state="uncertain", reason="interrupted")
    row = Delivery.objects.get()
    with pytest.raises(Exception, match="send_again"):
        send_again(row, actor=rina)
    assert send_again(row, actor=maya) is True
    assert send_again(row, actor=maya) is False


def test_the_back_office_shows_the_heartbeat_and_changes_no_history(client, reader, maya):
    client.force_login(maya)
    for model in ("event", "notification", "delivery", "digest", "subscription", "preference"):
        assert client.get(reverse(f"admin:notifications_{model}_changelist")).status_code == 200
    assert client.get(reverse("admin:notifications_event_add")).status_code == 403
    assert Notification.objects.exists()
