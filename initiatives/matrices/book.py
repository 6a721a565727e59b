"""A matrix as a workbook: two rows of headings, as the office knows them, and readable by our own import."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from initiatives.matrices.layout import REPEATED, Layout, layout_of
from initiatives.matrices.rows import Choice, MatrixRow, Period, matrix_rows
from initiatives.models import Matrix
from kalibaru.core.exports import defused
from kalibaru.core.sheets.reading import read_money

_GROUND = PatternFill("solid", fgColor="FFD9E9EC")
_UNITS = {1: "Rp", 10**3: "Rp ribu", 10**6: "Rp juta"}
_MONEY = ("budget", "spent")
_WIDE = ("programme_name", "activity_name", "sub_activity_name", "output", "implementer", "areas")
# (key, period or None) of each column of the sheet.
Column = tuple[str, Period | None]


def matrix_workbook(matrix: Matrix, choice: Choice) -> bytes:
    """Return the workbook of one matrix. It is always in Indonesian: the document goes to an Indonesian office."""
    with override("id"):
        layout = layout_of(matrix)
        columns = _columns(layout, choice.periods)
        book = Workbook(write_only=True)
        sheet = book.create_sheet(_("Matriks %(number)s") % {"number": matrix.value})
        _write_head(sheet, matrix, layout, columns, choice)
        _write_rows(sheet, matrix_rows(choice), layout, columns)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


def _columns(layout: Layout, periods: Sequence[Period]) -> list[Column]:
    columns: list[Column] = []
    for key in layout.keys:
        columns.extend([(key, period) for period in periods] if key in REPEATED else [(key, None)])
    return columns


def _write_head(sheet: Any, matrix: Matrix, layout: Layout, columns: list[Column], choice: Choice) -> None:
    for number, (key, _period) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = 32 if key in _WIDE else 15
    sheet.freeze_panes = "A6"
    names = dict(layout.columns)
    who = choice.organisation.name if choice.organisation else _("semua pelaksana")
    sheet.append([_cell(sheet, f"{matrix.label}, {who}", bold=True)])
    sheet.append([_("Susunan kolom belum dikonfirmasi dengan pedoman resmi. Baris bernama “Contoh” adalah peragaan.")])
    sheet.append([])
    upper, lower, before = [], [], ""
    for number, (key, period) in enumerate(columns, start=1):
        heading = names[key] + (f" ({_UNITS[layout.money_unit]})" if key in _MONEY else "")
        upper.append(_cell(sheet, None if key == before else heading, bold=True, ground=True))
        lower.append(_cell(sheet, period.label if period else None, bold=True, ground=True))
        last = number + len(choice.periods) - 1 if period and key != before else number
        if period and key != before and last > number:
            sheet.merged_cells.add(f"{get_column_letter(number)}4:{get_column_letter(last)}4")
        if period is None:
            sheet.merged_cells.add(f"{get_column_letter(number)}4:{get_column_letter(number)}5")
        before = key
    sheet.append(upper)
    sheet.append(lower)


def _write_rows(sheet: Any, rows: Iterable[MatrixRow], layout: Layout, columns: list[Column]) -> None:
    for row in rows:
        sheet.append(
            [
                defused(row.values.get(key)) or None
                if period is None
                else _figure(key, row.figures.get(period, {}).get(key), layout.money_unit)
                for key, period in columns
            ]
        )


def _figure(key: str, value: Any, unit: int) -> Any:
    if not isinstance(value, Decimal):
        return defused(value) or None
    if key not in _MONEY:
        return float(value)
    scaled = float(value / unit)
    # Where a number of the sheet cannot hold the amount to the cent, words can.
    exact = read_money(scaled, unit=unit).value == value
    return scaled if exact else f"Rp{value:f}".replace(".", ",")


def _cell(sheet: Any, value: Any, *, bold: bool = False, ground: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value)
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=ground, vertical="top")
    if ground:
        cell.fill = _GROUND
    return cell
