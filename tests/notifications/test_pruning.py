"""Old rows go, by policy; what happened and what still waits stays; the inbox reads one page of an index."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kalibaru.notifications.models import Delivery, Digest, Event, Notification
from kalibaru.notifications.services import pruning
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.dispatch import dispatch_all
from kalibaru.notifications.services.pruning import prune
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=31)


@pytest.fixture
def told(waste, rina, following, news):
    """Return a function that makes one notification of an age in months."""
    following(rina, waste)

    def tell(age, *, read, frequency="off"):
        news(waste, title=f"{age} bulan")
        dispatch_all()
        row = Notification.objects.latest("id")
        at = timezone.now() - age * MONTH
        Notification.objects.filter(pk=row.pk).update(at=at, read_at=at if read else None, frequency=frequency)
        return row.pk

    return tell


def test_read_news_goes_after_half_a_year_and_unread_after_two(told):
    kept = [told(5, read=True), told(7, read=False)]
    told(7, read=True), told(25, read=False)
    assert prune(timezone.now())["notifications"] == 2
    assert list(Notification.objects.order_by("id").values_list("pk", flat=True)) == kept
    assert Event.objects.count() == 4, "events stay for ever"
    assert prune(timezone.now())["notifications"] == 0


def test_what_waits_for_a_digest_stays(told):
    told(7, read=True, frequency="weekly")
    assert prune(timezone.now())["notifications"] == 0


def test_a_mail_is_forgotten_when_sent_long_ago_and_never_while_it_waits(waste, yusuf, smtp_sink):
    from kalibaru.notifications.events import publish
    from tests.notifications.conftest import DECIDED

    people = UserFactory.create_batch(2)
    publish(DECIDED, waste, actor=yusuf, recipients=[person.pk for person in people])
    dispatch_all()
    deliver_due()
    old = timezone.now() - 12 * MONTH
    Delivery.objects.update(created_at=old)
    Delivery.objects.filter(user=people[0]).update(state="waiting")
    Notification.objects.update(at=old, read_at=old)
    assert prune(timezone.now()) == {"mails": 1, "notifications": 1, "digests": 0}
    assert Notification.objects.get().user == people[0]


def test_the_newest_window_of_each_person_stays_for_the_next_begins_there(rina):
    now = timezone.now()
    for months in (40, 39, 38):
        end = now - months * MONTH
        Digest.objects.create(user=rina, period_start=end - timedelta(days=7), period_end=end)
    assert prune(now)["digests"] == 2
    assert Digest.objects.get().period_end < now - 37 * MONTH


def test_many_rows_go_in_batches(told, monkeypatch):
    for _n in range(5):
        told(7, read=True)
    monkeypatch.setattr(pruning, "BATCH", 2)
    assert prune(timezone.now())["notifications"] == 5


def test_the_command_says_what_went(told, capsys):
    told(7, read=True)
    call_command("prune_notifications")
    assert "notifications: 1" in capsys.readouterr().out


@pytest.mark.parametrize(("address", "index"), [("", "inbox_page"), ("?unread=1", "inbox_unread_page")])
def test_a_page_of_the_inbox_is_read_from_its_index(client, rina, waste, yusuf, news, address, index):
    event = news(waste)
    others = UserFactory.create_batch(3)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notifications_event"
            " (kind, subject_type, subject_id, topics, recipients, audience, payload, at)"
            " SELECT kind, subject_type, subject_id, topics, recipients, audience, payload,"
            " at + n * interval '1 second'"
            " FROM notifications_event, generate_series(1, 4000) n WHERE id = %s",
            [event.pk],
        )
        cursor.execute(
            "INSERT INTO notifications_notification (event_id, user_id, category, frequency, direct, at)"
            " SELECT event.id, person.id, 'followed', 'off', FALSE, event.at"
            " FROM notifications_event event, accounts_user person WHERE person.id = ANY(%s)",
            [[rina.pk, *[other.pk for other in others]]],
        )
        cursor.execute("ANALYZE notifications_notification; ANALYZE notifications_event; ANALYZE accounts_user")
    client.force_login(rina)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/notifications/{address}").status_code == 200
    page = next(
        query["sql"]
        for query in captured
        if 'FROM "notifications_notification"' in query["sql"] and "ORDER BY" in query["sql"]
    )
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {page}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert index in plan and "Seq Scan on notifications_notification" not in plan
    assert len(captured) <= 20
