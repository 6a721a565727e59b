"""Hand a sheet back with the wrong cells marked: red ground and a comment that says why."""

import io
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from kalibaru.core.exports import defused
from kalibaru.core.sheets.grid import HOLLOW, Grid, Percent
from kalibaru.core.sheets.opening import open_sheet

_RED = PatternFill("solid", fgColor="FFF4C7C3")
_AUTHOR = "Kalibaru HUB"
# Formulas that reach out of the workbook are not handed back as formulas.
_REACHING = re.compile(r"[\[|]|WEBSERVICE|HYPERLINK|DDE|IMPORT|RTD\(", re.IGNORECASE)


@dataclass(frozen=True)
class Mark:
    """A wrong cell, counted from 0, and what is wrong with it."""

    row: int
    column: int
    words: str


def marked(file: IO[bytes], marks: Iterable[Mark], *, sheet: str, notice: str) -> bytes:
    """Return the same workbook (a CSV as a workbook) with each mark on its cell; `notice` goes to its first cell."""
    grid = open_sheet(file, sheet=sheet)
    file.seek(0)
    is_workbook = file.read(4) == b"PK\x03\x04"
    file.seek(0)
    book = _same(file, grid) if is_workbook else _written(grid)
    page = book[grid.name] if is_workbook else book.active
    for mark in marks:
        cell = page.cell(mark.row + 1, mark.column + 1)
        if isinstance(cell, MergedCell):
            cell = _head_of(page, cell)
        cell.fill = _RED
        before = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(f"{before}{mark.words}"[:2000], _AUTHOR, width=320, height=120)
    first = page.cell(1, 1)
    if not isinstance(first, MergedCell) and first.comment is None:
        first.comment = Comment(notice, _AUTHOR, width=320, height=80)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _same(file: IO[bytes], grid: Grid) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(file, keep_links=False)
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f" and _REACHING.search(_formula(cell.value)):
                    known = grid.cell(cell.row - 1, cell.column - 1) if page.title == grid.name else None
                    cell.value = _plain(known)
                elif cell.hyperlink is not None:
                    cell.hyperlink = None
    return book


def _formula(value: Any) -> str:
    return value if isinstance(value, str) else str(getattr(value, "text", "") or "")


def _plain(value: Any) -> Any:
    if value is HOLLOW:
        return None
    return float(value.value) / 100 if isinstance(value, Percent) else defused(value)


def _written(grid: Grid) -> Workbook:
    book = Workbook()
    for row in grid.rows:
        book.active.append([_plain(value) for value in row])
    for cell in book.active[1]:
        cell.font = Font(bold=True)
    return book


def _head_of(page: Any, cell: Any) -> Any:
    """Return the cell that a merged block shows."""
    block = next(block for block in page.merged_cells.ranges if cell.coordinate in block)
    return page.cell(block.min_row, block.min_col)
