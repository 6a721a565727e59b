"""A seeded portal, its people, and the worker's deeds run on demand. Mail goes through a real SMTP server."""

import io
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from kalibaru.accounts.models import User
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.dispatch import dispatch_all

NAMES = ("rina", "yusuf", "dewi", "maya", "sari", "budi")


@pytest.fixture
def work():
    """Do what the Celery worker does: tell the followers, send the mail."""

    def do() -> None:
        dispatch_all()
        deliver_due()

    return do


@pytest.fixture
def world(transactional_db, live_server, smtp_sink, work, settings):
    """The seeded portal. What the seed itself has to tell is told before the journey starts."""
    # Demonstration accounts are made only with DEBUG on, which tests turn off.
    settings.DEBUG = True
    call_command("seed_kalibaru", "--demo", stdout=io.StringIO())
    settings.DEBUG = False
    work()
    smtp_sink.messages.clear()
    people = {user.email.partition("@")[0]: user for user in User.objects.all()}
    return SimpleNamespace(**{name: people[name] for name in NAMES})
