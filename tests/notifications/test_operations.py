"""What the secretariat and a monitor see of the engine."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from kalibaru.notifications import tasks
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Delivery, MailServer, Pulse, Tally
from kalibaru.notifications.operations import figures
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.digest import send_due_digests
from kalibaru.notifications.services.dispatch import dispatch_all
from tests.notifications.conftest import DECIDED

pytestmark = pytest.mark.django_db
PAGE = "/notifications/operations/"


@pytest.fixture
def decided(waste, yusuf, rina, dewi):
    """Two decisions that wait to be mailed."""
    publish(DECIDED, waste, actor=yusuf, recipients=[rina.pk, dewi.pk])
    dispatch_all()


@pytest.fixture
def beat():
    """Beat has just given a sign."""
    tasks.note_beat()


@pytest.mark.parametrize(("who", "status"), [(None, 302), ("rina", 403), ("yusuf", 403), ("dewi", 403), ("maya", 200)])
def test_only_moderators_see_the_operations_page(client, request, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))
    assert client.get(PAGE).status_code == status


def test_the_page_tells_queue_ends_pulses_and_servers(client, maya, beat, decided, smtp_sink, dewi):
    smtp_sink.answers[dewi.email] = "550 5.1.1 Tidak ada"
    client.force_login(maya)
    assert "<dd>2" in client.get(PAGE).text
    deliver_due()
    page = client.get(PAGE).text
    for words in ("Terkirim 1", "Ditolak server surel penerima", "Bisa dipakai", "Semua berjalan"):
        assert words in page


def test_the_page_asks_a_bounded_number_of_queries(client, maya, decided, beat, django_assert_max_num_queries):
    client.force_login(maya)
    with django_assert_max_num_queries(20):
        client.get(PAGE)


def test_each_end_is_tallied_by_hour_state_and_reason(decided, smtp_sink, dewi):
    smtp_sink.answers[dewi.email] = "550 5.1.1 Tidak ada"
    deliver_due()
    assert set(Tally.objects.values_list("state", "reason", "mails")) == {("sent", "", 1), ("failed", "refused", 1)}


def test_a_digest_run_leaves_its_pulse(rina, waste, following, news, smtp_sink):
    following(rina, waste)
    news(waste)
    send_due_digests(timezone.now() + timedelta(days=7))
    assert Pulse.objects.get(name=Pulse.DIGEST).result == {"made": 1}


LATE = timedelta(hours=3)


def _stuck_mail():
    Delivery.objects.update(due_at=timezone.now() - LATE)


def _late_mail():
    Delivery.objects.update(due_at=timezone.now() - timedelta(minutes=20))


def _closed():
    MailServer.objects.create(name="first", failures=3, closed_until=timezone.now() + LATE)


def _failures():
    Tally.objects.create(hour=timezone.now(), state="failed", reason="refused", mails=30)


def _no_beat():
    Pulse.objects.update(at=timezone.now() - LATE)


@pytest.mark.parametrize(
    ("trouble", "code", "word"),
    [
        (lambda: None, 0, "OK"),
        (_late_mail, 1, "WARNING"),
        (_failures, 1, "WARNING"),
        (_stuck_mail, 2, "CRITICAL"),
        (_closed, 2, "CRITICAL"),
        (_no_beat, 2, "CRITICAL"),
    ],
)
def test_the_check_ends_with_the_code_that_a_monitor_knows(beat, decided, capsys, trouble, code, word):
    trouble()
    try:
        call_command("check_delivery")
        found = 0
    except SystemExit as end:
        found = end.code
    assert (found, capsys.readouterr().out.split()[0]) == (code, word)


def test_one_of_two_servers_away_is_a_warning_only(beat, second_sink):
    _closed()
    assert [alarm.critical for alarm in figures().alarms] == [False]


@pytest.mark.parametrize(
    ("token", "header", "status"),
    [
        ("", "Bearer ", 404),
        ("", None, 404),
        ("rahasia", None, 404),
        ("rahasia", "Bearer salah", 404),
        ("rahasia", "Bearer rahasia", 200),
    ],
)
def test_metrics_are_for_who_knows_the_token(client, settings, token, header, status):
    settings.METRICS_TOKEN = token
    answer = client.get("/metrics", headers={"Authorization": header} if header else {})
    assert answer.status_code == status


def test_metrics_carry_the_figures(client, settings, beat, decided):
    settings.METRICS_TOKEN = "rahasia"
    text = client.get("/metrics", headers={"Authorization": "Bearer rahasia"}).text
    assert "hub_mails_waiting 2.0" in text
    assert 'hub_delivery_alarms{severity="critical"} 0.0' in text
