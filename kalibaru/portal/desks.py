"""The two desks: what waits for me, and what waits for the secretariat."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative, Proposal
from issues.models import Measurement
from kalibaru.core.access import ACCOUNT, may, policy
from kalibaru.core.workspace import cards_for
from kalibaru.discussions.models import Report
from stakeholders.duplicates import with_possible_duplicates
from stakeholders.models import Organisation

PER_QUEUE = 25


@dataclass(frozen=True)
class Queue:
    """One queue of the desk, oldest first; `template` shows one row."""

    key: str
    label: Any
    rows: list[Any]
    template: str


@policy(ACCOUNT)
def workspace(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person, and the first steps of somebody new."""
    organisations = list(Organisation.objects.of(request.user).order_by("name")[:20])
    context = {
        "cards": cards_for(request.user),
        # What still waits stands in a card above, with what to do about it.
        "organisations": [row for row in organisations if row.state == Organisation.State.VERIFIED],
        "belongs": bool(organisations),
        "can_log": may(request.user, "initiatives.log_programme"),
        "can_propose": may(request.user, "initiatives.propose"),
    }
    return render(request, "portal/workspace.html", context)


@policy("portal.moderate")
def moderation(request: HttpRequest) -> HttpResponse:
    """Show the queues, oldest first; the deeds are views of the rooms that own the rows."""
    organisations = with_possible_duplicates(Organisation.objects.awaiting_verification()[:PER_QUEUE])
    proposals = Proposal.objects.awaiting_decision().select_related("organisation", "issue")
    unpublished = Initiative.objects.filter(published_at=None).exclude(state=Initiative.State.CANCELLED)
    figures = Measurement.objects.awaiting_approval().select_related("indicator__issue", "area", "organisation")
    queues = [
        Queue("organisations", _("Organisasi menunggu verifikasi"), organisations, "portal/queue_organisation.html"),
        Queue("proposals", _("Usulan menunggu keputusan"), list(proposals[:PER_QUEUE]), "portal/queue_proposal.html"),
        Queue(
            "initiatives",
            _("Inisiatif menunggu terbit"),
            list(unpublished.order_by("created_at", "id")[:PER_QUEUE]),
            "portal/queue_initiative.html",
        ),
        Queue("figures", _("Angka menunggu persetujuan"), list(figures[:PER_QUEUE]), "portal/queue_figure.html"),
        Queue(
            "reports",
            _("Laporan komentar"),
            list(Report.objects.open_reports()[:PER_QUEUE]),
            "portal/queue_report.html",
        ),
    ]
    return render(request, "portal/moderation.html", {"queues": queues, "next": request.get_full_path()})
