"""Pages of programmes: list, detail, log, edit, publish, finish, and notes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from initiatives.exports import programme_head, programme_lines
from initiatives.filters.programmes import ProgrammeFilter
from initiatives.forms.programmes import EditProgrammeForm, NewProgrammeForm, NoteForm, YearFormSet
from initiatives.models import Programme, ProgrammeLog, ProgrammeYear
from initiatives.services import programmes as services
from issues.models import PriorityIssue
from kalibaru.core.access import PUBLIC, may, policy, require
from kalibaru.core.errors import Conflict
from kalibaru.core.exports import FORMATS, export
from kalibaru.core.listings import listing_page
from kalibaru.core.pace import ratelimit
from kalibaru.core.paging import bounded_count, keyset_page
from kalibaru.discussions.threads import thread
from kalibaru.notifications.following import followed_topics
from kalibaru.notifications.timeline import timeline
from stakeholders.models import Organisation

ORDER = ("-created_at", "-id")


@policy(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List what anybody may see; staff find their drafts above it."""
    filtered = ProgrammeFilter(request.GET, queryset=Programme.objects.public())
    rows = filtered.qs
    page = keyset_page(_listed(rows), ORDER, request.GET.get("page", ""))
    context = {
        "count": bounded_count(rows),
        "drafts": _own_drafts(request.user),
        "may_log": may(request.user, "initiatives.log_programme"),
    }
    return listing_page(request, "programmes/list.html", context, filtered=filtered, page=page)


def _listed(rows: QuerySet) -> QuerySet:
    return rows.select_related("organisation").prefetch_related(
        Prefetch("issues", queryset=PriorityIssue.objects.only("title", "slug")),
        Prefetch("years", queryset=ProgrammeYear.objects.order_by("-year"), to_attr="newest_years"),
    )


def _own_drafts(user: Any) -> list[Programme]:
    if not user.is_authenticated:
        return []
    mine = Organisation.objects.of(user)
    drafts = Programme.objects.filter(organisation__in=mine, state=Programme.State.DRAFT)
    return list(drafts.order_by(*ORDER)[:10])


@policy(PUBLIC)
@require_GET
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """Answer the same list in the columns of the regional action plan, a line for each year."""
    if file_format not in FORMATS:
        raise Http404
    rows = ProgrammeFilter(request.GET, queryset=Programme.objects.public()).strict_qs
    return export("program", file_format, programme_head(), programme_lines(rows.order_by(*ORDER)))


@policy(PUBLIC)
@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a programme: who, what, its years, and how it goes."""
    programme = _visible(request, pk)
    edits = may(request.user, "initiatives.edit_programme", programme)
    years = list(programme.years.all())
    context = {
        "programme": programme,
        "issues": list(programme.issues.only("title", "slug")),
        "areas": list(programme.areas.only("name", "code")),
        "goals": programme.goals,
        "years": years,
        "measured": next((year for year in reversed(years) if year.target and year.realisation is not None), None),
        "logs": list(programme.logs.prefetch_related("photos")[:50]),
        "edits": edits,
        "topic": f"programme:{programme.pk}",
        "following": bool(followed_topics(request.user, [programme])),
        "entries": timeline(programme, request.user, parties=edits),
        "thread": thread(request, programme),
    }
    return render(request, "programmes/detail.html", context)


def _visible(request: HttpRequest, pk: UUID) -> Programme:
    rows = Programme.objects.visible_to(request.user).select_related("organisation")
    return get_object_or_404(rows, pk=pk)


@policy("initiatives.log_programme")
@ratelimit(key="user_or_ip", rate="120/h", method="POST")
def new(request: HttpRequest) -> HttpResponse:
    """Write down a programme; it begins as a draft."""
    posted = request.POST if request.method == "POST" else None
    form = NewProgrammeForm(posted, actor=request.user, initial=_suggested(request))
    years = YearFormSet(posted)
    if posted is not None and all([form.is_valid(), years.is_valid()]):
        programme, made = services.log_programme(
            form.cleaned_data["organisation"],
            form.entry(years),
            actor=request.user,
            key=form.cleaned_data["submission_key"],
        )
        if made:
            messages.success(request, _("Rancangan program tersimpan. Periksa, lalu terbitkan."))
        return redirect(programme)
    context = {"form": form, "years": years}
    return render(request, "programmes/form.html", context, status=400 if posted is not None else 200)


def _suggested(request: HttpRequest) -> dict[str, Any]:
    """Tick the problem and the goals of the page the person comes from."""
    issue = PriorityIssue.objects.published().filter(slug=request.GET.get("issue", "")[:80]).first()
    return {"issues": [issue], "sdg_goals": issue.sdg_goals} if issue else {}


@policy("initiatives.log_programme")
@ratelimit(key="user_or_ip", rate="120/h", method="POST")
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a programme; a stale form is told so and keeps what was typed."""
    programme = _visible(request, pk)
    require(request.user, "initiatives.edit_programme", programme)
    posted = request.POST if request.method == "POST" else None
    form = EditProgrammeForm(posted, instance=programme)
    years = YearFormSet(posted, programme=programme)
    status = 200 if posted is None else 400
    if posted is not None and all([form.is_valid(), years.is_valid()]):
        try:
            services.edit_programme(
                Programme.objects.select_related("organisation").get(pk=pk),
                form.entry(years),
                version=form.cleaned_data["version"],
                actor=request.user,
            )
            messages.success(request, _("Perubahan tersimpan."))
            return redirect(programme)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            _renew(form, pk)
            status = 409
    context = {"form": form, "years": years, "programme": programme}
    return render(request, "programmes/form.html", context, status=status)


def _renew(form: EditProgrammeForm, pk: UUID) -> None:
    """Carry the newest version, so that whoever has compared both may send once more."""
    form.add_error(None, _("Bandingkan dulu dengan halaman programnya. Kirim lagi jika isian Anda yang benar."))
    newest = Programme.objects.values_list("updated_at", flat=True).get(pk=pk)
    form.data = form.data.copy()
    form.data["version"] = newest.isoformat()


@policy("initiatives.log_programme")
@require_POST
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a draft to everybody."""
    programme = _visible(request, pk)
    services.publish_programme(programme, actor=request.user)
    messages.success(request, _("Program sudah terbit. Pengikut masalah dan wilayahnya diberi tahu."))
    return redirect(programme)


@policy("initiatives.log_programme")
@require_POST
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a programme is over."""
    programme = _visible(request, pk)
    services.finish_programme(programme, actor=request.user)
    messages.success(request, _("Program dinyatakan selesai. Angkanya masih bisa Anda lengkapi."))
    return redirect(programme)


@policy("initiatives.log_programme")
@ratelimit(key="user_or_ip", rate="120/h", method="POST")
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how a programme goes, with photos."""
    programme = _visible(request, pk)
    require(request.user, "initiatives.edit_programme", programme)
    form = NoteForm(request.POST or None, request.FILES or None, instance=ProgrammeLog(programme=programme))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        _log, made = services.add_note(
            programme,
            on=words["on"],
            note=words["note"],
            actor=request.user,
            key=words["submission_key"],
            photos=[(upload, words["alt"]) for upload in words["photos"]],
        )
        if made:
            messages.success(request, _("Catatan kemajuan tersimpan dan diberitahukan kepada pengikut."))
        return redirect(f"{programme.get_absolute_url()}#catatan")
    context = {"form": form, "programme": programme}
    return render(request, "programmes/note.html", context, status=400 if request.method == "POST" else 200)
