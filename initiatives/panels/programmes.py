"""Programmes on the pages of organisations and problems, and the next step they offer to government staff."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.models import Initiative, Partner, Programme, ProgrammeYear
from issues.models import PriorityIssue
from issues.panels import Step
from kalibaru.core.access import may
from stakeholders.models import Organisation

SHOWN = 6


def of_organisation(organisation: Organisation, user: Any) -> list[Programme]:
    """Return what the organisation runs and the reader may see, newest first."""
    rows = Programme.objects.visible_to(user).filter(organisation=organisation)
    return list(_with_figures(rows)[:12])


def of_issue(issue: PriorityIssue, user: Any) -> list[Programme]:
    """Return public programmes on a problem, newest first, in one query."""
    rows = Programme.objects.public().filter(issues=issue).select_related("organisation")
    return list(_with_figures(rows)[:SHOWN])


def _with_figures(rows: QuerySet) -> QuerySet:
    """Add the newest year and its figures."""
    newest = ProgrammeYear.objects.filter(programme=OuterRef("pk"), target__isnull=False).order_by("-year")
    return rows.order_by("-created_at", "-id").annotate(
        figure_year=Subquery(newest.values("year")[:1]),
        figure_target=Subquery(newest.values("target")[:1]),
        figure_realisation=Subquery(newest.values("realisation")[:1]),
    )


def initiatives_of_issue(issue: PriorityIssue, user: Any) -> list[Initiative]:
    """Return published initiatives on a problem, newest first, each with the name of its lead."""
    lead = Partner.objects.filter(initiative=OuterRef("pk"), role=Partner.Role.LEAD)
    rows = Initiative.objects.published().on_issue(issue.pk).select_related("cover")
    rows = rows.annotate(lead_name=Subquery(lead.values("organisation__name")[:1]))
    return list(rows.order_by("-published_at", "-id")[:SHOWN])


def log_step(issue: PriorityIssue, user: Any) -> Step | None:
    """Offer government staff to log what their office does."""
    if getattr(user, "is_moderator", False) or not may(user, "initiatives.log_programme"):
        return None
    return Step(
        _("Instansi Anda punya program untuk masalah ini?"),
        _("Catat programnya, supaya warga dan mitra tahu apa yang sudah dianggarkan."),
        f"{reverse('programmes:new')}?issue={issue.slug}",
        _("Catat program"),
    )


def propose_step(issue: PriorityIssue, user: Any) -> Step | None:
    """Offer an organisation to propose a collaboration."""
    if getattr(user, "is_moderator", False) or not may(user, "initiatives.propose"):
        return None
    return Step(
        _("Organisasi Anda bisa membantu?"),
        _("Usulkan kerja bersama. Rancangan bisa Anda simpan kapan saja."),
        f"{reverse('proposals:new')}?issue={issue.slug}",
        _("Usulkan kerja bersama"),
    )
