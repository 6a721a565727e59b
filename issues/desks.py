"""The secretariat's queue of figures to approve, in numbers."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from issues.models import Measurement
from kalibaru.core.links import link_to
from kalibaru.notifications.desks import SECRETARIAT, Numbers, Queue, Span, register_queue

PATIENCE = timedelta(days=7)


def register() -> None:
    """Make the queue known; called from `apps.py`."""
    register_queue(
        Queue(SECRETARIAT, "figures", _("Angka yang menunggu persetujuan"), _figures, lambda: link_to("desk"), 30)
    )


def _figures(_keys: Collection[UUID | None], span: Span) -> Mapping[UUID | None, Numbers]:
    waiting = Measurement.objects.awaiting_approval()
    return {
        None: Numbers(
            new=Measurement.objects.filter(submitted_at__gte=span.start, submitted_at__lt=span.end).count(),
            waiting=waiting.count(),
            overdue=waiting.filter(submitted_at__lt=span.end - PATIENCE).count(),
            decided=Measurement.objects.filter(approved_at__gte=span.start, approved_at__lt=span.end).count(),
        )
    }
