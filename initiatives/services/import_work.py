"""What a worker does with an import: read every row, or write what was agreed to. Killed anywhere, it begins again."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from initiatives.events import imports as kinds
from initiatives.imports.lines import read_lines
from initiatives.imports.lookups import Lookups
from initiatives.imports.mapping import Mapping
from initiatives.imports.plan import Plan, make_plan
from initiatives.imports.writing import write_plan
from initiatives.models import ImportLine, Programme, ProgrammeImport
from initiatives.services.imports import tell, tell_applied
from kalibaru.core.access import require
from kalibaru.core.progress import Progress
from kalibaru.core.services import lock_unchanged
from kalibaru.core.sheets.grid import BadSheet, Grid
from kalibaru.core.sheets.opening import open_sheet

logger = logging.getLogger(__name__)
State = ProgrammeImport.State
LINES_BATCH = 2000


def work_on_all() -> None:
    """Go on with every import that waits."""
    for pk in ProgrammeImport.objects.waiting_for_work().values_list("pk", flat=True):
        work_on(pk)


def work_on(pk: UUID) -> None:
    """Check or apply one import, unless another worker is at it.

    The lock belongs to the connection: a killed worker gives it back, and the next one begins anew.
    """
    with _alone(pk) as first:
        row = ProgrammeImport.objects.select_related("organisation", "acting").filter(pk=pk).first() if first else None
        step = {State.CHECKING: _check, State.APPLYING: _apply}.get(row.state) if row else None
        if row is None or step is None:
            return
        language = row.acting.language if row.acting else "id"
        with override(language), pghistory.context(user=str(row.acting_id or "")):
            _guarded(row, step)


def _guarded(row: ProgrammeImport, step: Callable[[ProgrammeImport], None]) -> None:
    try:
        step(row)
    except BadSheet as error:
        _give_up(row, str(error.words))
    except PermissionDenied:
        _give_up(row, _("Akun yang menyetujui impor ini sudah tidak berhak untuk instansi ini."))
    except Exception:
        logger.exception("import %s broke", row.pk)
        _give_up(row, _("Ada kesalahan pada kami. Tidak ada yang tersimpan. Coba periksa lagi."))


def _check(row: ProgrammeImport) -> None:
    plan = _plan(row)
    with transaction.atomic():
        if not _still(row, State.CHECKING):
            return
        row.show_result()
        _show(row, plan)
        tell(kinds.CHECKED, row, row.acting)


def _apply(row: ProgrammeImport) -> None:
    """Read the sheet once more under a lock on the organisation's programmes; write it if it is what was shown."""
    with transaction.atomic():
        if not _still(row, State.APPLYING):
            return
        require(row.acting, "initiatives.handle_import", row)
        list(Programme.objects.select_for_update().filter(organisation=row.organisation).values_list("pk"))
        shown, plan = row.digest, _plan(row)
        if plan.digest != shown:
            row.show_again()
            _show(row, plan)
            row.message = _(
                "Data di portal berubah sejak pemeriksaan. Tidak ada yang disimpan. Periksa hasil yang baru."
            )
            row.save()
            return
        touched = write_plan(plan, row.organisation, actor=row.acting, publishes=row.publishes)
        row.apply()
        row.applied_at = timezone.now()
        row.save()
        tell_applied(row, touched, actor=row.acting)


def _plan(row: ProgrammeImport) -> Plan:
    grid = open_import(row)
    mapping = Mapping.restored(row.mapping)
    told = read_lines(grid, mapping, Lookups(row.organisation))
    progress = Progress(row.pk, len(grid.rows))
    return make_plan(told, row.organisation, funding=mapping.funding, progress=progress)


def open_import(row: ProgrammeImport, *, sheet: str | None = None) -> Grid:
    """Return the sheet of an import with its merged blocks spread; BadSheet if it cannot be read."""
    try:
        with row.file.open("rb") as file:
            grid = open_sheet(file, sheet=row.mapping.get("sheet", "") if sheet is None else sheet)
    except FileNotFoundError:
        raise BadSheet(_("Berkasnya sudah tidak ada. Kirim lagi.")) from None
    grid.spread_merged()
    return grid


def _show(row: ProgrammeImport, plan: Plan) -> None:
    """Keep what every row would do, for the page."""
    row.counts, row.digest = plan.counts, plan.digest
    row.save()
    row.lines.all().delete()
    ImportLine.objects.bulk_create([line.stored(programme_import=row) for line in plan.lines], batch_size=LINES_BATCH)


def _still(row: ProgrammeImport, state: str) -> bool:
    """Lock and re-read the row; return whether it is still to be worked on (somebody may have cancelled)."""
    lock_unchanged(row)
    return row.state == state


def _give_up(row: ProgrammeImport, words: str) -> None:
    with transaction.atomic():
        lock_unchanged(row)
        if row.state not in (State.CHECKING, State.APPLYING):
            return
        row.fail()
        row.message = words[:300]
        row.save()
        tell(kinds.FAILED, row, row.acting)


@contextmanager
def _alone(pk: UUID) -> Iterator[bool]:
    """Yield whether this connection is the only one at work on the import."""
    key: Any = pk.int & 0x7FFF_FFFF_FFFF_FFFF
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        first = cursor.fetchone()[0]
    try:
        yield first
    finally:
        if first:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
