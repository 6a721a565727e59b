"""What waits for a person with figures: one's own to finish, and those to approve."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from issues.measurement_forms import organisations_of
from issues.models import Measurement
from kalibaru.core.workspace import Todo, WorkspaceCard

LIMIT = 20


def unfinished(user: Any) -> list[Todo]:
    """Return figures of the person's organisations that were sent back or never handed in; those sent back first."""
    own = Measurement.objects.filter(organisation__in=organisations_of(user), state__in=Measurement.OPEN)
    return [
        Todo(
            str(row),
            reverse("issues:edit_measurement", args=[row.pk]),
            row.reason[:160] if row.reason else _("Lanjutkan, lalu kirim"),
            since=row.updated_at,
            tone="waiting" if row.state == Measurement.State.RETURNED else "neutral",
        )
        for row in own.select_related("indicator").order_by("-state", "-updated_at", "id")[:LIMIT]
    ]


def waiting(user: Any) -> list[Todo]:
    """Return figures that a moderator has not looked at yet, the oldest first."""
    if not getattr(user, "is_moderator", False):
        return []
    rows = Measurement.objects.awaiting_approval().select_related("indicator", "area", "organisation")
    return [
        Todo(
            str(row),
            row.get_absolute_url(),
            f"{row.area} · {row.organisation or ''}".strip(" ·"),
            since=row.submitted_at,
            tone="waiting",
        )
        for row in rows[:LIMIT]
    ]


CARDS = (
    WorkspaceCard("figures_to_finish", gettext_lazy("Angka yang belum Anda kirim"), unfinished, 20),
    WorkspaceCard("figures_to_approve", gettext_lazy("Angka yang menunggu persetujuan"), waiting, 12),
)
