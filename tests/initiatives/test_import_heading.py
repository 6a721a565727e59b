"""The headings of an office's sheet are found and understood, wherever they stand."""

import pytest

from initiatives.imports.columns import Meaning, meaning_of, simplified
from initiatives.imports.heading import find_heading, guess, samples, year_in_title
from kalibaru.core.sheets.grid import Grid

TITLE = ["MATRIKS 2. PROGRAM DAN KEGIATAN PEMERINTAH TAHUN 2025"]


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("Kode", Meaning("code")),
        ("Kode Program", Meaning("programme_code")),
        ("Kode\nKegiatan", Meaning("activity_code")),
        ("Kode Sub Kegiatan", Meaning("sub_activity_code")),
        ("PROGRAM", Meaning("programme_name")),
        ("Nama Program", Meaning("programme_name")),
        ("Program/Kegiatan", Meaning("activity_name")),
        ("Kegiatan", Meaning("activity_name")),
        ("Sub-Kegiatan", Meaning("sub_activity_name")),
        ("Indikator Output", Meaning("output")),
        ("Keluaran", Meaning("output")),
        ("Satuan", Meaning("unit")),
        ("Target 2024", Meaning("target", 2024)),
        ("Target Tahunan 2025", Meaning("target", 2025)),
        ("Realisasi", Meaning("realisation")),
        ("Realisasi 2025 Semester I", Meaning("realisation_s1", 2025)),
        ("Realisasi s.d. Semester II 2025", Meaning("realisation", 2025)),
        ("Anggaran (Rp)", Meaning("budget")),
        ("Indikatif Anggaran (Rp juta) 2024", Meaning("budget", 2024, 10**6)),
        ("Pagu", Meaning("budget")),
        ("Realisasi Anggaran", Meaning("spent")),
        ("Serapan (dalam ribu rupiah)", Meaning("spent", None, 10**3)),
        ("Terpakai (Rp)", Meaning("spent")),
        ("Sumber Pendanaan", Meaning("funding_source")),
        ("Lokasi", Meaning("areas")),
        ("Instansi Pelaksana", Meaning("implementer")),
        ("Lembaga Pelaksana", Meaning("implementer")),
        ("Tahun", Meaning("year")),
        ("Semester", Meaning("semester")),
        ("Keterangan/Kendala", Meaning("note")),
        ("Tujuan SDG", Meaning("sdg_goals")),
        ("Masalah", Meaning("issues")),
        ("Tanggal catatan", Meaning("log_on")),
        ("Catatan kemajuan", Meaning("log_note")),
        ("ID HUB", Meaning("hub_id")),
        ("No", Meaning()),
        ("Capaian (%)", Meaning()),
        ("Status", Meaning()),
        ("Kode Indikator TPB", Meaning()),
        ("", Meaning()),
    ],
)
def test_headings_of_the_action_plan_are_understood(label, meaning):
    assert meaning_of(label) == meaning


def meanings(rows, merged=()):
    grid = Grid([list(row) for row in rows], merged=list(merged))
    grid.spread_merged()
    heading = find_heading(grid)
    return heading, [(one.key, one.year) for one in guess(heading, {})]


def test_heading_on_the_third_row_with_years_below_and_a_row_of_numbers():
    rows = [
        TITLE,
        [],
        ["No", "Kode", "Program", "Target", None, "Anggaran (Rp juta)", None],
        [None, None, None, 2024, 2025, 2024, 2025],
        [1, 2, 3, 4, 5, 6, 7],
        [1, "1.03", "Contoh", 5, 6, 7, 8],
    ]
    expected = [
        ("", None), ("code", None), ("programme_name", None),
        ("target", 2024), ("target", 2025), ("budget", 2024), ("budget", 2025),
    ]  # fmt: skip
    heading, found = meanings(rows)
    assert (heading.first, heading.last, heading.body) == (2, 3, 5)
    assert found == expected
    merged = [(2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 4), (2, 5, 2, 6), (0, 0, 0, 6)]
    heading, found = meanings(rows, merged)
    assert (heading.first, heading.last, heading.body) == (2, 3, 5)
    assert found == expected
    assert year_in_title(Grid(rows), heading) == 2025


def test_three_levels_with_semesters():
    rows = [
        ["Kode", "Kegiatan", "Realisasi", None, None, None],
        [None, None, "2025", None, "2026", None],
        [None, None, "Semester I", "Semester II", "Semester I", "Semester II"],
        ["1.03", "Contoh", 1, 2, 3, 4],
    ]
    heading, found = meanings(rows)
    assert heading.last == 2
    assert found[2:] == [
        ("realisation_s1", 2025),
        ("realisation", 2025),
        ("realisation_s1", 2026),
        ("realisation", 2026),
    ]


def test_a_column_of_years_is_data_not_a_second_heading():
    rows = [["Kode", "Tahun", "Target"], ["1.03", 2024, 5], ["1.03", 2025, 6]]
    heading, found = meanings(rows)
    assert (heading.last, heading.body) == (0, 1)
    assert found == [("code", None), ("year", None), ("target", None)]


def test_a_first_row_of_bare_figures_is_data():
    heading, _found = meanings([["Target", "Realisasi", "Kode"], [2024, 2025, "1.03"]])
    assert heading.body == 1


def test_choice_of_the_organisation_comes_before_the_guess():
    grid = Grid([["Kode", "Uraian", "Volume 2025"]])
    heading = find_heading(Grid([["Kode", "Program", "Satuan"]]))
    heading = type(heading)(0, 0, grid.rows[0], 1)
    remembered = {
        simplified("Uraian"): {"key": "activity_name"},
        simplified("Volume 2025"): {"key": "target", "year": 2025},
    }
    assert [one.key for one in guess(heading, remembered)] == ["code", "activity_name", "target"]


def test_a_meaning_is_given_once():
    heading = find_heading(Grid([["Kode", "Program", "Keterangan", "Catatan"]]))
    assert [one.key for one in guess(heading, {})] == ["code", "programme_name", "note", ""]


def test_sheet_without_headings_has_none():
    assert find_heading(Grid([["a", "b"], [1, 2]])) is None
    assert find_heading(Grid([])) is None


def test_samples_show_the_first_values_of_a_column():
    grid = Grid([["Kode", "Program"], [None], ["1.03", "a"], ["1.04", "b"]])
    assert samples(grid, find_heading(grid), 0) == ["1.03", "1.04"]
