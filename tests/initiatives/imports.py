"""Sheets of programmes, and an import carried as far as a test needs."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from initiatives.imports.heading import find_heading
from initiatives.imports.mapping import Mapping, guessed
from initiatives.models import ProgrammeImport
from initiatives.services import imports as services
from initiatives.services.import_work import open_import, work_on
from tests.core.sheets import workbook

HEAD = ["Kode", "Program", "Kegiatan", "Keluaran", "Satuan", "Sumber pendanaan", "Tahun", "Target", "Anggaran (Rp)"]
FIRST = ["1.03.01", "Contoh program", "Contoh pipa", "Contoh tersambung", "rumah", "APBD", 2026, 100, "Rp 1,5 miliar"]
SECOND = ["1.03.02", "Contoh program", "Contoh hidran", "Contoh hidran", "unit", "APBN", 2026, "12,5", "750.000.000"]


def tsv(*rows: list[Any]) -> str:
    """Return rows as they come from the clipboard."""
    return "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)


def pasted(*rows: list[Any]) -> ContentFile:
    """Return rows as a paste."""
    return ContentFile(tsv(*rows).encode(), name=services.PASTED_NAME)


def uploaded(*rows: list[Any], name: str = "rad.xlsx", **more: Any) -> SimpleUploadedFile:
    """Return rows as an uploaded workbook."""
    return SimpleUploadedFile(name, workbook([list(row) for row in rows], **more))


def mapping_of(row: ProgrammeImport, **changes: Any) -> Mapping:
    """Return what the portal guesses about a sheet."""
    grid = open_import(row)
    mapping = guessed(row.organisation, grid, find_heading(grid))
    for name, value in changes.items():
        setattr(mapping, name, value)
    return mapping


def checked(organisation: Any, upload: Any, actor: Any, **changes: Any) -> ProgrammeImport:
    """Return an import whose rows have been read with the guessed columns."""
    row, _made = services.start_import(organisation, upload, actor=actor)
    services.confirm_columns(row, mapping_of(row, **changes), actor=actor)
    work_on(row.pk)
    row.refresh_from_db()
    return row


def applied(organisation: Any, upload: Any, actor: Any, *, publishes: bool = False, **changes: Any) -> ProgrammeImport:
    """Return an import that has been written."""
    row = checked(organisation, upload, actor, **changes)
    assert row.state == "checked", row.message
    assert not row.counts["wrong"], faults(row)
    services.apply_import(row, digest=row.digest, publishes=publishes, actor=actor)
    work_on(row.pk)
    row.refresh_from_db()
    return row


def verdicts(row: ProgrammeImport) -> list[str]:
    """Return the verdict of each row."""
    return list(row.lines.values_list("verdict", flat=True))


def faults(row: ProgrammeImport) -> list[str]:
    """Return what is wrong, as "row, column: words"."""
    return [f"{line.number} {label}: {words}" for line in row.lines.all() for _column, label, words in line.faults]
