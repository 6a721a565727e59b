"""Whether mail reaches a person: what the inbox and the settings say about it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kalibaru.notifications import zones
from kalibaru.notifications.models import Suppression

SHOWN, RECENT = 5, timedelta(days=14)


@dataclass(frozen=True)
class Trouble:
    """The address refuses our mail, or single mails did not arrive. False when there is nothing to say."""

    suppression: Suppression | None = None
    since: str = ""
    failures: list[dict[str, Any]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.suppression or self.failures)


def trouble_of(user: Any, *, at: datetime | None = None) -> Trouble:
    """Return what the person should know about their mailbox (two queries)."""
    zone = zones.zone(user.time_zone)
    suppression = Suppression.objects.filter(address=user.email.lower()).first()
    rows = user.deliveries.failures().filter(created_at__gte=(at or timezone.now()) - RECENT)[:SHOWN]
    return Trouble(
        suppression,
        zones.moment(suppression.since, zone) if suppression else "",
        [{"row": row, "when": zones.moment(row.updated_at, zone)} for row in rows],
    )
