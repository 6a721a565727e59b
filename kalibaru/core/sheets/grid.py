"""A sheet as rows of plain values, wherever it came from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise

MOST_ROWS = 20_000
MOST_COLUMNS = 120


@dataclass(frozen=True, slots=True)
class Percent:
    """A cell that a spreadsheet shows as a percentage; 12,5% has the value 12.5."""

    value: Decimal


class _Hollow:
    """The cell of a formula that nobody has computed."""

    def __repr__(self) -> str:
        return "HOLLOW"


HOLLOW: Final = _Hollow()


class BadSheet(Exception):
    """A file that cannot be read as a sheet; the message is for the person."""

    def __init__(self, words: str | Promise):
        super().__init__(words)
        self.words = words


@dataclass
class Grid:
    """Rows of values: str, int, float, date, bool, Percent, HOLLOW or None. Row 0 is the sheet's first row.

    merged: (top, left, bottom, right), counted from 0. sheets: the names one can choose from.
    """

    rows: list[list[Any]]
    name: str = ""
    sheets: Sequence[str] = ()
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Any:
        """Return a value, None outside the sheet."""
        line = self.rows[row] if 0 <= row < len(self.rows) else []
        return line[column] if column < len(line) else None

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max(map(len, self.rows), default=0)

    def spread_merged(self) -> None:
        """Write the value of each merged block into all its cells, as a person sees it."""
        for top, left, bottom, right in self.merged:
            value = self.cell(top, left)
            if value is None:
                continue
            for row in self.rows[top : bottom + 1]:
                row.extend([None] * (right + 1 - len(row)))
                row[left : right + 1] = [value] * (right + 1 - left)


def column_letters(column: int) -> str:
    """Return the letters a spreadsheet gives a column, counted from 0: A, B, … AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
