"""What waits for a person in the workspace, about organisations."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kalibaru.core.workspace import Todo
from stakeholders.models import Membership, Organisation

MOST = 20
State = Organisation.State


def unfinished(user: Any) -> list[Todo]:
    """Return one's organisations that are not (or no longer) partners, and what to do about it."""
    words = {
        State.DRAFT: (_("Rancangan: lengkapi lalu ajukan"), "waiting"),
        State.PENDING: (_("Menunggu verifikasi sekretariat"), "waiting"),
        State.REJECTED: (_("Ditolak: baca alasannya, perbaiki, lalu ajukan lagi"), "late"),
        State.SUSPENDED: (_("Ditangguhkan: baca alasannya"), "late"),
    }
    rows = Organisation.objects.of(user).filter(state__in=words).order_by("-updated_at")[:MOST]
    return [
        Todo(
            row.name,
            row.get_absolute_url(),
            words[row.state][0],
            since=row.submitted_at if row.state == State.PENDING else row.updated_at,
            tone=words[row.state][1],
        )
        for row in rows.only("name", "slug", "state", "submitted_at", "updated_at")
    ]


def invitations(user: Any) -> list[Todo]:
    """Return invitations that the person has not answered."""
    rows = Membership.objects.invitations_for(user).select_related("organisation").order_by("updated_at")
    return [
        Todo(
            row.organisation.name,
            reverse("stakeholders:invitation", args=[row.pk]),
            _("Undangan bergabung sebagai %(role)s") % {"role": row.get_role_display()},
            since=row.updated_at,
            tone="info",
        )
        for row in rows[:MOST]
    ]


def requests(user: Any) -> list[Todo]:
    """Return people who ask to join one's organisations (for moderators: those without an owner)."""
    rows = Membership.objects.requests_for(user).select_related("organisation", "user").order_by("updated_at")
    return [
        Todo(
            _("%(person)s meminta bergabung dengan %(organisation)s")
            % {"person": row.user, "organisation": row.organisation},
            reverse("stakeholders:members", args=[row.organisation.slug]),
            _("Terima atau tolak"),
            since=row.updated_at,
            tone="waiting",
        )
        for row in rows[:MOST]
    ]


def to_verify(user: Any) -> list[Todo]:
    """Return the verification queue, for moderators."""
    if not user.is_moderator:
        return []
    rows = Organisation.objects.awaiting_verification().only("name", "slug", "submitted_at")[:MOST]
    return [
        Todo(
            row.name,
            reverse("stakeholders:decide", args=[row.slug]),
            _("Menunggu verifikasi"),
            since=row.submitted_at,
            tone="waiting",
        )
        for row in rows
    ]
