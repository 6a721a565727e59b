"""Celery entry points: parse, call a service, nothing else. A second worker on the same rows does no harm.

A task works for some seconds and pokes again if there may be more, so that a worker that is asked to end (a deploy)
does so soon and in good order, and no sort of work keeps the others waiting.
"""

import logging
from collections.abc import Callable
from time import monotonic

from celery import Task, shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
TURN_SECONDS = 20


def poke(task: Task) -> None:
    """Queue a task; a broker that is away is logged and forgiven, for beat will call the task anyway."""
    try:
        task.apply_async(retry=False, expires=60)
    except (OperationalError, OSError) as error:
        logger.warning("broker away, beat will do it: %s", error)


def _turn(task: Task, work: Callable[..., int]) -> int:
    """Work for a while; poke the task again if the time was over before the work."""
    begin = monotonic()
    done = work(seconds=TURN_SECONDS)
    if monotonic() - begin >= TURN_SECONDS:
        poke(task)
    return done


@shared_task(name="notifications.dispatch_events")
def dispatch_events() -> None:
    """Turn new events into lines of inboxes and mails to send."""
    from kalibaru.notifications.services.dispatch import dispatch_all

    if _turn(dispatch_events, dispatch_all):
        poke(deliver_mail)
        poke(knock)


@shared_task(name="notifications.deliver_mail")
def deliver_mail() -> None:
    """Send what is due."""
    from kalibaru.notifications.services.delivery import deliver_due

    _turn(deliver_mail, deliver_due)


@shared_task(name="notifications.send_due_digests")
def send_due_digests() -> None:
    """Make the digests whose hour has come; their mail goes the way of all mail."""
    from kalibaru.notifications.services.digest import make_due_digests

    if _turn(send_due_digests, lambda seconds: make_due_digests(timezone.now(), seconds=seconds)):
        poke(deliver_mail)


@shared_task(name="notifications.knock")
def knock() -> None:
    """Send what phones and browsers should show."""
    from kalibaru.notifications.services.push import knock_due

    _turn(knock, knock_due)


@shared_task(name="notifications.note_beat")
def note_beat() -> None:
    """Write down that beat and a worker live."""
    from kalibaru.notifications.models import Pulse

    Pulse.beat(Pulse.BEAT)


@shared_task(name="notifications.prune")
def prune() -> None:
    """Delete what is old."""
    from kalibaru.notifications.services.pruning import prune as prune_old

    prune_old(timezone.now())
