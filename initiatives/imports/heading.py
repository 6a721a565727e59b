"""Find the headings of a sheet, on one row or several, and what stands under each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from initiatives.imports.columns import HALF_YEAR, YEARLY, Meaning, meaning_of, simplified
from kalibaru.core.sheets.grid import Grid
from kalibaru.core.sheets.reading import plain_text

SEARCHED_ROWS = 30
MOST_LEVELS = 4
_SUBHEADING = re.compile(
    r"(tahun )?20\d\d( .*)?|(semester|smt|sem) ?(1|2|i|ii)( .*)?|rp|rupiah|kode|nama|target|realisasi|anggaran|pagu"
    r"|capaian( %)?|%|rp juta|juta|uraian|fisik|keuangan|volume|satuan|terpakai"
)


@dataclass(frozen=True)
class Heading:
    """Where the headings stand (rows counted from 0, `last` included), the label of each column, where rows begin."""

    first: int
    last: int
    labels: list[str]
    body: int


def find_heading(grid: Grid) -> Heading | None:
    """Return the block of rows whose words look most like headings; None if no row has two of them."""
    scores = [_score(grid.rows[row]) for row in range(min(SEARCHED_ROWS, len(grid.rows)))]
    best = max(scores, default=0)
    if best < 2:
        return None
    first = next(row for row, score in enumerate(scores) if score >= max(2, best * 0.6))
    last = first
    while last + 1 < len(grid.rows) and last + 1 - first < MOST_LEVELS and _continues(grid, last + 1):
        last += 1
    return heading_at(grid, first, last)


def heading_at(grid: Grid, first: int, last: int) -> Heading:
    """Return the headings of given rows: the levels of a column joined, top to bottom."""
    width = grid.width
    levels = [[plain_text(grid.cell(row, column)) for column in range(width)] for row in range(first, last + 1)]
    for upper, lower in reversed(list(pairwise(levels))):
        # Without merged cells only the first of a group carries the upper word; from the bottom up, so that each
        # level is complete before the one above it looks.
        for column in range(1, width):
            if not upper[column] and lower[column] and _is_sub(lower[column]):
                upper[column] = upper[column - 1]
    labels = [" ".join(dict.fromkeys(level[column] for level in levels if level[column])) for column in range(width)]
    body = last + 1
    if body < len(grid.rows) and _is_numbering(grid.rows[body]):
        body += 1
    return Heading(first, last, labels, body)


def guess(heading: Heading, remembered: Mapping[str, dict[str, Any]]) -> list[Meaning]:
    """Return the meaning of each column: what the organisation chose before for such a heading, else by its words.

    A meaning is given once (for a figure: once a year); the first column gets it.
    """
    taken: set[tuple[str, int | None]] = set()
    meanings = []
    for label in heading.labels:
        known = remembered.get(simplified(label)) if label else None
        meaning = Meaning(known["key"], known.get("year"), known.get("money")) if known else meaning_of(label)
        place = (meaning.key, meaning.year)
        if meaning.key and place in taken:
            meaning = Meaning()
        taken.add(place)
        meanings.append(meaning)
    return meanings


def year_in_title(grid: Grid, heading: Heading) -> int | None:
    """Return the one year that the lines above the headings name ("MATRIKS 4 TAHUN 2025")."""
    above = " ".join(plain_text(cell) for row in grid.rows[: heading.first] for cell in row)
    years = set(re.findall(r"\b20\d\d\b", above))
    return int(years.pop()) if len(years) == 1 else None


def samples(grid: Grid, heading: Heading, column: int, most: int = 3) -> list[str]:
    """Return the first values under a heading, as people read them."""
    values = (plain_text(row[column]) for row in grid.rows[heading.body :] if column < len(row))
    return [value[:60] for value in _first(filter(None, values), most)]


def _first(values: Iterator[str], most: int) -> list[str]:
    return [value for value, _number in zip(values, range(most), strict=False)]


def _score(row: list[Any]) -> int:
    """Return how many different fields the words of a row name; long sentences are no headings."""
    keys = {meaning_of(cell).key for cell in row if isinstance(cell, str) and len(cell) < 80}
    return len({key.removesuffix("_s1") if key in HALF_YEAR.values() else key for key in keys if key})


def _continues(grid: Grid, row: int) -> bool:
    """Return whether a row under headings only divides them further."""
    words = [(column, plain_text(cell)) for column, cell in enumerate(grid.rows[row]) if plain_text(cell)]
    fresh = [(column, word) for column, word in words if word != plain_text(grid.cell(row - 1, column))]
    if not words or not all(_is_sub(word) for _column, word in fresh):
        return False
    # A row of rows: a year in a column of its own ("Tahun") is data, not a heading.
    above = [meaning_of(plain_text(grid.cell(row - 1, column))).key for column, _word in fresh]
    return all(key in (*YEARLY, "", "activity_name", "programme_name", "sub_activity_name") for key in above)


def _is_sub(word: str) -> bool:
    return bool(_SUBHEADING.fullmatch(simplified(word)))


def _is_numbering(row: list[Any]) -> bool:
    """Return whether a row counts the columns: 1 2 3 … or (1) (2) (3)."""
    found = [re.fullmatch(r"\(?(\d{1,2})\)?", plain_text(cell)) for cell in row if plain_text(cell)]
    numbers = [int(match[1]) for match in found if match]
    return (
        len(found) >= 3 and len(numbers) == len(found) and numbers == list(range(numbers[0], numbers[0] + len(found)))
    )
