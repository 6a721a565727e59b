"""Pages of a spreadsheet of programmes: send, match the columns, see what would change, agree."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from initiatives.forms.imports import ColumnsForm, SheetForm, StartForm
from initiatives.imports.example import example_workbook
from initiatives.imports.heading import Heading, find_heading, heading_at
from initiatives.imports.mapping import Mapping, guessed
from initiatives.models import ImportLine, ProgrammeImport
from initiatives.services import imports as services
from initiatives.services.import_work import open_import, work_on
from initiatives.tasks import work_on_imports
from kalibaru.core.access import policy
from kalibaru.core.exports import attachment
from kalibaru.core.pace import ratelimit
from kalibaru.core.paging import keyset_page
from kalibaru.core.progress import progress_of
from kalibaru.core.sheets.grid import BadSheet, Grid
from kalibaru.core.sheets.marking import Mark, marked
from kalibaru.notifications.tasks import poke

LINES_A_PAGE = 50
# A sheet of up to so many rows is worked on while its sender waits; a longer one by a worker.
AT_ONCE = 400
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = ProgrammeImport.State
_BUSY = (State.CHECKING, State.APPLYING)


@policy("initiatives.import_programmes")
@ratelimit(key="user_or_ip", rate="60/h", method="POST")
def index(request: HttpRequest) -> HttpResponse:
    """Send a file or a paste; find the sheets that are not finished yet."""
    form = StartForm(request.POST or None, request.FILES or None, actor=request.user)
    posted = request.method == "POST"
    if posted and form.is_valid():
        words = form.cleaned_data
        row, _made = services.start_import(
            words["organisation"], form.upload(), actor=request.user, key=words["submission_key"]
        )
        return redirect(row)
    rows = ProgrammeImport.objects.visible_to(request.user).select_related("organisation", "created_by")
    context = {"form": form, "imports": rows.defer("mapping").order_by("-created_at")[:20]}
    return render(request, "programmes/imports/index.html", context, status=400 if posted else 200)


@policy("initiatives.import_programmes")
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Answer an empty sheet with headings, and a second one with example rows."""
    return attachment(example_workbook(), "program-contoh.xlsx", XLSX)


@policy("initiatives.import_programmes")
@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show where the import stands: the columns to confirm, how far the work is, or what would change."""
    row = _visible(request, pk)
    if row.state in _BUSY:
        done, total = progress_of(row.pk)
        return render(request, "programmes/imports/working.html", {"row": row, "done": done, "total": total})
    if request.htmx:  # type: ignore[attr-defined]
        # The panel of a page that was waiting: the work is done, so the whole page has to come.
        return HttpResponseClientRedirect(row.get_absolute_url())
    if row.state == State.UPLOADED:
        return _matching(request, row)
    return _result(request, row)


def _visible(request: HttpRequest, pk: UUID) -> ProgrammeImport:
    rows = ProgrammeImport.objects.visible_to(request.user).select_related("organisation", "created_by")
    return get_object_or_404(rows, pk=pk)


# --- the columns -----------------------------------------------------------------------------------
@policy("initiatives.import_programmes")
@ratelimit(key="user_or_ip", rate="240/h", method="POST")
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the columns again, or take what a person says about them; "reread" only finds the headings anew."""
    row = _visible(request, pk)
    return _matching(request, row, request.POST if request.method == "POST" else None)


def _matching(request: HttpRequest, row: ProgrammeImport, posted: Any = None) -> HttpResponse:
    try:
        grid = open_import(row, sheet=_wanted_sheet(row, posted))
    except BadSheet as error:
        context = {"row": row, "mend": SheetForm(), "broken": error.words}
        return render(request, "programmes/imports/columns.html", context, status=400)
    reread = posted is not None and "reread" in posted
    heading = _heading(grid, row, posted, reread)
    mapping = _mapping(row, grid, heading, reread)
    form = ColumnsForm(None if reread else posted, grid=grid, heading=heading, mapping=mapping)
    if posted is not None and not reread and form.is_valid():
        services.confirm_columns(row, form.mapping(), actor=request.user)
        return _go_on(row, len(grid.rows))
    context = {"row": row, "form": form, "mend": _mend(row), "found": find_heading(grid) is not None}
    status = 400 if posted is not None and not reread else 200
    return render(request, "programmes/imports/columns.html", context, status=status)


def _wanted_sheet(row: ProgrammeImport, posted: Any) -> str | None:
    return str(posted["sheet"])[:120] if posted is not None and posted.get("sheet") else None


def _heading(grid: Grid, row: ProgrammeImport, posted: Any, reread: bool) -> Heading:
    """Return the headings that the person says, that were confirmed before, or that look like some."""
    said = [_row_number(posted, name) for name in ("first", "last")] if posted is not None else [None, None]
    if said[0] is not None and said[1] is not None and said[0] <= said[1] < said[0] + 10:
        return heading_at(grid, said[0], said[1])
    if row.mapping and not reread and row.mapping["sheet"] == grid.name:
        return heading_at(grid, row.mapping["first"], row.mapping["last"])
    return find_heading(grid) or heading_at(grid, 0, 0)


def _row_number(posted: Any, name: str) -> int | None:
    text = str(posted.get(name, ""))
    return int(text) - 1 if text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text) else None


def _mapping(row: ProgrammeImport, grid: Grid, heading: Heading, reread: bool) -> Mapping:
    if row.mapping and not reread and [one["label"] for one in row.mapping["columns"]] == heading.labels:
        return Mapping.restored(row.mapping)
    return guessed(row.organisation, grid, heading)


def _go_on(row: ProgrammeImport, size: int) -> HttpResponse:
    """Do a short piece of work at once, ask a worker for a long one; either way its page shows how it stands."""
    if size <= AT_ONCE:
        work_on(row.pk)
    else:
        poke(work_on_imports)
    return redirect(row)


# --- the result ------------------------------------------------------------------------------------
def _result(request: HttpRequest, row: ProgrammeImport) -> HttpResponse:
    show = _chosen(request, row)
    lines = row.lines.all()
    if show == "doubts":
        lines = lines.exclude(doubts=[])
    elif show:
        lines = lines.filter(verdict=show)
    context = {
        "row": row,
        "show": show,
        "tabs": _tabs(row),
        "page": keyset_page(lines, ("number",), request.GET.get("page", ""), LINES_A_PAGE),
        "can_apply": row.state == State.CHECKED and services.can_apply(row),
        "open": row.state in (State.CHECKED, State.FAILED),
        "mend": _mend(row),
    }
    return render(request, "programmes/imports/result.html", context)


def _chosen(request: HttpRequest, row: ProgrammeImport) -> str:
    """Return which rows are asked for; wrong ones first, as long as there are some."""
    asked = request.GET.get("show")
    if asked in ("doubts", "", *ImportLine.Verdict.values):
        return asked or ""
    return ImportLine.Verdict.WRONG.value if row.counts.get("wrong") else ""


def _tabs(row: ProgrammeImport) -> list[tuple[str, Any, int]]:
    verdicts = [(verdict.value, verdict.label, row.counts.get(verdict.value, 0)) for verdict in ImportLine.Verdict]
    every = ("", _("Semua"), sum(number for _key, _label, number in verdicts))
    return [every, *verdicts, ("doubts", _("Perlu dilihat"), row.counts.get("doubts", 0))]


def _mend(row: ProgrammeImport) -> SheetForm:
    """Return the form for a mended sheet; what was pasted stands in it, ready to be mended in place."""
    initial = {}
    if row.pasted and row.state in (State.UPLOADED, State.CHECKED, State.FAILED):
        try:
            with row.file.open("rb") as file:
                initial["paste"] = file.read().decode("utf-8", "replace")
        except FileNotFoundError:
            pass
    return SheetForm(initial=initial)


@policy("initiatives.import_programmes")
@require_POST
@ratelimit(key="user_or_ip", rate="60/h", method="POST")
def replace(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a mended sheet; with the same headings as before it is checked at once."""
    row = _visible(request, pk)
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "programmes/imports/mend.html", {"row": row, "mend": form}, status=400)
    services.replace_file(row, form.upload(), actor=request.user)
    grid = open_import(row)
    heading = find_heading(grid)
    known = [one["label"] for one in row.mapping.get("columns", [])]
    if heading is None or heading.labels != known:
        return redirect(row)
    mapping = Mapping.restored({**row.mapping, "first": heading.first, "last": heading.last, "sheet": grid.name})
    services.confirm_columns(row, mapping, actor=request.user)
    return _go_on(row, len(grid.rows))


@policy("initiatives.import_programmes")
@require_POST
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree with what was shown."""
    row = _visible(request, pk)
    digest, publishes = str(request.POST.get("digest", ""))[:64], "publishes" in request.POST
    services.apply_import(row, digest=digest, publishes=publishes, actor=request.user)
    response = _go_on(row, sum(number for _key, _label, number in _tabs(row)[1:-1]))
    row.refresh_from_db(fields=["state"])
    if row.state == State.APPLIED:
        messages.success(request, _("Lembar kerja tersimpan seluruhnya."))
    return response


@policy("initiatives.import_programmes")
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Drop it."""
    services.cancel_import(_visible(request, pk), actor=request.user)
    messages.success(request, _("Impor dibatalkan. Tidak ada yang berubah di portal."))
    return redirect("programmes:imports")


@policy("initiatives.import_programmes")
@require_safe
def marked_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer the same workbook with the wrong cells marked."""
    row = _visible(request, pk)
    marks = [
        Mark(line.number - 1, column or 0, f"{label}: {words}")
        for line in row.lines.filter(verdict=ImportLine.Verdict.WRONG)
        for column, label, words in line.faults
    ]
    notice = _("Sel merah perlu diperbaiki. Setelah itu, kirim berkas ini lagi.")
    try:
        with row.file.open("rb") as file:
            content = marked(ContentFile(file.read()), marks, sheet=row.mapping.get("sheet", ""), notice=notice)
    except (BadSheet, FileNotFoundError):
        return redirect(row)
    stem = row.name.rpartition(".")[0] or row.name
    return attachment(content, f"{stem[:80]}-perbaiki.xlsx", XLSX)
