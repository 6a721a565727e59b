"""Pages of problems: list, detail, and the needs on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from issues import services
from issues.exports import issue_head, issue_lines
from issues.figures import picture
from issues.filters import IssueFilter
from issues.forms import EditNeedForm, NewNeedForm
from issues.models import Forum, Need, PriorityIssue
from issues.panels import panels_for, step_for
from issues.steps import first_step
from kalibaru.core.access import PUBLIC, may, policy
from kalibaru.core.errors import Conflict
from kalibaru.core.exports import FORMATS, export
from kalibaru.core.listings import listing_page
from kalibaru.discussions.threads import thread
from kalibaru.notifications.following import followed_topics
from kalibaru.notifications.timeline import timeline
from stakeholders.models import Platform

DEEDS = {
    "publish": (services.publish_issue, gettext_lazy("Masalah ini sudah terbit.")),
    "archive": (services.archive_issue, gettext_lazy("Masalah ini sudah diarsipkan.")),
}
NEED_DEEDS = {
    "partly": services.meet_need_partly,
    "met": services.meet_need,
    "close": services.close_need,
}


@policy(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the problems that the place has put first."""
    filtered = IssueFilter(request.GET, queryset=PriorityIssue.objects.visible_to(request.user))
    rows = filtered.qs.with_counts().order_by("order", "title")[:100]
    return listing_page(request, "issues/list.html", {"issues": list(rows)}, filtered=filtered)


@policy(PUBLIC)
@require_safe
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """Answer the same list as a table."""
    if file_format not in FORMATS:
        raise Http404
    rows = IssueFilter(request.GET, queryset=PriorityIssue.objects.published()).strict_qs
    return export("masalah", file_format, issue_head(), issue_lines(rows))


@policy(PUBLIC)
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a problem: what is known, who works on it, what is under way, where help is needed."""
    rows = PriorityIssue.objects.visible_to(request.user).select_related("parent", "cover")
    issue = get_object_or_404(rows.with_surroundings(), slug=slug)
    following = bool(followed_topics(request.user, [issue]))
    panels = panels_for(issue, request.user)
    own_places = {"problem": "", "evidence": "#bukti", "forum": "#forum"}
    context = {
        "issue": issue,
        "facts": list(issue.facts.all()),
        "indicators": [picture(row) for row in issue.indicators.with_figures()],
        "enters": may(request.user, "issues.enter_measurement"),
        "needs": list(issue.needs.unmet().select_related("area")),
        "partners": _by_platform(issue.partner_list),
        "forums": [_named(forum) for forum in issue.forum_list],
        "panels": panels,
        "step": step_for(issue, request.user) or first_step(issue, request.user, following),
        "topic": f"issue:{issue.pk}",
        "following": following,
        "moderates": may(request.user, "issues.moderate_issue", issue),
        "entries": timeline(issue, request.user, limit=20),
        "thread": thread(request, issue),
        "stations": own_places | {panel.station: f"#{panel.key}" for panel, _rows in panels if panel.station},
    }
    return render(request, "issues/detail.html", context)


def _by_platform(partners: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Group who works on it by the four platforms of SDG participation; none is left out, so that a gap is seen."""
    return [
        (label, [partner for partner in partners if partner["platform"] == value]) for value, label in Platform.choices
    ]


def _named(forum: dict[str, Any]) -> dict[str, Any]:
    """Give a row of the JSON list its date and the word for its kind."""
    return {**forum, "on": parse_date(forum["on"]), "kind": Forum.Kind(forum["kind"]).label}


@policy("issues.moderate_issue")
@require_POST
def change_state(request: HttpRequest, slug: str, deed: str) -> HttpResponse:
    """Publish or archive a problem."""
    if deed not in DEEDS:
        raise Http404
    issue = get_object_or_404(PriorityIssue.objects.visible_to(request.user), slug=slug)
    service, told = DEEDS[deed]
    service(issue, actor=request.user)
    messages.success(request, told)
    return redirect(issue)


@policy("issues.manage_needs")
def new_need(request: HttpRequest, slug: str) -> HttpResponse:
    """Say where help is needed."""
    issue = get_object_or_404(PriorityIssue.objects.visible_to(request.user), slug=slug)
    form = NewNeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _need, made = services.add_need(
            issue, form.entry(), actor=request.user, key=form.cleaned_data["submission_key"]
        )
        if made:
            messages.success(request, _("Kebutuhan tercatat."))
        return redirect(f"{issue.get_absolute_url()}#kebutuhan")
    context = {"form": form, "issue": issue}
    return render(request, "issues/need.html", context, status=400 if request.method == "POST" else 200)


@policy("issues.manage_needs")
def edit_need(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a need; a stale form is told so and keeps what was typed."""
    need = get_object_or_404(Need.objects.select_related("issue"), pk=pk)
    form = EditNeedForm(request.POST or None, instance=need)
    status = 400 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        row = Need.objects.select_related("issue").get(pk=pk)
        try:
            services.edit_need(row, form.entry(), version=form.cleaned_data["version"], actor=request.user)
            messages.success(request, _("Kebutuhan diubah."))
            return redirect(f"{need.issue.get_absolute_url()}#kebutuhan")
        except Conflict as conflict:
            row.refresh_from_db()
            form.renew(row, str(conflict))
            status = 409
    return render(request, "issues/need.html", {"form": form, "issue": need.issue, "need": need}, status=status)


@policy("issues.manage_needs")
@require_POST
def settle_need(request: HttpRequest, pk: UUID, deed: str) -> HttpResponse:
    """Say that a need is met, partly met, or no longer there."""
    if deed not in NEED_DEEDS:
        raise Http404
    need = get_object_or_404(Need.objects.select_related("issue"), pk=pk)
    NEED_DEEDS[deed](need, actor=request.user)
    messages.success(request, _("Keadaan kebutuhan diubah."))
    return redirect(f"{need.issue.get_absolute_url()}#kebutuhan")
