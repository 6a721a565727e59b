"""How the engine is: one set of figures for the page of the secretariat, for /metrics and for a monitor.

Nothing here counts a growing table: what waits is counted up to a bound over its own index, what happened comes from
the tallies that the senders keep.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from kalibaru.notifications.models import Delivery, Event, MailServer, Pulse, Suppression, Tally
from kalibaru.notifications.providers import providers

COUNTED_TO = 10_000
BEAT_LATE = timedelta(minutes=5)
EVENT_LATE, EVENT_STUCK = timedelta(minutes=5), timedelta(minutes=30)
MAIL_LATE, MAIL_STUCK = timedelta(minutes=15), timedelta(hours=2)
# From how many mails a day on a share of failures says something.
ENOUGH, FAILING_SHARE = 20, 0.1


@dataclass(frozen=True)
class Alarm:
    """Something that somebody should look at; `critical` means that nothing goes out."""

    words: str
    critical: bool = False


@dataclass
class Figures:
    """How it is at one moment. Times are moments, None for never."""

    at: datetime
    waiting_mails: int = 0
    oldest_mail: datetime | None = None
    waiting_events: int = 0
    oldest_event: datetime | None = None
    sent_hour: int = 0
    ended_day: dict[tuple[str, str], int] = field(default_factory=dict)
    beat: datetime | None = None
    digest: datetime | None = None
    digest_made: int = 0
    pruned: datetime | None = None
    servers: list[MailServer] = field(default_factory=list)
    suppressed: int = 0

    @property
    def sent_day(self) -> int:
        """Mails that went out within a day."""
        return self.ended_day.get((Delivery.State.SENT, ""), 0)

    @property
    def failed_day(self) -> int:
        """Mails that failed within a day, or perhaps."""
        bad = (Delivery.State.FAILED, Delivery.State.UNCERTAIN)
        return sum(count for (state, _reason), count in self.ended_day.items() if state in bad)

    @property
    def alarms(self) -> list[Alarm]:
        """Return what somebody should look at, the worst first."""
        found = [*self._lateness(), *self._servers()]
        if self.failed_day > FAILING_SHARE * (self.failed_day + self.sent_day) and self.failed_day >= ENOUGH:
            found.append(Alarm(_("Banyak surel gagal dalam 24 jam: %(count)s") % {"count": self.failed_day}))
        return sorted(found, key=lambda alarm: not alarm.critical)

    def _lateness(self) -> list[Alarm]:
        found = []
        if self.beat is None or self.at - self.beat > BEAT_LATE:
            found.append(Alarm(_("Penjadwal (beat) atau pekerja (worker) tidak berjalan"), critical=True))
        for oldest, late, stuck, words in (
            (self.oldest_event, EVENT_LATE, EVENT_STUCK, _("Peristiwa terlalu lama menunggu disebarkan")),
            (self.oldest_mail, MAIL_LATE, MAIL_STUCK, _("Surel terlalu lama menunggu dikirim")),
        ):
            if oldest is not None and self.at - oldest > late:
                found.append(Alarm(words, critical=self.at - oldest > stuck))
        return found

    def _servers(self) -> list[Alarm]:
        away = [server for server in self.servers if server.closed_until]
        words = _("Server surel tidak bisa dipakai: %(name)s")
        return [Alarm(words % {"name": server.label}, critical=len(away) == len(self.servers)) for server in away]


def figures(at: datetime | None = None) -> Figures:
    """Look."""
    now = at or timezone.now()
    due = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=now)
    events = Event.objects.filter(dispatched_at__isnull=True)
    pulses = {pulse.name: pulse for pulse in Pulse.objects.all()}
    beat, digest, pruned = (pulses.get(name) for name in (Pulse.BEAT, Pulse.DIGEST, Pulse.PRUNING))
    rows = {row.name: row for row in MailServer.objects.all()}
    return Figures(
        at=now,
        waiting_mails=_counted(Delivery.objects.filter(state=Delivery.State.WAITING)),
        oldest_mail=due.aggregate(oldest=Min("due_at"))["oldest"],
        waiting_events=_counted(events),
        oldest_event=events.order_by("id").values_list("at", flat=True).first(),
        sent_hour=_sent_since(now - timedelta(hours=1)),
        ended_day=_ended_since(now - timedelta(days=1)),
        beat=beat.at if beat else None,
        digest=digest.at if digest else None,
        digest_made=digest.result.get("made", 0) if digest else 0,
        pruned=pruned.at if pruned else None,
        servers=[rows.get(one.name) or MailServer(name=one.name) for one in providers()],
        suppressed=_counted(Suppression.objects.all()),
    )


def _counted(rows: QuerySet[Any]) -> int:
    return rows.order_by()[:COUNTED_TO].count()


def _ended_since(at: datetime) -> dict[tuple[str, str], int]:
    rows = Tally.objects.filter(hour__gte=at.replace(minute=0, second=0, microsecond=0)).order_by()
    return {
        (state, reason): count for state, reason, count in rows.values_list("state", "reason").annotate(n=Sum("mails"))
    }


def _sent_since(at: datetime) -> int:
    return _ended_since(at).get((Delivery.State.SENT, ""), 0)
