"""An address that refuses our mail gets none until its owner confirms it again."""

import base64
import json
import re

import pytest
from django.utils import timezone

from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Delivery, Suppression
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.digest import send_due_digests
from kalibaru.notifications.services.dispatch import dispatch_all
from kalibaru.notifications.services.suppression import suppress
from tests.notifications.conftest import DECIDED

pytestmark = pytest.mark.django_db
REPORT = "/notifications/mail-report/postmark/"


@pytest.fixture
def decided(waste, yusuf, rina):
    """A decision that Rina is told of."""
    publish(DECIDED, waste, actor=yusuf, recipients=[rina.pk])
    dispatch_all()
    return Delivery.objects.get()


@pytest.mark.parametrize(
    ("answer", "suppressed"),
    [
        ("550 5.1.1 Tidak ada", True),
        ("550 Kotak surat tidak ada", True),
        ("551 5.1.6 Pindah", True),
        ("553 5.1.3 Alamat salah", True),
        ("550 5.2.1 Dinonaktifkan", True),
        ("552 5.2.2 Penuh", False),
        ("550 5.7.1 Ditolak karena kebijakan", False),
        ("554 5.7.1 Spam", False),
        ("451 4.2.1 Nanti", False),
    ],
)
def test_only_a_mailbox_that_does_not_exist_is_suppressed(decided, smtp_sink, rina, answer, suppressed):
    smtp_sink.answers[rina.email] = answer
    deliver_due()
    assert Suppression.objects.filter(address=rina.email).exists() is suppressed


def test_nothing_is_sent_to_a_suppressed_address(decided, smtp_sink, rina):
    suppress(rina.email.upper(), "bounced")
    assert deliver_due() == 0
    decided.refresh_from_db()
    assert (decided.state, decided.reason) == ("dropped", "suppressed")
    assert smtp_sink.messages == []


def test_no_mail_is_queued_for_a_suppressed_address_but_the_inbox_tells(waste, yusuf, rina):
    suppress(rina.email, "bounced")
    publish(DECIDED, waste, actor=yusuf, recipients=[rina.pk])
    dispatch_all()
    assert rina.notifications.count() == 1 and not Delivery.objects.exists()


def test_what_a_digest_would_have_told_waits_until_the_address_works_again(waste, rina, following, news, smtp_sink):
    following(rina, waste)
    news(waste)
    suppress(rina.email, "complained")
    send_due_digests(timezone.now() + timezone.timedelta(days=7))
    assert smtp_sink.messages == []
    Suppression.objects.all().delete()
    send_due_digests(timezone.now() + timezone.timedelta(days=14))
    (mail,) = smtp_sink.to(rina.email)
    assert "Contoh kabar" in mail.get_body(("plain",)).get_content()


def test_the_person_reads_of_it_in_inbox_and_settings(rina, client):
    suppress(rina.email, "refused", "550 tidak ada")
    client.force_login(rina)
    for page in ("/notifications/", "/notifications/settings/"):
        assert "Surel Anda menolak kiriman kami" in client.get(page).text


def test_the_owner_lifts_it_by_a_link_that_arrived_there(rina, client, smtp_sink):
    suppress(rina.email, "bounced")
    client.force_login(rina)
    client.post("/notifications/address/check/")
    assert deliver_due() == 1
    (mail,) = smtp_sink.to(rina.email)
    path = re.search(r"http://localhost:8000(\S+)", mail.get_body(("plain",)).get_content()).group(1)
    client.logout()
    assert client.get(path).status_code == 200
    assert Suppression.objects.exists(), "looking changes nothing"
    assert client.post(path).status_code == 200
    assert not Suppression.objects.exists()


def test_a_forged_link_lifts_nothing(rina, client):
    suppress(rina.email, "bounced")
    assert client.post("/notifications/address/confirm/rina@warga.example:abc:def/").status_code == 403
    assert Suppression.objects.exists()


def test_no_letter_goes_where_nothing_is_wrong(rina, client):
    client.force_login(rina)
    client.post("/notifications/address/check/")
    assert not Delivery.objects.exists()


def _report(client, record, secret="surat:rahasia", path=REPORT):
    password = base64.b64encode(secret.encode()).decode()
    return client.post(
        path, json.dumps(record), content_type="application/json", headers={"Authorization": f"Basic {password}"}
    )


@pytest.fixture
def reports(settings):
    """Take reports of one provider."""
    settings.MAIL_WEBHOOK_PROVIDER, settings.MAIL_WEBHOOK_SECRET = "postmark", "surat:rahasia"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "surat:rahasia"}


def _bounce(address, sort="HardBounce", message_id="x"):
    return {"RecordType": "Bounce", "Type": sort, "Email": address, "MessageID": message_id, "Description": "Tidak ada"}


@pytest.mark.parametrize(("sort", "reason"), [("HardBounce", "bounced"), ("SpamComplaint", "complained")])
def test_a_reported_bounce_or_complaint_suppresses(client, reports, rina, sort, reason):
    record = _bounce(rina.email, sort) | ({"RecordType": "SpamComplaint"} if sort == "SpamComplaint" else {})
    assert _report(client, record).status_code == 200
    assert _report(client, record).status_code == 200, "a report may come twice"
    assert Suppression.objects.get().reason == reason


def test_a_reported_soft_bounce_suppresses_nothing(client, reports, rina):
    assert _report(client, _bounce(rina.email, "SoftBounce")).status_code == 200
    assert _report(client, _bounce(rina.email, "Transient")).status_code == 200
    assert not Suppression.objects.exists()


def test_a_mail_that_came_back_is_marked(client, reports, decided, smtp_sink, rina):
    deliver_due()
    _report(client, _bounce(rina.email, message_id=f"{decided.pk}@localhost"))
    decided.refresh_from_db()
    assert (decided.state, decided.error) == ("failed", "Tidak ada")


@pytest.mark.parametrize(
    ("secret", "path", "status"),
    [
        ("surat:salah", REPORT, 400),
        ("surat:rahasia", "/notifications/mail-report/mailjet/", 404),
        ("surat:rahasia", "/notifications/mail-report/nobody/", 404),
    ],
)
def test_reports_need_the_secret_and_the_provider(client, reports, rina, secret, path, status):
    assert _report(client, _bounce(rina.email), secret, path).status_code == status
    assert not Suppression.objects.exists()


def test_a_broken_report_is_refused_without_harm(client, reports):
    for record in ([], "x", {"RecordType": "Bounce"}, None):
        assert _report(client, record).status_code in (200, 400)
    assert not Suppression.objects.exists()


def test_reports_are_off_when_not_configured(client, rina):
    assert _report(client, _bounce(rina.email)).status_code == 404
