"""Open what people bring (XLSX, CSV, a paste) as a `Grid`. Formulas give their computed value; nothing is executed."""

import csv
import io
import re
import warnings
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import IO, Any
from zipfile import BadZipFile

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from kalibaru.core.sheets.grid import HOLLOW, MOST_COLUMNS, MOST_ROWS, BadSheet, Grid, Percent
from kalibaru.core.sheets.guard import SheetFacts, inspect

_DELIMITERS = "\t;,|"
_SNIFFED_LINES = 30
CELL_MAX = 5000


def open_sheet(file: IO[bytes], *, sheet: str = "") -> Grid:
    """Return a sheet of a workbook (the named one, else the first visible one), or the rows of a text file.

    Raises BadSheet with words for the person.
    """
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if start.startswith(b"PK\x03\x04"):
        return _open_workbook(file, sheet)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadSheet(
            _("Ini berkas Excel lama atau dikunci kata sandi. Simpan sebagai .xlsx tanpa sandi, lalu kirim lagi.")
        )
    if start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")):
        raise BadSheet(_("Ini bukan lembar kerja. Kirim berkas .xlsx atau .csv."))
    return read_text(decode(file.read()))


# --- text ------------------------------------------------------------------------------------------
def decode(content: bytes) -> str:
    """Return the text of a CSV in whatever code the office's program wrote it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    head = content[:2000]
    if head.count(0) > len(head) // 4:
        # UTF-16 without its mark: the empty halves of Latin letters stand on one side.
        return content.decode("utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be", "replace")
    if 0 in head:
        raise BadSheet(_("Ini bukan lembar kerja. Kirim berkas .xlsx atau .csv."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def read_text(text: str) -> Grid:
    """Return the rows of a CSV or of cells copied from a spreadsheet; the separator is found by itself."""
    text = text.replace("\x00", "")
    lines = text.lstrip("\ufeff")
    if named := re.match(r"sep=(.)\r?\n", lines, re.IGNORECASE):
        delimiter, lines = named[1], lines[named.end() :]
    else:
        delimiter = _delimiter(lines)
    try:
        rows = [
            [value.strip()[:CELL_MAX] or None for value in row]
            for row in islice(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter), MOST_ROWS + 1)
        ]
    except csv.Error:
        raise BadSheet(_("Berkas CSV ini rusak: ada tanda kutip yang tidak ditutup.")) from None
    if len(rows) > MOST_ROWS:
        raise BadSheet(_("Lembar ini terlalu panjang: paling banyak 20.000 baris. Bagi menjadi beberapa berkas."))
    if any(len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]) for row in rows):
        raise BadSheet(_("Lembar ini terlalu lebar: paling banyak 120 kolom. Hapus kolom yang tidak dipakai."))
    return Grid([_trimmed(row[:MOST_COLUMNS]) for row in rows])


def _delimiter(text: str) -> str:
    """Return the separator that splits the first lines into the most columns most evenly."""
    sample = list(islice(io.StringIO(text, newline=""), _SNIFFED_LINES))

    def score(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(usual) * (usual - 1), usual)

    # A comma stands inside Indonesian numbers, so it wins only when nothing else splits the lines.
    strong = max("\t;|", key=score)
    return strong if score(strong)[0] > 0 else ","


# --- workbooks -------------------------------------------------------------------------------------
def _open_workbook(file: IO[bytes], sheet: str) -> Grid:
    facts = inspect(file)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of decorations it does not know; we want values only.
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                return _grid(book, facts, sheet)
            finally:
                book.close()
    except BadSheet:
        raise
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError, EOFError):
        raise BadSheet(
            _("Berkas Excel ini rusak atau tidak lengkap. Simpan ulang sebagai .xlsx, lalu kirim lagi.")
        ) from None


def _grid(book: Any, facts: dict[str, SheetFacts], wanted: str) -> Grid:
    sheets = [one for one in book.worksheets if one.sheet_state == "visible"] or book.worksheets
    if not sheets:
        raise BadSheet(_("Berkas ini tidak berisi lembar."))
    chosen = next((one for one in sheets if one.title == wanted), sheets[0])
    # The path is the only name under which the guard knows a sheet; openpyxl has no public word for it.
    known = facts.get(chosen._worksheet_path.lstrip("/"), SheetFacts())
    grid = Grid([], chosen.title, [one.title for one in sheets], known.merged)
    if known.last_row < 0:
        return grid
    bounds = {"max_row": known.last_row + 1, "max_col": known.last_column + 1}
    grid.rows = [_trimmed([_value(cell) for cell in row]) for row in chosen.iter_rows(**bounds)]
    for row, column in known.hollow:
        line = grid.rows[row]
        line.extend([None] * (column + 1 - len(line)))
        line[column] = HOLLOW
    return grid


def _value(cell: Any) -> Any:
    value = cell.value
    if value is None or isinstance(value, bool | datetime):
        return value
    if isinstance(value, int | float):
        if "%" in cell.number_format:
            return Percent(Decimal(repr(value)) * 100)
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value).strip()[:CELL_MAX] or None


def _trimmed(row: Sequence[Any]) -> list[Any]:
    """Return a row without the empty cells at its end."""
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return list(row[:end])
