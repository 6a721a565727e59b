"""What waits for a person with proposals: one's own, one's co-sponsorships, one's problems, the review queue."""

from typing import Any

from django.db.models import F, Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import CoSponsor, Proposal
from issues.models import Stake
from kalibaru.core.workspace import Todo, WorkspaceCard
from stakeholders.models import Organisation

LIMIT = 20


def clarifications(user: Any) -> list[Todo]:
    """Questions of the reviewers that wait for an answer of the person's organisations."""
    asked = Max("messages__created_at")
    rows = _own(user).filter(state=Proposal.State.CLARIFICATION).annotate(asked_at=asked).order_by("asked_at", "id")
    return [
        Todo(
            str(row),
            f"{row.get_absolute_url()}#penjelasan",
            _("Jawab pertanyaan peninjau"),
            since=row.asked_at,
            tone="waiting",
        )
        for row in rows[:LIMIT]
    ]


def invitations(user: Any) -> list[Todo]:
    """Invitations to co-sponsor that the person may answer."""
    rows = (
        CoSponsor.objects.filter(
            organisation__in=Organisation.objects.acting(user),
            state=CoSponsor.State.INVITED,
            proposal__state__in=[Proposal.State.DRAFT, *Proposal.AWAITING],
        )
        .select_related("proposal__organisation")
        .order_by("created_at", "id")
    )
    return [
        Todo(
            str(row.proposal),
            f"{row.proposal.get_absolute_url()}#pendamping",
            _("%(organisation)s mengundang Anda menjadi pendamping") % {"organisation": row.proposal.organisation},
            since=row.created_at,
            tone="waiting",
        )
        for row in rows[:LIMIT]
    ]


def queue(user: Any) -> list[Todo]:
    """Proposals that wait for the secretariat, and those a person was named to review, oldest first."""
    rows = Proposal.objects.awaiting_decision().select_related("organisation")
    if not getattr(user, "is_moderator", False):
        government = Organisation.objects.of(user).filter(platform="government", state="verified")
        rows = rows.filter(reviewers=user) if government.exists() else rows.none()
    rows = rows.exclude(state=Proposal.State.CLARIFICATION)
    return [
        Todo(
            str(row),
            f"{row.get_absolute_url()}#tinjauan",
            f"{row.get_state_display()} · {row.organisation}",
            since=row.submitted_at,
            tone="waiting",
        )
        for row in rows[:LIMIT]
    ]


def on_my_problems(user: Any) -> list[Todo]:
    """Proposals under way on the problems that the person's government organisations work on."""
    government = Organisation.objects.of(user).filter(platform="government", state="verified")
    stakes = Stake.objects.filter(organisation__in=government)
    rows = (
        Proposal.objects.awaiting_decision()
        .filter(issue__in=stakes.values("issue"))
        .select_related("organisation", "issue")
        .order_by("-submitted_at", "id")
    )
    return [
        Todo(
            str(row),
            row.get_absolute_url(),
            f"{row.issue} · {row.get_state_display()}",
            since=row.submitted_at,
            tone="info",
        )
        for row in rows[:LIMIT]
    ]


def drafts(user: Any) -> list[Todo]:
    """Drafts of the person's organisations, the newest first."""
    rows = _own(user).filter(state=Proposal.State.DRAFT).order_by("-updated_at", "id")
    return [
        Todo(str(row), reverse("proposals:edit", args=[row.pk]), _("Lanjutkan menulis"), since=row.updated_at)
        for row in rows[:LIMIT]
    ]


def under_way(user: Any) -> list[Todo]:
    """What the person's organisations handed in and the secretariat has not decided yet."""
    rows = _own(user).filter(state__in=[Proposal.State.SUBMITTED, Proposal.State.UNDER_REVIEW])
    return [
        Todo(str(row), row.get_absolute_url(), row.get_state_display(), since=row.submitted_at, tone="info")
        for row in rows.order_by(F("submitted_at").desc(nulls_last=True), "id")[:LIMIT]
    ]


def _own(user: Any) -> QuerySet[Proposal]:
    return Proposal.objects.filter(organisation__in=Organisation.objects.acting(user))


CARDS = (
    WorkspaceCard("clarifications", gettext_lazy("Menunggu penjelasan Anda"), clarifications, 5),
    WorkspaceCard("co_sponsor_invitations", gettext_lazy("Undangan menjadi pendamping"), invitations, 6),
    WorkspaceCard("proposal_queue", gettext_lazy("Usulan yang menunggu tinjauan"), queue, 10),
    WorkspaceCard("proposals_on_my_problems", gettext_lazy("Usulan tentang masalah Anda"), on_my_problems, 25),
    WorkspaceCard("my_drafts", gettext_lazy("Rancangan usulan Anda"), drafts, 30),
    WorkspaceCard("my_proposals_under_way", gettext_lazy("Usulan Anda yang sedang ditinjau"), under_way, 50),
)
