"""What the next digests would say, if nothing more happened: shown before the settings are saved."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils import timezone, translation

from kalibaru.notifications import zones
from kalibaru.notifications.desks import Sheet, Span, sheets
from kalibaru.notifications.grouping import Group, grouped
from kalibaru.notifications.models import Channel, Digest, Frequency, Rhythm
from kalibaru.notifications.news import visible_news, with_events
from kalibaru.notifications.preferences import DIGESTED
from kalibaru.notifications.quiet import pause_end
from kalibaru.notifications.services.preferences import Hours, Wishes
from kalibaru.notifications.why import Why

ROWS_MAX = 200


@dataclass(frozen=True)
class Preview:
    """The groups of one coming digest, its reader's work in numbers, and the hour it is due."""

    cadence: str
    label: Any
    due: str
    groups: list[Group]
    left_out: int
    sheets: list[Sheet]


def next_digests(user: Any, wishes: Wishes, *, at: datetime | None = None) -> list[Preview]:
    """Return the coming digests, the daily one first, under wishes that need not be saved, in their language."""
    at, zone = at or timezone.now(), zones.zone(wishes.time_zone)
    chosen = wishes.channels[Channel.MAIL]
    rows = list(with_events(user.notifications.awaiting_digest().order_by("-at"))[:ROWS_MAX])
    why = Why(rows)
    news = visible_news([row for row in rows if why.still(row)], reader=user)
    told: dict[str, list] = {Frequency.DAILY.value: [], Frequency.WEEKLY.value: []}
    for one in news:
        if (cadence := _cadence(one.notification.frequency, chosen[one.notification.category])) in told:
            told[cadence].append(one)
    figures: dict[str, list[Sheet]] = {Frequency.WEEKLY.value: _figures(user, at) if wishes.hours.figures else []}
    wanted = [cadence for cadence in told if told[cadence] or figures.get(cadence) or cadence in chosen.values()]
    due = {cadence: _due(cadence, wishes.hours, zone, at) for cadence in wanted}
    with translation.override(wishes.language):
        return [
            _preview(cadence, grouped(told[cadence], why, zone), figures.get(cadence, []), due[cadence], zone)
            for cadence in wanted
        ]


def _figures(user: Any, at: datetime) -> list[Sheet]:
    """Return the work in numbers since the last weekly digest."""
    last = user.digests.filter(cadence=Digest.Cadence.WEEKLY, period_end__lt=at).aggregate(at=Max("period_end"))["at"]
    return sheets([user.pk], Span(last or at - timedelta(days=7), at))[user.pk]


def _cadence(waiting: str, chosen: str) -> str:
    """Return which digest will tell news that waits, as `services.preferences.choose` moves it."""
    return chosen if chosen in DIGESTED or chosen == Frequency.OFF else waiting


def _due(cadence: str, hours: Hours, zone: ZoneInfo, at: datetime) -> datetime:
    """Return the next such hour that lies after the pause."""
    pause = pause_end(Rhythm(**vars(hours)), zone, at)
    weekday = hours.digest_weekday if cadence == Frequency.WEEKLY else None
    due = zones.next_digest_hour(at, zone, weekday=weekday, hour=hours.digest_hour)
    while pause and due < pause:
        due = zones.next_digest_hour(due, zone, weekday=weekday, hour=hours.digest_hour)
    return due


def _preview(
    cadence: str, told: tuple[list[Group], int], figures: list[Sheet], due: datetime, zone: ZoneInfo
) -> Preview:
    groups, left_out = told
    when = f"{zones.day_name(due, zone)}, {zones.moment(due, zone).rpartition(', ')[2]}"
    return Preview(cadence, Digest.Cadence(cadence).label, when, groups, left_out, figures)
