"""Follow by e-mail without an account: double opt-in, a link that manages, nothing told to strangers."""

import re

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from kalibaru.accounts.models import User
from kalibaru.core.subjects import topic_of
from kalibaru.notifications import links
from kalibaru.notifications.models import Delivery, Guest, Subscription
from kalibaru.notifications.preferences import preferences_of
from kalibaru.notifications.services import guests
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.digest import send_due_digests
from kalibaru.notifications.services.pruning import prune
from tests.factories import InitiativeFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "sari.tetangga@surat.example"


@pytest.fixture(autouse=True)
def _sink(smtp_sink):
    return smtp_sink


def text_of(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def link_in(mail, part: str) -> str:
    return re.search(rf"http://localhost:8000(\S*{part}\S*)", text_of(mail)).group(1)


@pytest.fixture
def ask(client, smtp_sink):
    """Fill in the form for an address; return the page."""

    def fill(row, email=ADDRESS, **more):
        data = {"email": email, "frequency": "weekly", "consent": "on"} | more
        page = client.post(f"{reverse('guest_follow')}?topic={topic_of(row)}", data)
        deliver_due()
        return page

    return fill


@pytest.fixture
def guest(client, ask, kalibaru, smtp_sink):
    """Sari's neighbour follows the area, confirmed."""
    ask(kalibaru)
    client.post(link_in(smtp_sink.messages.pop(), "confirm"))
    return Guest.objects.get()


def test_nothing_is_followed_before_the_mailbox_confirms(client, ask, kalibaru, smtp_sink):
    assert "Periksa surel Anda" in ask(kalibaru).text
    (mail,) = smtp_sink.to(ADDRESS)
    address = link_in(mail, "confirm")
    assert kalibaru.name in client.get(address).text
    assert not Guest.objects.exists(), "a GET, and a scanner that follows links, changes nothing"
    for _twice in range(2):
        assert client.post(address).status_code == 302
    row = Guest.objects.get()
    assert (row.email, row.user.subscriptions.get().topic) == (ADDRESS, topic_of(kalibaru))
    assert "Saya setuju" in row.consent and row.consented_at <= timezone.now()


def test_a_guest_gets_the_digest_with_a_link_to_manage_and_no_inbox(guest, kalibaru, news, smtp_sink):
    Subscription.objects.update(created_at="2025-03-10T00:00:00Z")
    news(kalibaru, at="2025-03-12T10:00:00+07:00")
    send_due_digests(timezone.datetime.fromisoformat("2025-03-17T07:00:00+07:00"))
    (mail,) = smtp_sink.to(ADDRESS)
    assert "Contoh kabar" in text_of(mail) and "/follow/mail/manage/" in text_of(mail)
    assert "Halo," in text_of(mail) and "Kotak masuk" not in text_of(mail)
    assert mail["List-Unsubscribe-Post"]


def test_a_guest_may_choose_daily(client, guest):
    manage = links.manage_path(guest.user)
    assert client.post(manage, {"frequency": "daily"}).status_code == 302
    assert preferences_of(guest.user)["followed"] == preferences_of(guest.user)["forum"] == "daily"
    assert client.post(manage, {"frequency": "hourly"}).status_code == 400


def test_with_the_last_follow_the_address_goes(client, guest, kalibaru, waste):
    guests.confirm(links.Request(ADDRESS, topic_of(waste), "weekly", "id"))
    manage = links.manage_path(guest.user)
    assert client.post(manage, {"stop": topic_of(waste)}).status_code == 302
    assert "sudah dihapus" in client.post(manage, {"stop": topic_of(kalibaru)}).text
    assert not Guest.objects.exists()
    assert client.get(manage).status_code == 403


def test_erasing_leaves_nothing_of_the_address(client, guest):
    assert "sudah dihapus" in client.post(links.manage_path(guest.user), {"erase": "1"}).text
    assert not Guest.objects.exists() and not Delivery.objects.filter(address=ADDRESS).exists()
    assert not User.objects.filter(pk=guest.user_id).exists()


def test_one_click_on_a_guests_digest_erases_the_address(client, guest):
    path = links.unsubscribe_url(guest.user, "digest:weekly").removeprefix("http://localhost:8000")
    assert client.get(path).status_code == 200 and Guest.objects.exists()
    for _twice in range(2):
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Guest.objects.exists()


def test_a_stranger_cannot_tell_whether_an_address_has_an_account(client, ask, kalibaru, rina, smtp_sink):
    unknown, known = ask(kalibaru), ask(kalibaru, rina.email)
    assert unknown.status_code == known.status_code == 200
    assert unknown.text == known.text
    (mail,) = smtp_sink.to(rina.email)
    assert "/notifications/follow/?topic=" in text_of(mail) and "confirm" not in text_of(mail)
    assert not rina.subscriptions.exists(), "only the signed-in person follows with the account"


def test_an_account_made_meanwhile_follows_itself(client, ask, kalibaru, smtp_sink):
    ask(kalibaru)
    address = link_in(smtp_sink.messages[0], "confirm")
    UserFactory(email=ADDRESS)
    answer = client.post(address)
    assert answer.url.startswith(reverse("follow")) and not Guest.objects.exists()


def test_an_address_is_written_to_three_times_an_hour_at_most_and_the_page_says_the_same(
    ask, kalibaru, smtp_sink, settings
):
    settings.RATELIMIT_ENABLE = True
    pages = {ask(kalibaru).text for _n in range(5)}
    assert len(pages) == 1 and len(smtp_sink.to(ADDRESS)) == 3


def test_a_bad_answer_keeps_what_was_typed(ask, kalibaru, smtp_sink):
    page = ask(kalibaru, "bukan alamat", consent="")
    assert page.status_code == 400 and 'value="bukan alamat"' in page.text
    assert smtp_sink.messages == []


@pytest.mark.parametrize("topic", ["", "issue:7", "proposal:x", "goal:99"])
def test_what_is_no_public_topic_is_not_found(client, topic):
    assert client.get(reverse("guest_follow"), {"topic": topic}).status_code == 404


def test_a_hidden_subject_cannot_be_asked_for(client):
    hidden = InitiativeFactory(published_at=None)
    assert client.get(reverse("guest_follow"), {"topic": topic_of(hidden)}).status_code == 404


@pytest.mark.parametrize("days", [4])
def test_a_confirming_link_ends_after_three_days(client, ask, kalibaru, smtp_sink, monkeypatch, days):
    ask(kalibaru)
    address = link_in(smtp_sink.messages[0], "confirm")
    later = timezone.now() + timezone.timedelta(days=days)
    monkeypatch.setattr(signing.time, "time", later.timestamp)
    assert client.post(address).status_code == 403 and not Guest.objects.exists()


def test_a_forged_link_manages_nothing(client, guest):
    manage = links.manage_path(guest.user)
    assert client.post(manage[:-3] + "xx/", {"erase": "1"}).status_code == 403
    assert Guest.objects.exists()


def test_nobody_can_sign_in_as_a_guest(client, guest):
    assert not guest.user.has_usable_password()
    assert guest.user.email.endswith("@tanpa-akun.invalid") and not guest.user.emailaddress_set.exists()


def test_a_new_account_takes_over_what_its_address_followed(client, guest, kalibaru):
    person = UserFactory(email=ADDRESS)
    client.force_login(person)
    assert "Pindahkan ke akun ini" in client.get(reverse("following")).text
    client.post(reverse("adopt_guest"))
    assert [row.topic for row in person.subscriptions.all()] == [topic_of(kalibaru)]
    assert not Guest.objects.exists()


def test_an_unproved_address_takes_over_nothing(client, guest):
    person = UserFactory(email="lain@surat.example")
    person.emailaddress_set.create(email=ADDRESS, verified=False)
    assert guests.adopt_guest(user=person) == 0 and Guest.objects.exists()


def test_the_area_page_offers_it_to_visitors_only(client, kalibaru, rina):
    assert reverse("guest_follow") in client.get(kalibaru.get_absolute_url()).text
    client.force_login(rina)
    assert reverse("guest_follow") not in client.get(kalibaru.get_absolute_url()).text


def test_an_address_that_never_confirmed_is_forgotten_after_a_week(ask, kalibaru):
    ask(kalibaru)
    prune(timezone.now() + timezone.timedelta(days=6))
    assert Delivery.objects.filter(address=ADDRESS).exists()
    prune(timezone.now() + timezone.timedelta(days=8))
    assert not Delivery.objects.filter(address=ADDRESS).exists()
