"""Mail, so that a crash at any line loses nothing and repeats nothing.

1. What a dead worker had handed to the mail server becomes UNCERTAIN: sent perhaps, so never sent again by itself.
2. Ask which mail servers may be tried, and how much may go out now.
3. Claim a batch with a lease (a second worker skips it).
4. Look again who may read what, and who still wants it; drop the rest, with the reason.
5. Over one connection: note "handed", send, note the answer. Each note is a compare-and-swap on the lease, so a
   worker that was thought dead cannot send what another has taken over. The note of one letter's answer and of the
   next one's handing over is one statement, and the next letter is written while the mail server reads this one.
6. A mail server that is away is left for the next one; if none is there, everything waits for the next poke.
"""

import logging
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Self
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kalibaru.notifications.letters import Composer, Letter, Wait
from kalibaru.notifications.models import Delivery, Digest, Notification, Suppression
from kalibaru.notifications.providers import Provider
from kalibaru.notifications.services import breaker, claims, rates, tally
from kalibaru.notifications.services.suppression import suppress
from kalibaru.notifications.wire import Answer, ServerAway, Wire

logger = logging.getLogger(__name__)

State, Reason = Delivery.State, Delivery.Reason
BATCH = 250
# A letter is looked at again before it goes if it was written longer ago than this.
FRESH_SECONDS = 20
GIVE_UP = timedelta(hours=72)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
Change = dict[str, Any]
Letters = Iterator[tuple[Delivery, Letter]]


def deliver_due(seconds: float = float("inf")) -> int:
    """Send what is due until nothing is left, no mail server is there, or the time is over; return how many were sent.

    A worker gives it little time and pokes again, so that one that is asked to end does so soon.
    """
    until, sent = monotonic() + seconds, 0
    claims.mark_abandoned()
    while monotonic() < until and (limit := _limit()) and (servers := breaker.usable()):
        batch = claims.claim(limit)
        if not batch:
            break
        with Round(servers, until) as round_:
            sent += round_.send(batch)
        if round_.stopped:
            break
    return sent


def _limit() -> int:
    room = rates.room()
    return BATCH if room is None else min(room, BATCH)


class Round:
    """One batch on its way, over the first mail server that takes a connection."""

    def __init__(self, servers: list[Provider], until: float):
        self.servers, self.until = list(servers), until
        self.wire = Wire(self.servers[0])
        self.hand = ThreadPoolExecutor(1)
        self.ends: Counter[tuple[str, str]] = Counter()
        self.unwritten: tuple[Delivery, Change] | None = None
        self.stopped = False
        self.server_works = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.wire.close()
        self.hand.shutdown()
        tally.add(self.ends, timezone.now())

    def send(self, batch: list[Delivery]) -> int:
        """Send what may go; put back the rest; return how many were sent."""
        letters = self._letters(list(batch))
        try:
            now = next(letters, None)
            while now and self._connect():
                now = self._hand_over(*now, letters)
            self._settle()
        finally:
            # After an error too: what was not handed over goes back at once, not after its lease.
            claims.release(batch)
        return sum(count for (state, _reason), count in self.ends.items() if state == State.SENT)

    def _hand_over(self, delivery: Delivery, letter: Letter, letters: Letters) -> tuple[Delivery, Letter] | None:
        """Send one letter if it is still ours; write the next one meanwhile, and return it."""
        handed = {"handed_at": timezone.now(), "lease_until": claims.lease(), "attempts": delivery.attempts + 1}
        if delivery.pk not in self._settle((delivery, handed)):
            return next(letters, None)
        answer = self.hand.submit(self.wire.send, letter)
        try:
            return next(letters, None)
        finally:
            self._answered(delivery, *answer.result())

    def _letters(self, left: list[Delivery]) -> Letters:
        """Write letter after letter, each from what is true shortly before it goes."""
        waits: dict[UUID, timedelta | None] = {}
        while left and not self.stopped:
            left = claims.prolong(left) if self.ends else left
            composer, written = Composer(left), monotonic()
            # A token is taken once, however often a letter is written anew.
            waits = waits or dict(
                zip([one.pk for one in left], rates.take([composer.domain(one) for one in left]), strict=True)
            )
            for delivery in tuple(left):
                # At least one goes, or a slow machine would only ever prepare.
                if monotonic() > self.until and self.ends:
                    self.stopped = True
                    return
                left = left[1:]
                if (wait := waits[delivery.pk]) is not None:
                    self._write(delivery, state=State.WAITING, lease_until=None, due_at=timezone.now() + wait)
                elif letter := self._composed(composer, delivery):
                    yield delivery, letter
                if monotonic() - written > FRESH_SECONDS:
                    break

    def _connect(self) -> bool:
        """Open the line if it is not; ask the next mail server if this one is away."""
        while not self.stopped:
            try:
                self.wire.open()
                return True
            except ServerAway as error:
                logger.warning("mail server %s away: %s", self.wire.provider.name, error)
                self._settle()
                breaker.failed(self.wire.provider, str(error))
                self._next_server()
        return False

    def _next_server(self) -> None:
        self.servers.remove(self.wire.provider)
        self.wire.close()
        self.server_works = False
        if self.servers:
            self.wire = Wire(self.servers[0])
        else:
            self.stopped = True

    def _answered(self, delivery: Delivery, answer: Answer, words: str) -> None:
        change: Change
        match answer:
            case Answer.ACCEPTED:
                change = {
                    "state": State.SENT,
                    "sent_at": timezone.now(),
                    "lease_until": None,
                    "reason": "",
                    "error": "",
                }
            case Answer.REFUSED:
                change = {"state": State.FAILED, "lease_until": None, "reason": Reason.REFUSED, "error": words}
            case Answer.INTERRUPTED:
                change = {"state": State.UNCERTAIN, "lease_until": None, "reason": Reason.INTERRUPTED, "error": words}
            case _:
                change = later(delivery, words)
        self.unwritten = delivery, change
        if answer is not Answer.ACCEPTED or not self.server_works:
            self._settle()
            self._learn(answer, words)

    def _learn(self, answer: Answer, words: str) -> None:
        """Remember what the answer says about the server, or about the address."""
        if answer is Answer.REFUSED and self.wire.unknown:
            suppress(self.wire.recipient, Suppression.Reason.REFUSED, words)
        if self.wire.ailing:
            self.server_works = False
            if breaker.failed(self.wire.provider, words):
                self._next_server()
        elif not self.server_works:
            self.server_works = True
            breaker.works(self.wire.provider)

    def _settle(self, *more: tuple[Delivery, Change]) -> set[UUID]:
        """Write down the answer that is still in hand, together with `more`; return the ids that were still ours."""
        changes = ([self.unwritten] if self.unwritten else []) + list(more)
        if not changes:
            return set()
        written = claims.write_down(*changes)
        if self.unwritten and self.unwritten[0].pk in written:
            self._count(self.unwritten[1])
        self.unwritten = None
        return written

    def _write(self, delivery: Delivery, **change: Any) -> bool:
        if delivery.pk not in claims.write((delivery, change)):
            return False
        self._count(change)
        return True

    def _count(self, change: Change) -> None:
        if change["state"] != State.WAITING:
            self.ends[change["state"], change.get("reason", "")] += 1

    def _composed(self, composer: Composer, delivery: Delivery) -> Letter | None:
        """Return the letter; without one, write down why."""
        try:
            letter = composer.compose(delivery)
        except Exception as error:
            # One letter that cannot be written (a broken template, a missing word) must not stop everybody's mail.
            logger.exception("letter %s cannot be written", delivery.pk)
            delivery.attempts += 1
            self._write(delivery, **later(delivery, f"{type(error).__name__}: {error}"))
            return None
        if isinstance(letter, Letter):
            return letter
        if isinstance(letter, Wait):
            self._write(delivery, state=State.WAITING, lease_until=None, due_at=letter.until)
        else:
            self._drop(delivery, letter, composer.cadence(delivery))
        return None

    def _drop(self, delivery: Delivery, reason: str, cadence: str) -> None:
        with transaction.atomic():
            if not self._write(delivery, state=State.DROPPED, lease_until=None, reason=reason):
                return
            if reason == Reason.DIGESTED:
                Notification.objects.filter(delivery=delivery).update(frequency=cadence)
            if reason == Reason.NOTHING:
                Digest.objects.filter(delivery=delivery).update(empty=True)


def later(delivery: Delivery, words: str) -> Change:
    """Return what to write for another attempt: longer each time, each mail a little differently, for three days."""
    pause = min(FIRST_PAUSE * 2 ** min(delivery.attempts, 20), LONGEST_PAUSE)
    due_at: datetime = timezone.now() + pause * random.uniform(0.75, 1.25)  # noqa: S311  (spreads load, hides nothing)
    freed = {"lease_until": None, "handed_at": None, "error": words}
    if due_at - delivery.created_at > GIVE_UP:
        return {"state": State.FAILED, "reason": Reason.EXPIRED, **freed}
    return {"state": State.WAITING, "due_at": due_at, **freed}
