"""Who holds which mail: claim with a lease, write with a compare-and-swap on it, give back.

A write takes effect only while the lease that the writer saw still stands, so a worker that was thought dead (or whose
clock jumped) changes nothing that another has taken over.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from kalibaru.notifications.models import Delivery

State, Reason = Delivery.State, Delivery.Reason
# How long the answer of a mail server is kept in hand while the database is away.
HOLD_ON_SECONDS = 60

# Everything that changes while a mail is held, with the type it has in SQL.
_COLUMNS = {
    "state": "text",
    "lease_until": "timestamptz",
    "handed_at": "timestamptz",
    "attempts": "smallint",
    "due_at": "timestamptz",
    "sent_at": "timestamptz",
    "reason": "text",
    "error": "text",
}
_WRITE = """
UPDATE notifications_delivery mail SET updated_at = %s, {sets}
FROM (VALUES {rows}) AS new(id, held, {names})
WHERE mail.id = new.id AND mail.state = 'sending' AND mail.lease_until = new.held
RETURNING mail.id
"""
_ROW = f"(%s::uuid, %s::timestamptz, {', '.join(f'%s::{kind}' for kind in _COLUMNS.values())})"
_SETS = ", ".join(f"{name} = new.{name}" for name in _COLUMNS)
_STATEMENTS = {
    count: _WRITE.format(sets=_SETS, names=", ".join(_COLUMNS), rows=", ".join([_ROW] * count)) for count in (1, 2)
}


def lease() -> datetime:
    """Return until when a mail taken now is held."""
    return timezone.now() + timedelta(seconds=settings.MAIL_LEASE_SECONDS)


def mark_abandoned() -> int:
    """Say of mail that a dead worker had handed over that nobody knows whether it went out."""
    return Delivery.objects.abandoned(timezone.now()).update(
        state=State.UNCERTAIN, reason=Reason.INTERRUPTED, lease_until=None, updated_at=timezone.now()
    )


def claim(limit: int) -> list[Delivery]:
    """Take up to `limit` mails that are due; what another worker is taking is skipped."""
    now = timezone.now()
    with transaction.atomic():
        due = Delivery.objects.claimable(now).select_for_update(skip_locked=True).order_by("due_at")
        ids = list(due.values_list("pk", flat=True)[:limit])
        held = {"state": State.SENDING, "lease_until": lease(), "handed_at": None, "updated_at": now}
        Delivery.objects.filter(pk__in=ids).update(**held)
    return list(Delivery.objects.filter(pk__in=ids).select_related("user", "digest").order_by("due_at"))


def prolong(batch: Sequence[Delivery]) -> list[Delivery]:
    """Hold what is left of a batch longer; return what we still hold."""
    until = lease()
    with transaction.atomic():
        mine = Delivery.objects.filter(
            pk__in=[delivery.pk for delivery in batch],
            state=State.SENDING,
            handed_at__isnull=True,
            lease_until__in={delivery.lease_until for delivery in batch if delivery.lease_until},
        )
        ids = set(mine.select_for_update().values_list("pk", flat=True))
        Delivery.objects.filter(pk__in=ids).update(lease_until=until, updated_at=timezone.now())
    for delivery in batch:
        delivery.lease_until = until
    return [delivery for delivery in batch if delivery.pk in ids]


def release(batch: Iterable[Delivery]) -> None:
    """Put back what was claimed and not handed over."""
    rows = list(batch)
    Delivery.objects.filter(
        pk__in=[delivery.pk for delivery in rows],
        state=State.SENDING,
        handed_at__isnull=True,
        lease_until__in={delivery.lease_until for delivery in rows if delivery.lease_until},
    ).update(state=State.WAITING, lease_until=None, updated_at=timezone.now())


def write(*changes: tuple[Delivery, dict[str, Any]]) -> set[UUID]:
    """Write changes of one or two held mails in one statement; return the ids of those that were still ours."""
    values: list[Any] = [timezone.now()]
    for delivery, change in changes:
        new = {name: change.get(name, getattr(delivery, name)) for name in _COLUMNS}
        values += [delivery.pk, delivery.lease_until, *(_plain(value) for value in new.values())]
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENTS[len(changes)], values)
        written = {row[0] for row in cursor.fetchall()}
    for delivery, change in changes:
        if delivery.pk in written:
            for name, value in change.items():
                setattr(delivery, name, value)
    return written


def write_down(*changes: tuple[Delivery, dict[str, Any]]) -> set[UUID]:
    """Write what a mail server answered; hold on to it while the database is away, for it cannot be asked again."""
    give_up = time.monotonic() + HOLD_ON_SECONDS
    while True:
        try:
            return write(*changes)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > give_up:
                raise
            connection.close()
            time.sleep(0.5)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
