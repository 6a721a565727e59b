"""Celery entry points: parse, call a service, nothing else."""

import logging

from celery import Task, shared_task
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
