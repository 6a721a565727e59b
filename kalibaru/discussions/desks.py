"""The secretariat's queue of reported comments, in numbers."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kalibaru.core.links import link_to
from kalibaru.discussions.models import Report
from kalibaru.notifications.desks import SECRETARIAT, Numbers, Queue, Span, of_all, register_queue

# What hurts somebody is looked at within three days.
PATIENCE = timedelta(days=3)


def register() -> None:
    """Make the queue known; called from `apps.py`."""
    register_queue(Queue(SECRETARIAT, "reports", _("Laporan komentar"), _reports, lambda: link_to("desk"), 40))


def _reports(_keys: Collection[UUID | None], span: Span) -> Mapping[UUID | None, Numbers]:
    rows = Report.objects.all()
    waiting = rows.filter(state=Report.State.OPEN)
    return of_all(rows, waiting, rows, span, since="created_at", until="decided_at", patience=PATIENCE)
