"""A real worker is killed while the mail server has its letter. Nothing is lost, nothing is sent twice."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Delivery
from kalibaru.notifications.services.delivery import deliver_due
from tests.factories import PriorityIssueFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, KILL_AT = 12, 4
# Registered by a real room, so that the worker process knows it too.
KIND = "issues.issue_published"


def _wait(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


@contextlib.contextmanager
def _worker(tmp_path, broker):
    """Run a Celery worker on this test's own database, broker database and mail server."""
    database = connection.settings_dict
    host = database["HOST"] or database["OPTIONS"].get("host", "")
    where = f"host={host}" + (f"&port={database['PORT']}" if database["PORT"] else "")
    environment = os.environ | {
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}?{where}",
        "REDIS_URL": broker,
        "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "KALIBARU_PROFILE": "local",
    }
    command = [sys.executable, "-m", "celery", "-A", "kalibaru", "worker", "--pool=solo", "-l", "warning"]
    with open(tmp_path / "worker.log", "a") as log:
        process = subprocess.Popen(
            command, env=environment, cwd=settings.BASE_DIR, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_a_worker_killed_in_the_middle_of_a_letter_loses_and_repeats_nothing(smtp_sink, tmp_path, yusuf):
    held, go_on = threading.Event(), threading.Event()
    keep = smtp_sink.handle_DATA

    async def hold(server, session, envelope):
        """Keep the letter, and answer the fourth only when the worker is dead."""
        answer = await keep(server, session, envelope)
        if len(smtp_sink.messages) == KILL_AT and not go_on.is_set():
            held.set()
            await server.loop.run_in_executor(None, go_on.wait, 30)
        return answer

    smtp_sink.handle_DATA = hold
    issue, people = PriorityIssueFactory(), UserFactory.create_batch(PEOPLE)
    for person in people:
        person.preferences.create(category="followed", frequency="now")
    from kalibaru.notifications.tasks import deliver_mail, dispatch_events, poke

    with _worker(tmp_path, settings.CELERY_BROKER_URL) as worker:
        publish(KIND, issue, actor=yusuf, recipients=[person.pk for person in people])
        # What the worker of another test left in the broker is older than these pokes.
        poke(dispatch_events)
        _wait(lambda: Delivery.objects.count() == PEOPLE)
        poke(deliver_mail)
        assert held.wait(60), (tmp_path / "worker.log").read_text()[-2000:]
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    go_on.set()
    assert Delivery.objects.filter(state="sent").count() == KILL_AT - 1
    assert deliver_due() == 0, "the dead worker's lease still runs"

    past = timezone.now() - timedelta(seconds=1)
    Delivery.objects.filter(state="sending").update(lease_until=past)
    with _worker(tmp_path, settings.CELERY_BROKER_URL):
        poke(deliver_mail)
        _wait(lambda: not Delivery.objects.filter(state__in=["waiting", "sending"]).exists())

    assert Counter(message["To"] for message in smtp_sink.messages) == Counter(person.email for person in people)
    assert Counter(Delivery.objects.values_list("state", flat=True)) == {"sent": PEOPLE - 1, "uncertain": 1}
    identifiers = {message["Message-ID"] for message in smtp_sink.messages}
    assert identifiers == {f"<{pk}@localhost>" for pk in Delivery.objects.values_list("pk", flat=True)}
