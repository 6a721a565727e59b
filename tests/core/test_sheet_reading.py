"""Numbers, money and days are read as Indonesian offices write them, and doubt is told."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils.formats import number_format
from hypothesis import given
from hypothesis import strategies as st

from kalibaru.core.sheets.grid import HOLLOW, Percent
from kalibaru.core.sheets.reading import (
    Unreadable,
    plain_text,
    read_day,
    read_money,
    read_quantity,
    read_semester,
    read_year,
)

MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September"]
MONTHS += ["Oktober", "November", "Desember"]
amounts = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("cell", "value", "sure"),
    [
        ("1.500.000,00", "1500000", True),
        ("Rp 2,5 miliar", "2500000000", True),
        ("Rp1,5 M", "1500000000", False),
        ("rp. 750 ribu", "750000", True),
        ("1,2 triliun", "1200000000000", True),
        ("Rp 1.500.000,-", "1500000", True),
        ("Rp1.500.000 rupiah", "1500000", True),
        ("1,500,000.50", "1500000.50", True),
        ("1.500", "1500", True),
        ("1,500", "1500", False),
        ("1.250 juta", "1250000000", False),
        ("1 500 000", "1500000", True),
        (1500000, "1500000", True),
        (1500000.5, "1500000.50", True),
        (Decimal("0.1"), "0.10", True),
        ("'-", None, True),
        ("Rp -", None, True),
        ("–", None, True),
        (None, None, True),
    ],
)
def test_money_is_read_in_office_forms(cell, value, sure):
    found = read_money(cell)
    assert (found.value, found.sure) == (None if value is None else Decimal(value), sure)


def test_unit_of_a_column_counts_unless_the_cell_says_its_own():
    assert read_money(1500, unit=10**6).value == 1_500_000_000
    assert read_money("2,5", unit=10**6).value == 2_500_000
    assert read_money("Rp 2,5 miliar", unit=10**6).value == 2_500_000_000
    assert not read_money("Rp 1.500.000", unit=10**6).sure


@pytest.mark.parametrize(
    ("cell", "value", "sure", "unit"),
    [
        ("12,5", "12.5", True, ""),
        ("12.5", "12.5", True, ""),
        ("1.500", "1500", True, ""),
        ("1,500", "1.5", False, ""),
        ("0,125", "0.13", True, ""),
        ("12,5%", "12.5", True, "%"),
        (Percent(Decimal("12.5")), "12.5", True, "%"),
        ("100 orang", "100", True, "orang"),
        ("10 m", "10", True, "m"),
        ("1,5 juta orang", "1500000", True, "orang"),
        (0.1 + 0.2, "0.30", True, ""),
        ("belum ada", None, True, ""),
    ],
)
def test_quantities_are_read_with_their_unit(cell, value, sure, unit):
    found = read_quantity(cell)
    assert (found.value, found.sure, found.unit) == (None if value is None else Decimal(value), sure, unit)


@pytest.mark.parametrize(
    "cell",
    ["-5", "(500)", "banyak", "1.50.000", "1..5", "1,2.3,4", "1e9", "٣", "9" * 30, "#REF!", "#DIV/0!", "=1+1"],
)
@pytest.mark.parametrize("read", [read_money, read_quantity])
def test_what_is_no_number_is_refused_with_words(read, cell):
    with pytest.raises(Unreadable) as refused:
        read(cell)
    assert str(refused.value.words)


@pytest.mark.parametrize("cell", [True, date(2024, 2, 6), HOLLOW, -1, 10**16])
def test_cells_that_hold_no_number_are_refused(cell):
    for read in (read_money, read_quantity):
        with pytest.raises(Unreadable):
            read(cell)


@pytest.mark.parametrize("cell", ["5 lusin", "10%", Percent(Decimal(10))])
def test_what_is_no_money_is_refused(cell):
    with pytest.raises(Unreadable):
        read_money(cell)


@given(amounts)
def test_every_amount_comes_back_from_its_indonesian_form(amount):
    text = number_format(amount, decimal_pos=2, force_grouping=True)
    for form in (text, f"Rp {text}", f"Rp{text}", f"{text}  "):
        assert read_money(form).value == amount
    assert read_quantity(text).value == amount


@given(st.integers(min_value=0, max_value=10**8), st.sampled_from([("ribu", 3), ("juta", 6), ("jt", 6)]))
def test_spoken_amounts_are_multiplied(hundredths, word):
    text = number_format(Decimal(hundredths) / 100, decimal_pos=2, force_grouping=True)
    assert read_money(f"Rp {text} {word[0]}").value == Decimal(hundredths) / 100 * 10 ** word[1]


@given(
    st.one_of(st.text(max_size=30), st.text("0123456789.,-RpMjutaibl %/()", max_size=16), st.floats(), st.integers())
)
def test_no_cell_breaks_a_reader(cell):
    if isinstance(cell, float) and (cell != cell or cell in (float("inf"), float("-inf"))):
        return
    for read in (read_money, read_quantity, read_day, read_year, read_semester):
        try:
            read(cell)
        except Unreadable as error:
            assert str(error.words)
    plain_text(cell)


@given(days)
def test_every_day_comes_back_from_each_form(day):
    forms = [
        day,
        datetime(day.year, day.month, day.day, 9, 30),
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{day.day} {MONTHS[day.month - 1][:3].lower()} {day.year}",
        f"Selasa, {day.day} {MONTHS[day.month - 1]} {day.year}",
        day.isoformat(),
    ]
    assert {read_day(form).value for form in forms} == {day}


def test_the_day_comes_first():
    assert read_day("06/02/2024").value == date(2024, 2, 6)
    assert read_day("6 Februari 2024").value == date(2024, 2, 6)
    assert not read_day("06/02/24").sure
    assert not read_day(45328).sure
    assert read_day(45328).value == date(2024, 2, 6)


@pytest.mark.parametrize("cell", ["02/13/2024", "31/02/2024", "1 Brumaire 2024", "kemarin", "06/02/1824", 5, "2024"])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(Unreadable):
        read_day(cell)


@pytest.mark.parametrize("cell", [2024, 2024.0, "2024", "TA 2024", "Tahun 2024", date(2024, 2, 6), "06/02/2024"])
def test_years_are_read(cell):
    assert read_year(cell).value == 2024


@pytest.mark.parametrize("cell", [1999, "2101", "2024–2026", "dua ribu", 2024.5, "20245"])
def test_what_is_no_year_is_refused(cell):
    with pytest.raises(Unreadable):
        read_year(cell)


@pytest.mark.parametrize(
    ("cell", "number"), [("Semester I", 1), ("Smt. 2", 2), ("S1", 1), ("II", 2), (2, 2), ("", None)]
)
def test_semesters_are_read(cell, number):
    assert read_semester(cell).value == number


def test_apostrophe_of_our_own_exports_is_taken_off():
    assert plain_text("'=1+1") == "=1+1"
    assert plain_text("  baris\nsatu\u00a0 dua ") == "baris satu dua"
