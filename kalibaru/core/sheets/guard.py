"""Look through a workbook before a library opens it: macros, bombs, entities, and what streaming does not tell.

Each part is streamed once through expat. That finds document types (and with them every entity attack), counts what is
really there whatever the headers claim, and notes merged blocks and formulas without a computed value.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, Any
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from kalibaru.core.sheets.grid import MOST_COLUMNS, MOST_ROWS, BadSheet

UNPACKED_MAX_BYTES = 120 * 1024 * 1024
PARTS_MAX = 2000
MERGED_MAX = 50_000
_CHUNK = 256 * 1024
_MACRO_PARTS = ("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")
_MACRO_PLACES = ("xl/macrosheets/", "xl/activex/", "xl/dialogsheets/")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BROKEN = _("Berkas Excel ini rusak atau tidak lengkap. Simpan ulang sebagai .xlsx, lalu kirim lagi.")
_TOO_LARGE = _("Isi berkas ini terlalu besar. Kirim paling banyak 20.000 baris, tanpa gambar dan lembar lain.")


@dataclass
class SheetFacts:
    """What one sheet really holds; rows and columns counted from 0. last_row: -1 for none."""

    last_row: int = -1
    last_column: int = -1
    hollow: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def inspect(file: IO[bytes]) -> dict[str, SheetFacts]:
    """Return the facts of each sheet by the path of its part; BadSheet if the workbook is dangerous or broken."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as box:
            members = box.infolist()
            _refuse_macros(box, members)
            if len(members) > PARTS_MAX or sum(member.file_size for member in members) > UNPACKED_MAX_BYTES:
                raise BadSheet(_TOO_LARGE)
            return _facts(box, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, KeyError, ValueError):
        raise BadSheet(_BROKEN) from None
    finally:
        file.seek(0)


def _refuse_macros(box: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename.lower() for member in members]
    active = any(name.endswith(_MACRO_PARTS) or name.startswith(_MACRO_PLACES) for name in names)
    if active or b"macroenabled" in box.read("[Content_Types].xml").lower():
        raise BadSheet(
            _("Berkas ini berisi makro. Simpan sebagai “Excel Workbook (.xlsx)” tanpa makro, lalu kirim lagi.")
        )


def _facts(box: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, SheetFacts]:
    found: dict[str, SheetFacts] = {}
    unpacked = 0
    for member in members:
        name = member.filename
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        scan = _Scan(is_sheet="worksheets/" in name.lower() and name.lower().endswith(".xml"))
        with box.open(member) as part:
            while chunk := part.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > UNPACKED_MAX_BYTES:
                    raise BadSheet(_TOO_LARGE)
                scan.feed(chunk)
        scan.feed(b"", last=True)
        if scan.is_sheet:
            found[name] = scan.facts
    return found


class _Scan:
    """One part of a workbook, streamed."""

    def __init__(self, *, is_sheet: bool):
        self.is_sheet, self.facts = is_sheet, SheetFacts()
        self.row, self.column = -1, -1
        self.formula = self.valued = False
        self.kind = ""
        self.inside = ""
        parser = self.parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        if is_sheet:
            parser.StartElementHandler = self._start
            parser.EndElementHandler = self._end
            parser.CharacterDataHandler = self._text

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Read on; BadSheet if it is no XML."""
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError:
            raise BadSheet(_BROKEN) from None

    def _doctype(self, *_declared: Any) -> None:
        raise BadSheet(_("Berkas ini berisi perintah yang tidak dikenal Excel, jadi tidak kami buka."))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "row":
            # A row or a cell may leave out its place: then it follows the one before.
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif tag == "c":
            self._start_cell(attributes)
        elif tag == "f":
            self.formula = True
        elif tag in ("v", "t"):
            self.inside = tag
        elif tag == "mergeCell" and len(self.facts.merged) < MERGED_MAX:
            self._merge(attributes.get("ref", ""))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.kind, self.formula, self.valued = attributes.get("t", "n"), False, False
        if found := _REFERENCE.fullmatch(attributes.get("r", "")):
            self.column, self.row = _column(found[1]), int(found[2]) - 1
        else:
            self.column += 1

    def _text(self, text: str) -> None:
        if self.inside and text:
            self.valued = True

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag in ("v", "t"):
            self.inside = ""
        if tag != "c":
            return
        hollow = self.formula and not self.valued and self.kind != "str"
        if self.valued or hollow:
            self._occupied(hollow)

    def _occupied(self, hollow: bool) -> None:
        facts = self.facts
        if self.column >= MOST_COLUMNS:
            raise BadSheet(_("Lembar ini terlalu lebar: paling banyak 120 kolom. Hapus kolom yang tidak dipakai."))
        if self.row >= MOST_ROWS:
            raise BadSheet(_("Lembar ini terlalu panjang: paling banyak 20.000 baris. Bagi menjadi beberapa berkas."))
        facts.last_row, facts.last_column = max(facts.last_row, self.row), max(facts.last_column, self.column)
        if hollow:
            facts.hollow.append((self.row, self.column))

    def _merge(self, reference: str) -> None:
        ends = [_REFERENCE.fullmatch(end) for end in reference.replace("$", "").split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            top, left = int(ends[0][2]) - 1, _column(ends[0][1])
            bottom, right = int(ends[1][2]) - 1, _column(ends[1][1])
            self.facts.merged.append((top, left, bottom, min(right, MOST_COLUMNS - 1)))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
