"""What each row of a sheet says, cell by cell, with what is wrong and what could be read otherwise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from initiatives.imports.columns import BY_KEY, CODES, FIGURE, HALF_YEAR, MONEY, NAMES, Meaning, simplified
from initiatives.imports.lookups import Lookups
from initiatives.imports.mapping import Mapping
from initiatives.imports.shown import shown
from kalibaru.core.sheets.grid import Grid
from kalibaru.core.sheets.reading import (
    Reading,
    Unreadable,
    plain_text,
    read_day,
    read_money,
    read_quantity,
    read_semester,
    read_year,
    refuse_broken,
)

_TOTAL = re.compile(r"(grand |sub ?)?(total|jumlah)( .*)?")
# Groups are told once and hold for the rows beneath.
_CARRIED = ("programme_code", "programme_name", "activity_code", "activity_name")
_NESTED = {"programme_code": _CARRIED[2:], "programme_name": _CARRIED[2:]}
Note = tuple[int | None, str, str]


@dataclass
class Told:
    """One row. values: texts and choices; figures: by year; columns: where each value stood, for marking.

    own_code: the narrowest code of the row itself. guessed_level: the field that a column of mere codes was taken for.
    skipped: why the row is none. log: a dated note.
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    figures: dict[int, dict[str, Any]] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    faults: list[Note] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)
    own_code: str = ""
    guessed_level: str = ""
    semester: int | None = None
    log: tuple[date, str] | None = None
    skipped: str = ""

    def fault(self, key: str, words: str) -> None:
        """Say what is wrong with a cell, or with the row if no column gives the field."""
        self.faults.append((self.columns.get(key), str(BY_KEY[key].label), str(words)))


def read_lines(grid: Grid, mapping: Mapping, lookups: Lookups) -> Iterator[Told]:
    """Yield every row with something in it. `grid` has its merged blocks spread."""
    carried: dict[str, Any] = {}
    mapped = mapping.keys()
    for index in range(mapping.heading(grid).body, len(grid.rows)):
        row = grid.rows[index]
        if any(plain_text(cell) for cell in row):
            told = _Row(mapping, lookups, index + 1).read(row)
            _place(told, row, carried, mapped)
            yield told


def _place(told: Told, row: list[Any], carried: dict[str, Any], mapped: set[str]) -> None:
    """Tell a row from totals and group headings; give it what the headings above it say."""
    values = told.values
    generic = values.pop("code", "")
    if generic:
        level = next((name for name in reversed(NAMES) if name in values), "activity_name")
        key = level.replace("_name", "_code")
        values.setdefault(key, generic)
        told.guessed_level = key
        told.columns.setdefault(key, told.columns["code"])
    told.own_code = next((values[key] for key in CODES if values.get(key)), "")
    first = next((plain_text(cell) for cell in row if isinstance(cell, str)), "")
    if _TOTAL.fullmatch(simplified(first)) and not (values.get("output") and values.get("unit")):
        told.skipped = _("baris jumlah")
        return
    if told.skipped:
        return
    for key in _CARRIED:
        if key in values and carried.get(key) not in (None, values[key]):
            for below in _NESTED.get(key, ()):
                carried.pop(below, None)
    carried.update({key: values[key] for key in _CARRIED if key in values})
    said = values.get("output") or values.get("unit") or "sub_activity_name" in values
    if not (said or told.figures or told.log or told.faults):
        told.skipped = _("judul kelompok") if set(values) & {*NAMES, *CODES} else _("tanpa isi yang dikenal")
        return
    for key, value in carried.items():
        values.setdefault(key, value)
    _fill_names(values, mapped)


def _fill_names(values: dict[str, Any], mapped: set[str]) -> None:
    """A sheet with fewer levels than the portal: the level it lacks bears the name of its neighbour."""
    if "activity_name" not in mapped and (name := values.get("sub_activity_name") or values.get("programme_name")):
        values.setdefault("activity_name", name)
    if "programme_name" not in mapped and (name := values.get("activity_name")):
        values.setdefault("programme_name", name)


class _Row:
    """Reads the cells of one row."""

    def __init__(self, mapping: Mapping, lookups: Lookups, number: int):
        self.mapping, self.lookups = mapping, lookups
        self.told = Told(number)
        self.pending: list[tuple[int, Meaning, Any]] = []
        self.year, self.day, self.note = mapping.year, None, ""

    def read(self, row: list[Any]) -> Told:
        """Return what the row says."""
        for column, meaning in enumerate(self.mapping.meanings):
            if not meaning.key:
                continue
            cell = row[column] if column < len(row) else None
            self.told.columns.setdefault(meaning.key, column)
            self._cell(column, meaning, cell)
        for column, meaning, cell in self.pending:
            self._figure(column, meaning, cell)
        self._log()
        return self.told

    def _cell(self, column: int, meaning: Meaning, cell: Any) -> None:
        kind = BY_KEY[meaning.key].kind
        if kind in (FIGURE, MONEY) or meaning.key == "note":
            if plain_text(cell) or cell is not None:
                self.pending.append((column, meaning, cell))
            return
        try:
            self._value(meaning.key, cell)
        except Unreadable as error:
            self._fault(column, meaning.key, error.words)

    def _value(self, key: str, cell: Any) -> None:
        told, text = self.told, self._text(key, cell)
        if not text:
            return
        if key == "year":
            self.year = read_year(cell).value or self.year
        elif key == "semester":
            told.semester = read_semester(cell).value
        elif key == "log_on":
            self.day = read_day(cell).value
        elif key == "log_note":
            self.note = text
        elif key == "implementer":
            if not self.lookups.is_own(text):
                told.skipped = _("pelaksana lain: %(name)s") % {"name": text[:80]}
        else:
            told.values[key] = self.lookups.find(key, text)

    def _text(self, key: str, cell: Any) -> str:
        """Return the text of a cell that fits its field; uncomputed and failed formulas are refused."""
        refuse_broken(cell)
        text = plain_text(cell)
        most = BY_KEY[key].length
        if len(text) > most and key not in ("issues", "areas", "sdg_goals"):
            raise Unreadable(_("Terlalu panjang: paling banyak %(limit)s huruf.") % {"limit": most})
        return text

    def _figure(self, column: int, meaning: Meaning, cell: Any) -> None:
        """Read a figure of a year; it comes last, for the year may stand in a later column."""
        key = meaning.key
        if self.told.semester == 1:
            key = HALF_YEAR.get(key, key)
        try:
            value = self._read_figure(column, key, meaning, cell)
        except Unreadable as error:
            self._fault(column, key, error.words)
            return
        if value in (None, ""):
            return
        year = meaning.year or self.year
        if year is None:
            self._fault(column, key, _("Tahunnya belum diketahui. Pilih tahunnya saat mencocokkan kolom."))
            return
        self.told.figures.setdefault(year, {})[key] = value
        self.told.columns[f"{key}.{year}"] = column

    def _read_figure(self, column: int, key: str, meaning: Meaning, cell: Any) -> Any:
        if key == "note":
            return self._text(key, cell)
        if BY_KEY[key].kind == MONEY:
            reading = read_money(cell, unit=meaning.money or self.mapping.money)
        else:
            reading = read_quantity(cell)
            self._compare_units(column, key, reading)
        if not reading.sure:
            words = _("“%(text)s” dibaca %(value)s") % {
                "text": plain_text(cell)[:40],
                "value": shown(key, reading.value),
            }
            self._doubt(column, key, words)
        return reading.value

    def _compare_units(self, column: int, key: str, reading: Reading) -> None:
        unit = str(self.told.values.get("unit", ""))
        same = {"%": "persen"}
        found, expected = (same.get(one.casefold(), one.casefold()) for one in (reading.unit, unit))
        if found and expected and found != expected:
            words = _("Satuan di sel ini “%(found)s”, di kolom satuan “%(expected)s”.")
            self._doubt(column, key, words % {"found": reading.unit[:40], "expected": unit})

    def _log(self) -> None:
        if self.day and self.note:
            self.told.log = (self.day, self.note)
        elif self.note:
            self.told.fault("log_on", _("Catatan kemajuan perlu tanggalnya."))

    def _fault(self, column: int, key: str, words: Any) -> None:
        self.told.faults.append((column, str(BY_KEY[key].label), str(words)))

    def _doubt(self, column: int, key: str, words: str) -> None:
        self.told.doubts.append((column, str(BY_KEY[key].label), words))
