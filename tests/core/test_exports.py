"""No spreadsheet takes a cell for a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kalibaru.core.exports import defused, export


@given(st.text(max_size=40))
def test_no_exported_text_begins_like_a_formula(text):
    assert not str(defused(text)).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_stay_numbers():
    assert defused(-5) == -5


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_both_formats_carry_the_same_rows(file_format):
    head, rows = ["Judul", "Jumlah"], [["=1+1", 3], ["Air", 4]]
    response = export("contoh", file_format, head, rows)
    assert response["Content-Disposition"] == f'attachment; filename="contoh.{file_format}"'
    if file_format == "csv":
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        read = list(csv.reader(io.StringIO(text)))
        assert read == [head, ["'=1+1", "3"], ["Air", "4"]]
    else:
        sheet = load_workbook(io.BytesIO(response.content)).active
        assert [list(row) for row in sheet.values] == [head, ["'=1+1", 3], ["Air", 4]]
