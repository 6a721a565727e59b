"""A wrong sheet comes back as it was, with the wrong cells marked."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from kalibaru.core.sheets.marking import Mark, marked
from tests.core.sheets import minimal, saved, workbook

NOTICE = "Perbaiki sel merah."


def returned(content, *marks, sheet=""):
    return load_workbook(io.BytesIO(marked(io.BytesIO(content), marks, sheet=sheet, notice=NOTICE)))


@pytest.mark.parametrize(
    "make", [workbook, minimal, lambda rows: "\n".join(";".join(map(str, r)) for r in rows).encode()]
)
def test_wrong_cell_is_red_and_says_why(make):
    page = returned(make([["Kode", "Target"], ["1.03", "banyak"]]), Mark(1, 1, "Tulis angkanya saja.")).active
    assert [[cell.value for cell in row] for row in page] == [["Kode", "Target"], ["1.03", "banyak"]]
    assert page["B2"].comment.text == "Tulis angkanya saja."
    assert page["B2"].fill.fgColor.rgb == "FFF4C7C3"
    assert page["A2"].comment is None
    assert page["A1"].comment.text == NOTICE


def test_two_faults_of_a_cell_stand_in_one_comment_and_a_merged_cell_is_marked_at_its_head():
    page = returned(workbook([["a", None], [1, 2]], merged=("A1:B1",)), Mark(0, 1, "Satu."), Mark(0, 0, "Dua.")).active
    assert page["A1"].comment.text == "Satu.\nDua."


def test_other_sheets_and_formats_stay_and_what_reaches_out_is_taken_off():
    book = Workbook()
    book.active.title = "Depan"
    book.active["A1"] = '=WEBSERVICE("http://x.example")'
    page = book.create_sheet("RAD")
    page["A1"], page["A2"], page["A3"] = "=SUM(B1:B2)", "=cmd|' /C calc'!A0", "taut"
    page["A3"].hyperlink = "http://x.example"
    page["B1"].number_format = "0.0%"
    page["B1"] = 0.5
    back = returned(saved(book), Mark(0, 1, "Salah."), sheet="RAD")
    assert back.sheetnames == ["Depan", "RAD"]
    assert back["RAD"]["A1"].value == "=SUM(B1:B2)"
    assert back["RAD"]["A2"].value is None
    assert back["RAD"]["A3"].hyperlink is None
    assert back["RAD"]["B1"].number_format == "0.0%"
    assert back["Depan"]["A1"].value is None


def test_text_that_looks_like_a_formula_is_defused():
    assert returned(b"a;b\n=1+1;x\n", Mark(1, 1, "Salah.")).active["A2"].value == "'=1+1"
