"""The two desks: what waits for me, and what waits for the secretariat."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative, Proposal
from kalibaru.core.access import ACCOUNT, policy
from kalibaru.core.workspace import cards_for
from stakeholders.models import Organisation
from stakeholders.models.likeness import alike_to_each

PER_QUEUE = 25


@dataclass(frozen=True)
class Queue:
    """One queue of the desk, oldest first."""

    key: str
    label: Any
    rows: list[Any]
    template: str


@policy(ACCOUNT)
def workspace(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person, and the first steps of somebody new."""
    organisations = Organisation.objects.of(request.user).order_by("name")
    return render(
        request,
        "portal/workspace.html",
        {"cards": cards_for(request.user), "organisations": organisations[:20]},
    )


def _with_look_alikes(organisations: list[Organisation]) -> list[dict[str, Any]]:
    """Put beside each organisation those that may be the same, with one query for all."""
    found = alike_to_each(organisations)
    return [{"organisation": one, "duplicates": found[one.pk]} for one in organisations]


@policy("portal.moderate")
def moderation(request: HttpRequest) -> HttpResponse:
    """Show the queues, oldest first; the deeds are views of the rooms that own the rows."""
    from kalibaru.discussions.queries import open_reports

    pending = (
        Organisation.objects.awaiting_verification().select_related("created_by").prefetch_related("documents", "areas")
    )
    queues = [
        Queue(
            "organisations",
            _("Organisasi menunggu verifikasi"),
            _with_look_alikes(list(pending[:PER_QUEUE])),
            "portal/queue_organisation.html",
        ),
        Queue(
            "proposals",
            _("Usulan menunggu keputusan"),
            list(
                Proposal.objects.awaiting_decision().select_related("organisation", "issue")[:PER_QUEUE],
            ),
            "portal/queue_proposal.html",
        ),
        Queue(
            "initiatives",
            _("Inisiatif menunggu terbit"),
            list(
                Initiative.objects.filter(published_at=None)
                .exclude(state="cancelled")
                .order_by("created_at")[:PER_QUEUE]
            ),
            "portal/queue_initiative.html",
        ),
        Queue("reports", _("Laporan komentar"), list(open_reports()[:PER_QUEUE]), "portal/queue_report.html"),
    ]
    return render(request, "portal/moderation.html", {"queues": queues})
