"""What waits for government staff: their programmes, and what is due."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import Programme, ProgrammeImport
from kalibaru.core.tones import tone_of
from kalibaru.core.workspace import Todo, WorkspaceCard
from stakeholders.models import Organisation

SEMESTER = timedelta(days=182)
MOST = 20


def mine(user: Any) -> list[Todo]:
    """Return the drafts and running programmes of the organisations a person writes for, drafts first."""
    rows = _of(user).exclude(state=Programme.State.FINISHED).order_by("state", "-created_at")
    return [
        Todo(
            row.title,
            row.get_absolute_url(),
            row.get_state_display(),
            since=row.published_at or row.created_at,
            tone=tone_of(row.state),
        )
        for row in rows[:MOST]
    ]


def due(user: Any) -> list[Todo]:
    """Return the running programmes whose figure of this year is missing, then those without a note for a semester."""
    today = timezone.localdate()
    rows = _of(user)
    missing = rows.without_realisation(today.year).order_by("published_at")[:MOST]
    silent = rows.silent_since(today - SEMESTER).order_by("published_at")[:MOST]
    realisation = _("Isi realisasi %(year)s") % {"year": today.year}
    todos = [Todo(row.title, f"{row.get_absolute_url()}edit/", realisation, tone="waiting") for row in missing]
    note = _("Belum ada catatan kemajuan selama enam bulan")
    todos += [Todo(row.title, f"{row.get_absolute_url()}notes/new/", note, tone="late") for row in silent]
    return todos[:MOST]


def imports(user: Any) -> list[Todo]:
    """Return the spreadsheets that somebody of the person's organisations has begun and not finished."""
    mine = Organisation.objects.of(user, "owner", "editor").listed()
    rows = ProgrammeImport.objects.open().filter(organisation__in=mine).defer("mapping").order_by("-updated_at")
    return [
        Todo(row.name, row.get_absolute_url(), row.get_state_display(), since=row.updated_at, tone=tone_of(row.state))
        for row in rows[:MOST]
    ]


def _of(user: Any):
    return Programme.objects.filter(
        organisation__in=Organisation.objects.of(user, "owner", "editor").listed()
    ).select_related("organisation")


CARDS = (
    WorkspaceCard("programmes_due", gettext_lazy("Program: yang perlu Anda isi"), due, order=30),
    WorkspaceCard("programme_imports", gettext_lazy("Lembar kerja yang belum selesai"), imports, order=35),
    WorkspaceCard("programmes", gettext_lazy("Program instansi Anda"), mine, order=60),
)
