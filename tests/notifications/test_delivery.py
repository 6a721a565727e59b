"""Mail over a real server that misbehaves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kalibaru.accounts.models import User
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Delivery, Preference
from kalibaru.notifications.services import notify_address, unfollow
from kalibaru.notifications.services.claims import claim
from kalibaru.notifications.services.delivery import Round, deliver_due
from kalibaru.notifications.services.digest import send_due_digests
from kalibaru.notifications.services.dispatch import dispatch_all
from tests.at_once import at_once
from tests.factories import InitiativeFactory, UserFactory
from tests.notifications.conftest import DECIDED, JOINED

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def decided(waste, yusuf, rina):
    """A decision that Rina is told of."""
    publish(DECIDED, waste, actor=yusuf, recipients=[rina.pk], payload={"reason": "Lengkapi anggarannya."})
    dispatch_all()
    return Delivery.objects.get()


def test_a_mail_is_sent_once_with_all_it_needs(decided, smtp_sink, rina):
    assert deliver_due() == 1
    assert deliver_due() == 0
    (mail,) = smtp_sink.to(rina.email)
    decided.refresh_from_db()
    assert decided.state == State.SENT and decided.sent_at
    assert mail["Message-ID"] == f"<{decided.pk}@localhost>"
    assert mail["Subject"] == "Pengelolaan sampah: Keputusan"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "localhost" in mail["List-Id"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for body in (plain, html):
        assert "Lengkapi anggarannya." in body
        assert "WIB" in body
        assert "/notifications/settings/" in body
        assert "/notifications/unsubscribe/" in body
    assert len(html.encode()) < 40_000


def test_a_mail_speaks_the_language_and_the_time_of_its_reader(waste, yusuf, smtp_sink):
    reader = UserFactory(language="en", time_zone="Asia/Jayapura")
    publish(DECIDED, waste, actor=yusuf, recipients=[reader.pk])
    dispatch_all()
    deliver_due()
    plain = smtp_sink.messages[0].get_body(("plain",)).get_content()
    assert "/en/issues/" in plain
    assert " WIT" in plain


def test_later_means_again_after_a_pause(decided, smtp_sink, rina):
    smtp_sink.answers[rina.email] = "451 Coba lagi nanti"
    assert deliver_due() == 0
    decided.refresh_from_db()
    assert decided.state == State.WAITING
    assert timedelta(seconds=60) < decided.due_at - timezone.now() < timedelta(minutes=3)
    assert "451" in decided.error
    assert deliver_due() == 0, "not before its time"
    smtp_sink.answers.clear()
    Delivery.objects.update(due_at=timezone.now())
    assert deliver_due() == 1
    assert len(smtp_sink.to(rina.email)) == 1


def test_later_for_three_days_means_failed(decided, smtp_sink, rina):
    smtp_sink.answers[rina.email] = "451 Coba lagi nanti"
    Delivery.objects.update(created_at=timezone.now() - timedelta(hours=72), attempts=9)
    deliver_due()
    decided.refresh_from_db()
    assert (decided.state, decided.reason) == (State.FAILED, "expired")


def test_refused_for_good_is_said_to_the_person(decided, smtp_sink, rina, client):
    smtp_sink.answers[rina.email] = "550 Kotak surat tidak ada"
    deliver_due()
    decided.refresh_from_db()
    assert (decided.state, decided.reason) == (State.FAILED, "refused")
    assert deliver_due() == 0
    client.force_login(rina)
    assert "550 Kotak surat tidak ada" in client.get("/notifications/settings/").text


def test_one_bad_mailbox_does_not_stop_the_others(waste, yusuf, rina, dewi, smtp_sink):
    smtp_sink.answers[dewi.email] = "550 tidak ada"
    publish(DECIDED, waste, actor=yusuf, recipients=[rina.pk, dewi.pk])
    dispatch_all()
    assert deliver_due() == 1
    assert len(smtp_sink.to(rina.email)) == 1


def test_a_server_that_takes_no_connection_leaves_all_waiting(decided, smtp_sink, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert deliver_due() == 0
    decided.refresh_from_db()
    assert (decided.state, decided.attempts, decided.lease_until) == (State.WAITING, 0, None)
    settings.EMAIL_PORT = port
    assert deliver_due() == 1


def test_a_worker_that_died_before_handing_over_loses_nothing(decided, smtp_sink):
    (claimed,) = claim(10)
    assert deliver_due() == 0, "its lease still runs"
    Delivery.objects.filter(pk=claimed.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert deliver_due() == 1


def test_a_worker_that_died_while_the_server_had_it_is_not_repeated(decided, smtp_sink):
    now = timezone.now()
    Delivery.objects.update(state=State.SENDING, handed_at=now, lease_until=now - timedelta(seconds=1), attempts=1)
    assert deliver_due() == 0
    decided.refresh_from_db()
    assert (decided.state, decided.reason) == (State.UNCERTAIN, "interrupted")
    assert smtp_sink.messages == []


def test_a_worker_that_lost_its_lease_sends_nothing(decided, smtp_sink, monkeypatch):
    compose = Round._composed

    def slow(round_, composer, row):
        Delivery.objects.update(lease_until=timezone.now() + timedelta(minutes=9))
        return compose(round_, composer, row)

    monkeypatch.setattr(Round, "_composed", slow)
    assert deliver_due() == 0
    assert smtp_sink.messages == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(waste, yusuf, smtp_sink):
    people = UserFactory.create_batch(30)
    publish(DECIDED, waste, actor=yusuf, recipients=[person.pk for person in people])
    dispatch_all()

    def work():
        deliver_due()

    at_once(work, 3)
    assert sorted(mail["To"] for mail in smtp_sink.messages) == sorted(person.email for person in people)


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [
        (lambda rina, waste: User.objects.filter(pk=rina.pk).update(is_active=False), "no_account"),
        (lambda rina, waste: rina.emailaddress_set.update(verified=False), "no_account"),
        (lambda rina, waste: Preference.objects.filter(user=rina).update(frequency="off"), "unwanted"),
        (lambda rina, waste: unfollow(f"issue:{waste.pk}", user=rina), "unwanted"),
        (lambda rina, waste: type(waste).objects.update(state="archived"), "invisible"),
    ],
)
def test_what_changed_meanwhile_is_looked_at_again(waste, rina, following, news, smtp_sink, meanwhile, reason):
    following(rina, waste)
    Preference.objects.create(user=rina, category="followed", frequency="now")
    news(waste)
    dispatch_all()
    meanwhile(rina, waste)
    assert deliver_due() == 0
    dropped = Delivery.objects.get()
    assert (dropped.state, dropped.reason) == (State.DROPPED, reason)
    assert smtp_sink.messages == []


def test_who_chose_weekly_meanwhile_finds_it_in_the_digest(waste, rina, yusuf, smtp_sink):
    publish(JOINED, waste, actor=yusuf, recipients=[rina.pk])
    dispatch_all()
    Preference.objects.create(user=rina, category="organisation", frequency="weekly")
    assert deliver_due() == 0
    send_due_digests(timezone.now() + timedelta(days=7))
    (mail,) = smtp_sink.to(rina.email)
    assert "Yusuf bergabung" in mail.get_body(("plain",)).get_content()


def test_an_invitation_reaches_who_cannot_see_the_subject(rina, yusuf, smtp_sink):
    hidden = InitiativeFactory(published_at=None, title="Contoh inisiatif tertutup")
    publish(DECIDED, hidden, actor=yusuf, recipients=[rina.pk], payload={"url": "/stakeholders/invitation/"})
    dispatch_all()
    deliver_due()
    (mail,) = smtp_sink.to(rina.email)
    assert "Contoh inisiatif tertutup" in mail["Subject"]
    assert "http://localhost:8000/stakeholders/invitation/" in mail.get_body(("plain",)).get_content()


def test_a_letter_to_an_address_without_account_goes_through_the_outbox(smtp_sink, settings):
    context = {"link": "http://localhost:8000/x/", "organisation": "Contoh LSM"}
    notify_address("siapa@luar.example", "test-letter", context)
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {
                            "emails/test-letter-subject.txt": "Undangan\nke {{ organisation }}",
                            "emails/test-letter-text.txt": "{{ link }}",
                            "emails/test-letter-html.html": "<p>{{ organisation }}</p>",
                        },
                    )
                ]
            },
        }
    ]
    assert smtp_sink.messages == []
    assert deliver_due() == 1
    (mail,) = smtp_sink.to("siapa@luar.example")
    assert mail["Subject"] == "Undangan ke Contoh LSM"
    assert mail["List-Unsubscribe"] is None


def test_a_letter_that_cannot_be_written_stops_nobody_elses(decided, smtp_sink):
    notify_address("siapa@luar.example", "no-such-letter", {})
    assert deliver_due() == 1
    broken = Delivery.objects.get(template="no-such-letter")
    assert (broken.state, broken.attempts) == (State.WAITING, 1)
    assert "TemplateDoesNotExist" in broken.error


def test_queries_of_a_batch_do_not_grow_with_its_mails(waste, yusuf, smtp_sink, django_assert_max_num_queries):
    people = UserFactory.create_batch(20)
    publish(DECIDED, waste, actor=yusuf, recipients=[person.pk for person in people])
    dispatch_all()
    # Two notes a mail ("handed", "sent") are the price of a crash that repeats nothing.
    with django_assert_max_num_queries(2 * 20 + 16):
        assert deliver_due() == 20
