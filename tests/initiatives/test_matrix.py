"""The matrices of the action plan: filled, configurable, and read back without a change."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from initiatives.models import MatrixLayout, ProgrammeYear, Target
from tests.factories import AreaFactory, OrganisationFactory, ProgrammeFactory
from tests.initiatives.imports import checked, faults, verdicts
from tests.initiatives.shared import joint_initiative

pytestmark = pytest.mark.django_db
URL = "/programmes/matrix/download.xlsx"


@pytest.fixture
def programmes(agency, waste, kalibaru):
    """Two public programmes with two years each, and one without a code."""
    AreaFactory(code="31.72.04.1004.RW01", level="rw", name="RW 01")
    rows = [
        ProgrammeFactory(
            organisation=agency, activity_code="1.03.01", programme_name="=Contoh rumus", sdg_goals=[6, 11]
        ),
        ProgrammeFactory(organisation=agency, activity_code="", output="Contoh, dengan koma"),
    ]
    for row in rows:
        row.issues.set([waste])
        row.areas.set([kalibaru])
        figures = {"target": "1250.50", "realisation_s1": 10, "realisation": "33.33", "spent_s1": "0.01"}
        ProgrammeYear.objects.create(programme=row, year=2025, budget="1234567.89", spent=1_000_000_000, **figures)
        ProgrammeYear.objects.create(programme=row, year=2026, target=7, note="Contoh; kendala")
    return rows


def sheet(client, **query):
    answer = client.get(URL, {"first": "2025", "last": "2026", **query})
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer, load_workbook(io.BytesIO(answer.content)).active


def test_government_plan_has_its_columns_by_year(client, programmes):
    answer, page = sheet(client, matrix="2")
    assert "matriks-2-2025-2026.xlsx" in answer["Content-Disposition"]
    rows = [list(row) for row in page.values]
    assert "belum dikonfirmasi" in rows[1][0]
    head = rows[3]
    place = head.index("Target")
    assert rows[4][place : place + 2] == ["2025", "2026"]
    assert head[place + 2] == "Anggaran (Rp juta)"
    first = next(row for row in rows[5:] if row[2] == "1.03.01")
    assert first[place : place + 3] == [1250.5, 7, 1.23456789]
    assert first[1] == "'=Contoh rumus"
    assert first[head.index("Lokasi")] == "Kelurahan Kalibaru"


def test_realisation_by_semester_says_what_is_no_data(client, programmes):
    _answer, page = sheet(client, matrix="4", semester="on")
    rows = list(page.values)
    place = rows[3].index("Realisasi")
    assert rows[4][place : place + 4] == ("2025 Semester I", "2025", "2026 Semester I", "2026")
    assert rows[5][place : place + 4] == (10, 33.33, None, None)
    status = rows[3].index("Status")
    assert rows[5][status : status + 4] == ("Belum tercapai", "Belum tercapai", "Belum ada data", "Belum ada data")


@pytest.mark.parametrize("query", [{"matrix": "2"}, {"matrix": "4"}, {"matrix": "4", "semester": "on"}])
def test_what_is_exported_is_imported_without_a_change(client, agency, dewi, programmes, query):
    answer, _page = sheet(client, organisation=agency.slug, **query)
    row = checked(agency, SimpleUploadedFile("matriks.xlsx", answer.content), dewi)
    assert faults(row) == []
    assert verdicts(row) == ["unchanged", "unchanged"]


def test_partners_plan_lists_their_initiatives(client, ngo, agency, waste, kalibaru):
    initiative = joint_initiative(
        ngo, agency, issues=[waste], areas=[kalibaru], title="Contoh kerja bersama", budget=5_000_000
    )
    Target.objects.create(initiative=initiative, name="Contoh warga terlatih", unit="orang", goal=50, reached=20)
    joint_initiative(agency, title="Contoh dipimpin pemerintah")
    ProgrammeFactory(organisation=OrganisationFactory(platform="business"), activity_name="Contoh TJSL")
    _answer, page = sheet(client, matrix="3")
    names = [row[0] for row in list(page.values)[5:]]
    assert names == ["Contoh program", "Contoh kerja bersama"]
    _answer, page = sheet(client, matrix="5")
    rows = list(page.values)
    line = rows[6]
    assert line[rows[3].index("Realisasi") + 1] == 20
    assert line[rows[3].index("Capaian (%)") + 1] == 40


def test_drafts_and_suspended_organisations_are_in_no_matrix(client, agency, programmes):
    programmes[0].state = "draft"
    programmes[0].save()
    assert sheet(client, matrix="2")[1].max_row == 6
    agency.state = "suspended"
    agency.save()
    assert sheet(client, matrix="2")[1].max_row == 5


def test_secretariat_sets_other_columns(client, programmes):
    MatrixLayout.objects.create(matrix="2", columns="output = Hasil\ntarget = Sasaran\nbudget = Pagu", money_unit=1)
    _answer, page = sheet(client, matrix="2")
    assert [cell for cell in list(page.values)[3] if cell] == ["Hasil", "Sasaran", "Pagu (Rp)"]


@pytest.mark.parametrize("columns", ["", "apa = Judul", "output = A\noutput = B", "output =", "output"])
def test_layout_that_nothing_can_fill_is_refused(columns):
    with pytest.raises(ValidationError):
        MatrixLayout(matrix="2", columns=columns).full_clean()


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"matrix": "9"},
        {"matrix": "2", "first": "x"},
        {"matrix": "2", "first": "2001"},
        {"matrix": "2", "last": "2020"},
    ],
)
def test_odd_choices_are_told(client, query):
    assert client.get(URL, {"first": "2025", "last": "2026", **query}).status_code == 400


def test_page_says_that_the_layout_is_unconfirmed(client, programmes, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        page = client.get("/programmes/matrix/").content.decode()
    assert "belum dikonfirmasi" in page


def test_matrix_costs_the_same_queries_for_many_rows(client, agency, django_assert_max_num_queries):
    for _number in range(20):
        ProgrammeFactory(organisation=agency)
    with django_assert_max_num_queries(14):
        sheet(client, matrix="2")
