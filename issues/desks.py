"""The secretariat's queue of figures to approve, in numbers."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from issues.models import Measurement
from kalibaru.core.links import link_to
from kalibaru.notifications.desks import SECRETARIAT, Numbers, Queue, Span, of_all, register_queue

PATIENCE = timedelta(days=7)


def register() -> None:
    """Make the queue known; called from `apps.py`."""
    register_queue(
        Queue(SECRETARIAT, "figures", _("Angka yang menunggu persetujuan"), _figures, lambda: link_to("desk"), 30)
    )


def _figures(_keys: Collection[UUID | None], span: Span) -> Mapping[UUID | None, Numbers]:
    rows = Measurement.objects.all()
    waiting = Measurement.objects.awaiting_approval()
    return of_all(rows, waiting, rows, span, since="submitted_at", until="approved_at", patience=PATIENCE)
