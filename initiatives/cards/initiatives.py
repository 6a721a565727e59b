"""What waits for a person who leads initiatives, and for the secretariat that publishes them."""

from datetime import timedelta
from typing import Any

from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import Action, Initiative, Partner
from kalibaru.core.workspace import Todo, WorkspaceCard
from stakeholders.models import Organisation

LIMIT = 20
SILENT_DAYS = 30


def cards() -> list[WorkspaceCard]:
    """Return the workspace cards of initiatives."""
    return [
        WorkspaceCard("unpublished_initiatives", gettext_lazy("Inisiatif belum terbit"), unpublished, 15),
        WorkspaceCard("overdue_actions", gettext_lazy("Tonggak yang lewat waktu"), overdue_actions, 20),
        WorkspaceCard("silent_initiatives", gettext_lazy("Lama tanpa kabar"), silent, 40),
        WorkspaceCard("my_initiatives", gettext_lazy("Inisiatif yang saya pimpin"), led, 60),
    ]


def led(user: Any) -> list[Todo]:
    """Return the initiatives under way that the person's organisations lead."""
    rows = _led_by(user).order_by("ends_key", "id")[:LIMIT]
    return [
        Todo(
            row.title,
            row.get_absolute_url(),
            row.get_state_display(),
            due=row.ends_on,
            tone="info",
        )
        for row in rows
    ]


def overdue_actions(user: Any) -> list[Todo]:
    """Return milestones whose day has passed: of one's own organisations, and of initiatives they lead."""
    mine = _own(user)
    actions = (
        Action.objects.filter(
            Q(organisation__in=mine) | Q(initiative__partners__in=_leads(mine)),
            state=Action.State.OPEN,
            due_on__lt=timezone.localdate(),
            initiative__state__in=["planned", "active", "paused"],
        )
        .select_related("initiative")
        .distinct()
        .order_by("due_on", "id")[:LIMIT]
    )
    return [
        Todo(
            action.title,
            f"{action.initiative.get_absolute_url()}#tonggak",
            action.initiative.title,
            due=action.due_on,
            tone="late",
        )
        for action in actions
    ]


def silent(user: Any) -> list[Todo]:
    """Return running initiatives one leads that have told nothing for a month."""
    before = timezone.now() - timedelta(days=SILENT_DAYS)
    rows = (
        _led_by(user)
        .filter(state=Initiative.State.ACTIVE, published_at__isnull=False)
        .annotate(told_at=Coalesce(Max("updates__published_at"), "published_at"))
        .filter(told_at__lt=before)
        .order_by("told_at", "id")[:LIMIT]
    )
    return [
        Todo(
            row.title,
            f"{row.get_absolute_url()}updates/new/",
            _("Tulis kabar terbaru"),
            since=row.told_at,
            tone="waiting",
        )
        for row in rows
    ]


def unpublished(user: Any) -> list[Todo]:
    """Return what the secretariat has yet to publish, oldest first."""
    if not getattr(user, "is_moderator", False):
        return []
    rows = (
        Initiative.objects.filter(published_at__isnull=True)
        .exclude(state=Initiative.State.CANCELLED)
        .order_by("created_at", "id")[:LIMIT]
    )
    return [
        Todo(
            row.title,
            row.get_absolute_url(),
            _("Periksa, lalu terbitkan"),
            since=row.created_at,
            tone="waiting",
        )
        for row in rows
    ]


def _own(user: Any):
    return Organisation.objects.acting(user)


def _leads(organisations):
    return Partner.objects.filter(organisation__in=organisations, role=Partner.Role.LEAD)


def _led_by(user: Any):
    return Initiative.objects.filter(
        pk__in=_leads(_own(user)).values("initiative"),
        state__in=["planned", "active", "paused"],
    )
