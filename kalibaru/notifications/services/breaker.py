"""A circuit breaker for each mail server, in PostgreSQL, so that all workers know what one has learnt.

Three failures in a row close the way for a minute, then longer each time up to a quarter of an hour; after that one
worker tries, and the first accepted mail opens the way again. Failures of one mailbox count for nothing here.
"""

import random
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kalibaru.notifications.models import MailServer
from kalibaru.notifications.providers import Provider, providers

PATIENCE = 3
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=15)


def usable() -> list[Provider]:
    """Return the servers that may be tried now, in order. A closed one whose time is over is tried by one worker."""
    now, known = timezone.now(), {row.name: row for row in MailServer.objects.all()}
    return [one for one in providers() if not _is_closed(known.get(one.name)) or _may_try(one.name, now)]


def failed(provider: Provider, words: str) -> bool:
    """Count a failure that says something about the server, not about a mailbox; return whether the way is closed."""
    now = timezone.now()
    with transaction.atomic():
        row, _new = MailServer.objects.select_for_update().get_or_create(name=provider.name)
        row.failures, row.words, row.failed_at = row.failures + 1, words, now
        if row.failures >= PATIENCE:
            row.closed_until = now + _pause(row.failures)
        row.save()
    return row.closed_until is not None


def works(provider: Provider) -> None:
    """Open the way again; costs nothing while the server is well."""
    MailServer.objects.filter(name=provider.name, failures__gt=0).update(failures=0, closed_until=None, words="")


def _is_closed(row: MailServer | None) -> bool:
    return row is not None and row.closed_until is not None


def _may_try(name: str, now: datetime) -> bool:
    # Whoever moves the end of the pause is the one who tries; the others see it closed.
    return bool(MailServer.objects.filter(name=name, closed_until__lte=now).update(closed_until=now + FIRST_PAUSE))


def _pause(failures: int) -> timedelta:
    longer = FIRST_PAUSE * 2 ** min(failures - PATIENCE, 10)
    return min(longer, LONGEST_PAUSE) * random.uniform(0.75, 1.25)  # noqa: S311  (spreads load, hides nothing)
