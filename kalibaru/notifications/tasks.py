"""Celery entry points: parse, call a service, nothing else. A second worker on the same rows does no harm."""

import logging

from celery import Task, shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def poke(task: Task) -> None:
    """Queue a task; a broker that is away is logged and forgiven, for beat will call the task anyway."""
    try:
        task.apply_async(retry=False, expires=60)
    except (OperationalError, OSError) as error:
        logger.warning("broker away, beat will do it: %s", error)


@shared_task(name="notifications.dispatch_events")
def dispatch_events() -> None:
    """Turn new events into lines of inboxes and mails to send."""
    from kalibaru.notifications.services.dispatch import dispatch_all

    dispatch_all()


@shared_task(name="notifications.deliver_mail")
def deliver_mail() -> None:
    """Send what is due."""
    from kalibaru.notifications.services.delivery import deliver_due

    deliver_due()


@shared_task(name="notifications.send_due_digests")
def send_due_digests() -> None:
    """Make the digests whose hour has come."""
    from kalibaru.notifications.services.digest import send_due_digests as send

    send(timezone.now())
