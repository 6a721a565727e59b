"""Sheets are opened whoever wrote them, and a hostile one is refused with words."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from kalibaru.core.sheets.grid import HOLLOW, BadSheet, Percent, column_letters
from kalibaru.core.sheets.opening import decode, open_sheet, read_text
from tests.core.sheets import minimal, packed, saved, workbook

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ROWS = [["Kode", "Anggaran"], ["1.03", "2.500.000,00"], ["1.04", "été"]]


def opened(content, **more):
    return open_sheet(io.BytesIO(content), **more)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_in_every_code_and_with_every_separator(delimiter, encoding):
    text = "\r\n".join(delimiter.join(row) for row in ROWS)
    assert opened(text.encode(encoding)).rows == ROWS


def test_commas_separate_when_nothing_else_does():
    assert opened(b'Kode,Anggaran\n1.03,"2.500.000,00"\n').rows == [["Kode", "Anggaran"], ["1.03", "2.500.000,00"]]


def test_named_separator_of_excel_is_obeyed():
    assert read_text("sep=,\na;b,c\n").rows == [["a;b", "c"]]


def test_pasted_cells_may_hold_line_breaks():
    assert read_text('a\t"satu\ndua"\nb\tc').rows == [["a", "satu\ndua"], ["b", "c"]]


@pytest.mark.parametrize("make", [workbook, minimal])
def test_workbooks_of_different_programs_read_the_same(make):
    assert opened(make([["Kode", 2024], ["1.03", 12.5], [None, "x"]])).rows == [
        ["Kode", 2024],
        ["1.03", 12.5],
        [None, "x"],
    ]


def test_dates_and_percentages_keep_their_meaning():
    book = Workbook()
    book.active.append([datetime(2024, 2, 6), date(2024, 2, 6), 0.125, True])
    book.active["C1"].number_format = "0.0%"
    values = opened(saved(book)).rows[0]
    assert values[:2] == [datetime(2024, 2, 6), datetime(2024, 2, 6)]
    assert values[2:] == [Percent(Decimal("12.500")), True]


def test_formula_gives_its_computed_value_and_says_when_it_has_none():
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v></v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="str"><f>"a"</f><v>a</v></c>'
    )
    sheet = f'<worksheet {MAIN}><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    assert opened(minimal([], sheet=sheet)).rows == [[2, HOLLOW, HOLLOW, None, "a"]]


def test_merged_blocks_are_spread():
    grid = opened(workbook([["Target", None, "x"], ["a", "b", None]], merged=("A1:B1",)))
    grid.spread_merged()
    assert grid.rows == [["Target", "Target", "x"], ["a", "b"]]


def test_sheet_is_chosen_by_name_and_hidden_ones_are_left_out():
    book = Workbook()
    book.active.title = "Depan"
    book.create_sheet("RAD").append(["isi"])
    book.create_sheet("Rahasia").sheet_state = "hidden"
    grid = opened(saved(book), sheet="RAD")
    assert (grid.name, list(grid.sheets), grid.rows) == ("RAD", ["Depan", "RAD"], [["isi"]])


def test_claimed_dimension_is_not_believed():
    sheet = (
        f'<worksheet {MAIN}><dimension ref="A1:XFD1048576"/><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
        "</sheetData></worksheet>"
    )
    assert opened(minimal([], sheet=sheet)).rows == [[1]]


def refused(content) -> str:
    with pytest.raises(BadSheet) as error:
        opened(content)
    return str(error.value.words)


def test_macro_is_refused():
    assert "makro" in refused(minimal([["x"]], more={"xl/vbaProject.bin": "x"}))
    kind = '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    assert "makro" in refused(minimal([["x"]], more={"[Content_Types].xml": kind}))


def test_bomb_is_refused_before_it_is_unpacked():
    assert "terlalu besar" in refused(minimal([["x"]], more={"xl/media/a.xml": "<a>" + " " * 130_000_000 + "</a>"}))


def test_entities_are_refused():
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    row = '<row><c t="inlineStr"><is><t>&b;</t></is></c></row>'
    sheet = f"{bomb}<worksheet {MAIN}><sheetData>{row}</sheetData></worksheet>"
    assert "tidak kami buka" in refused(minimal([], sheet=sheet))
    assert "tidak kami buka" in refused(minimal([], sheet=sheet.encode("utf-16")))


def test_external_links_are_left_alone():
    link = {"xl/externalLinks/externalLink1.xml": f"<externalLink {MAIN}/>"}
    sheet = f"<worksheet {MAIN}><sheetData><row><c><f>[1]Lain!A1</f><v>7</v></c></row></sheetData></worksheet>"
    assert opened(minimal([], sheet=sheet, more=link)).rows == [[7]]


@pytest.mark.parametrize(("place", "words"), [("A20001", "panjang"), ("EA1", "lebar")])
def test_too_long_or_too_wide_is_refused(place, words):
    sheet = f'<worksheet {MAIN}><sheetData><row><c r="{place}"><v>1</v></c></row></sheetData></worksheet>'
    assert words in refused(minimal([], sheet=sheet))


def test_text_that_is_too_long_or_too_wide_is_refused():
    assert "panjang" in refused(b"a;b\n" * 20_001)
    assert "lebar" in refused(b";".join([b"a"] * 121))


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 potongan",
        workbook([["x"]])[:-300],
        packed({"a.txt": "x"}),
        packed({"[Content_Types].xml": "<Types/>"}),
        minimal([], sheet="<worksheet>"),
        minimal([], sheet=f'<worksheet {MAIN}><sheetData><row r="x"><c/></row></sheetData></worksheet>'),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 lama",
        b"%PDF-1.4",
        b"\x01\x00\x02\x03",
    ],
)
def test_broken_or_foreign_files_are_told_apart_with_words(content):
    assert refused(content).startswith(("Berkas", "Ini"))


def test_encrypted_member_is_no_crash():
    content = bytearray(minimal([["x"]]))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as box:
        start = box.infolist()[0].header_offset
    content[start + 6] |= 1
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    assert refused(bytes(content))


def test_decode_forgives_broken_letters():
    assert decode(b"\xff\xfea") == "\ufffd"


def test_columns_have_the_letters_of_a_spreadsheet():
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
