"""A person's own copy, and erasure."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from kalibaru.accounts.services import erase_account, export_personal_data
from kalibaru.notifications.models import Delivery, Digest, Event, Notification, Subscription
from kalibaru.notifications.services.digest import send_due_digests
from kalibaru.notifications.services.preferences import choose

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(rina, waste, following, news, smtp_sink):
    """Rina follows, chose, was told and got a mail."""
    following(rina, waste)
    event = news(waste, at="2025-03-12T10:00:00+07:00")
    choose(rina, {"followed": "weekly"})
    send_due_digests(event._meta.get_field("at").to_python("2025-03-17T07:00:00+07:00"))
    return rina


def test_the_own_copy_holds_all_of_it(told):
    copy = export_personal_data(actor=told)
    assert all(copy[name] for name in ("subscriptions", "preferences", "notifications", "digests", "deliveries"))
    json.dumps(copy, cls=DjangoJSONEncoder)


def test_with_the_account_all_of_it_goes_but_history_stays(told):
    erase_account(actor=told)
    assert not any(model.objects.exists() for model in (Delivery, Digest, Notification, Subscription))
    assert Event.objects.exists()
