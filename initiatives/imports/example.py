"""A sheet to begin with: the headings the portal knows, and a second page with example rows."""

import io
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from initiatives.imports.columns import BY_KEY

_KEYS = (
    "programme_code", "programme_name", "activity_code", "activity_name", "sub_activity_code", "sub_activity_name",
    "output", "unit", "funding_source", "areas", "issues", "sdg_goals", "year", "target", "realisation_s1",
    "realisation", "budget", "spent_s1", "spent", "note",
)  # fmt: skip
_HEAD = PatternFill("solid", fgColor="FFD9E9EC")


def example_workbook() -> bytes:
    """Return a workbook that reads without a question: once empty, once with three example rows.

    Its headings are Indonesian whatever the reader's language: they are the words of the office.
    """
    with override("id"):
        return _written()


def _written() -> bytes:
    book = Workbook()
    empty, filled = book.active, book.create_sheet(_("Contoh"))
    empty.title = _("Program")
    for sheet in (empty, filled):
        _write_head(sheet)
    for row in _examples():
        filled.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_head(sheet: Any) -> None:
    sheet.append([_with_unit(key) for key in _KEYS])
    for number, cell in enumerate(sheet[1], start=1):
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[get_column_letter(number)].width = max(14, len(str(cell.value)) + 2)
    sheet.freeze_panes = "A2"


def _with_unit(key: str) -> str:
    label = str(BY_KEY[key].label)
    return f"{label} (Rp)" if key in ("budget", "spent", "spent_s1") else label


def _examples() -> list[list[Any]]:
    """Return rows whose names say that they are examples, in forms that offices write."""
    year = timezone.localdate().year
    names = ["1.03", "Contoh: air minum", "1.03.02", "Contoh: perluasan pipa"]
    return [
        [*names, "1.03.02.01", "Contoh: sambungan rumah", "Rumah tersambung", "rumah", "APBD", "RW 01; RW 02", "", 6,
         year, 120, 40, None, "Rp 1,5 miliar", "500.000.000", None, "Contoh keterangan"],
        [*names, "1.03.02.02", "Contoh: hidran umum", "Hidran terpasang", "unit", "APBN", "Kalibaru", "", "6; 11",
         year, 8, 2, None, 640_000_000, 120_000_000, None, None],
        [*names, "1.03.02.02", "Contoh: hidran umum", "Hidran terpasang", "unit", "APBN", "Kalibaru", "", "6; 11",
         year + 1, "10", None, None, "700 juta", None, None, None],
    ]  # fmt: skip
