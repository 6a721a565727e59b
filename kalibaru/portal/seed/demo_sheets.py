"""A demonstration spreadsheet, as staff would paste it: applied once, and a second one that waits for mending."""

from django.core.files.base import ContentFile
from django.utils import timezone

from initiatives.imports.heading import find_heading
from initiatives.imports.mapping import guessed
from initiatives.models import ProgrammeImport, ProgrammeYear
from initiatives.services import imports as services
from initiatives.services.import_work import open_import, work_on
from stakeholders.models import Organisation

_HEAD = "Kode\tProgram\tKegiatan\tKeluaran\tSatuan\tSumber pendanaan\tLokasi\tTujuan SDG\tTahun\tTarget\tAnggaran (Rp)"
_ROWS = (
    "C.01.01\tContoh: penyehatan lingkungan\tContoh: jamban dari cangkang kerang\tJamban terpasang\tunit\tHibah\tRW 01"
    "\t6; 11\t{year}\t25\t62.500.000,00",
    "C.01.02\tContoh: penyehatan lingkungan\tContoh: tong pilah untuk gang\tTong terpasang\tunit\tAPBD\tRW 03; RW 05"
    "\t11; 12\t{year}\t120\tRp 1,2 miliar",
)
_WRONG = (
    "C.01.03\tContoh: penyehatan lingkungan\tContoh: bersih pantai\tKegiatan terlaksana\tkali\tAPBD\tRW 02\t14\t{year}"
    "\tbanyak\tRp1,5 M"
)


def seed_demo_sheets(officer, agency: Organisation) -> None:
    """Make what is missing."""
    if ProgrammeImport.objects.filter(organisation=agency).exists():
        return
    year = timezone.localdate().year
    row = _checked(agency, [line.format(year=year) for line in _ROWS], officer)
    services.apply_import(row, digest=row.digest, publishes=True, actor=officer)
    work_on(row.pk)
    figures = ProgrammeYear.objects.filter(
        programme__organisation=agency, programme__activity_code="C.01.01", year=year
    )
    figures.update(realisation_s1=10, spent_s1=24_000_000)
    _checked(agency, [_WRONG.format(year=year)], officer)


def _checked(agency: Organisation, lines: list[str], officer) -> ProgrammeImport:
    text = "\n".join([_HEAD, *lines])
    row, _new = services.start_import(agency, ContentFile(text.encode(), name=services.PASTED_NAME), actor=officer)
    grid = open_import(row)
    heading = find_heading(grid)
    if heading is None:
        raise ValueError("the demonstration sheet has no headings")
    services.confirm_columns(row, guessed(agency, grid, heading), actor=officer)
    work_on(row.pk)
    row.refresh_from_db()
    return row
