"""Mail, so that a crash at any line loses nothing and repeats nothing.

1. What a dead worker had handed to the mail server becomes UNCERTAIN: sent perhaps, so never sent again by itself.
2. Claim a batch with a lease (a second worker skips it).
3. Look again who may read what, and who still wants it; drop the rest, with the reason.
4. Over one connection: note "handed", send, note the answer. Each note is a compare-and-swap on the lease,
   so a worker that was thought dead cannot send what another has taken over.
5. A mail server that is away leaves everything waiting for the next poke.
"""

import logging
import random
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kalibaru.notifications.letters import Composer, Letter, Wait
from kalibaru.notifications.models import Delivery, Digest, Notification
from kalibaru.notifications.wire import Answer, ServerAway, Wire

logger = logging.getLogger(__name__)

State, Reason = Delivery.State, Delivery.Reason
BATCH = 50
LEASE = timedelta(minutes=5)
GIVE_UP = timedelta(hours=72)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)


def deliver_due() -> int:
    """Send what is due until nothing is left or the mail server is away; return how many were sent."""
    sent = 0
    mark_abandoned()
    while batch := _claim():
        try:
            sent += _send(batch)
        except ServerAway as error:
            _release(batch)
            logger.warning("mail server away, mail waits: %s", error)
            break
    return sent


def mark_abandoned() -> int:
    """Say of mail that a dead worker had handed over that nobody knows whether it went out."""
    return Delivery.objects.abandoned(timezone.now()).update(
        state=State.UNCERTAIN, reason=Reason.INTERRUPTED, lease_until=None, updated_at=timezone.now()
    )


def _claim() -> list[Delivery]:
    now = timezone.now()
    with transaction.atomic():
        due = Delivery.objects.claimable(now).select_for_update(skip_locked=True).order_by("due_at")
        ids = list(due.values_list("pk", flat=True)[:BATCH])
        lease = {"state": State.SENDING, "lease_until": now + LEASE, "handed_at": None, "updated_at": now}
        Delivery.objects.filter(pk__in=ids).update(**lease)
    return list(Delivery.objects.filter(pk__in=ids).select_related("user", "digest").order_by("due_at"))


def _release(batch: list[Delivery]) -> None:
    """Put back what was claimed and not yet answered."""
    Delivery.objects.filter(
        pk__in=[delivery.pk for delivery in batch],
        state=State.SENDING,
        handed_at__isnull=True,
        lease_until__in={delivery.lease_until for delivery in batch if delivery.lease_until},
    ).update(state=State.WAITING, lease_until=None, updated_at=timezone.now())


def _send(batch: list[Delivery]) -> int:
    composer = Composer(batch)
    sent = 0
    with Wire() as wire:
        for delivery in batch:
            letter = _composed(composer, delivery)
            if isinstance(letter, Letter):
                sent += _hand_over(wire, delivery, letter)
    return sent


def _composed(composer: Composer, delivery: Delivery) -> Letter | None:
    """Return the letter; without one, write down why."""
    try:
        letter = composer.compose(delivery)
    except Exception as error:
        # One letter that cannot be written (a broken template, a missing word) must not stop everybody's mail.
        logger.exception("letter %s cannot be written", delivery.pk)
        _note(delivery, attempts=delivery.attempts + 1)
        _try_later(delivery, f"{type(error).__name__}: {error}")
        return None
    if isinstance(letter, Letter):
        return letter
    if isinstance(letter, Wait):
        _note(delivery, state=State.WAITING, lease_until=None, due_at=letter.until)
    else:
        _drop(delivery, letter, composer.cadence(delivery))
    return None


def _drop(delivery: Delivery, reason: str, cadence: str) -> None:
    with transaction.atomic():
        _note(delivery, state=State.DROPPED, lease_until=None, reason=reason)
        if reason == Reason.DIGESTED:
            Notification.objects.filter(delivery=delivery).update(frequency=cadence)
        if reason == Reason.NOTHING:
            Digest.objects.filter(delivery=delivery).update(empty=True)


def _hand_over(wire: Wire, delivery: Delivery, letter: Letter) -> bool:
    wire.open()
    now = timezone.now()
    if not _note(delivery, handed_at=now, lease_until=now + LEASE, attempts=delivery.attempts + 1):
        return False
    answer, words = wire.send(letter)
    match answer:
        case Answer.ACCEPTED:
            _note(delivery, state=State.SENT, sent_at=timezone.now(), lease_until=None, reason="", error="")
        case Answer.REFUSED:
            _note(delivery, state=State.FAILED, lease_until=None, reason=Reason.REFUSED, error=words)
        case Answer.INTERRUPTED:
            _note(delivery, state=State.UNCERTAIN, lease_until=None, reason=Reason.INTERRUPTED, error=words)
        case Answer.LATER:
            _try_later(delivery, words)
    return answer is Answer.ACCEPTED


def _try_later(delivery: Delivery, words: str) -> None:
    """Wait longer each time, each mail a little differently, for three days."""
    pause = min(FIRST_PAUSE * 2 ** min(delivery.attempts, 20), LONGEST_PAUSE)
    due_at: datetime = timezone.now() + pause * random.uniform(0.75, 1.25)  # noqa: S311  (spreads load, hides nothing)
    if due_at - delivery.created_at > GIVE_UP:
        _note(delivery, state=State.FAILED, lease_until=None, handed_at=None, reason=Reason.EXPIRED, error=words)
    else:
        _note(delivery, state=State.WAITING, lease_until=None, handed_at=None, due_at=due_at, error=words)


def _note(delivery: Delivery, **changes: Any) -> bool:
    """Write if the lease is still ours; keep the row in hand in step."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, lease_until=delivery.lease_until)
    if not mine.update(updated_at=timezone.now(), **changes):
        return False
    for name, value in changes.items():
        setattr(delivery, name, value)
    return True
