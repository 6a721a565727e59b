"""What the next digest would say, if nothing more happened: shown before the settings are saved."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kalibaru.notifications import zones
from kalibaru.notifications.grouping import Group, grouped
from kalibaru.notifications.models import Frequency
from kalibaru.notifications.news import visible_news, with_events
from kalibaru.notifications.why import Why

ROWS_MAX = 200


@dataclass(frozen=True)
class Preview:
    """The groups of the next digest and the hour it is due."""

    due: str
    groups: list[Group]
    left_out: bool


def next_digest(user: Any, chosen: dict[str, str], *, at: datetime | None = None) -> Preview:
    """Return the next digest under the chosen {category: frequency}, saved or not."""
    zone = zones.zone(user.time_zone)
    wanted = [category for category, word in chosen.items() if word != Frequency.OFF]
    waiting = user.notifications.awaiting_digest().filter(category__in=wanted).order_by("-at")
    rows = list(with_events(waiting)[:ROWS_MAX])
    why = Why(rows)
    news = visible_news([row for row in rows if why.still(row)], reader=user)
    due = zones.last_digest_hour((at or timezone.now()) + timedelta(days=7), zone)
    groups, left_out = grouped(news, why, zone)
    return Preview(f"{zones.day_name(due, zone)}, {zones.moment(due, zone).rpartition(', ')[2]}", groups, left_out)
