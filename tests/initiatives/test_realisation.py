"""The grid of a year's realisation: versioned row by row, and targets carried into the next year."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from initiatives.models import ProgrammeYear
from initiatives.services import realisation as services
from kalibaru.notifications.models import Event
from tests.factories import OrganisationFactory, ProgrammeFactory
from tests.initiatives.programmes import person

pytestmark = pytest.mark.django_db
GRID = "/programmes/realisation/"


@pytest.fixture
def staff(client, dewi):
    client.force_login(dewi)
    return client


@pytest.fixture
def two(agency):
    """Two programmes with a line for 2026."""
    rows = [ProgrammeFactory(organisation=agency, activity_code=f"1.{n}", activity_name=f"Contoh {n}") for n in (1, 2)]
    for row in rows:
        ProgrammeYear.objects.create(programme=row, year=2026, target=100, budget=5_000_000)
    return rows


def typed(page, programme, **cells):
    """Return what the browser would send, with some cells typed over."""
    data = {}
    for form in page.context["forms"]:
        for field in form:
            data[field.html_name] = field.value() if field.value() is not None else ""
            if field.field.show_hidden_initial:
                data[field.html_initial_name] = data[field.html_name]
    for name, value in cells.items():
        data[f"{programme.pk.hex}-{name}"] = value
    return data


def test_only_what_was_typed_is_written(staff, agency, dewi, two):
    page = staff.get(GRID, {"year": "2026"})
    data = typed(page, two[0], realisation="1.250,5", spent="Rp 1,5 juta", realisation_s1="40", note="Contoh")
    assert staff.post(f"{GRID}?year=2026", data).status_code == 302
    year = two[0].years.get()
    assert (float(year.realisation), year.spent, year.realisation_s1, year.note) == (1250.5, 1_500_000, 40, "Contoh")
    assert (year.target, year.budget) == (100, 5_000_000)
    event = Event.objects.get(kind="initiatives.realisation_recorded")
    assert (event.payload["changed"], event.payload["year"], event.audience) == (1, "2026", "public")


def test_a_year_without_a_line_gets_one(staff, two):
    page = staff.get(GRID, {"year": "2030"})
    assert staff.post(f"{GRID}?year=2030", typed(page, two[1], realisation="7")).status_code == 302
    assert two[1].years.get(year=2030).realisation == 7
    assert not two[0].years.filter(year=2030).exists()


def test_row_that_somebody_else_changed_is_kept_as_typed_and_the_others_are_saved(staff, two):
    page = staff.get(GRID, {"year": "2026"})
    data = typed(page, two[0], realisation="41") | {f"{two[1].pk.hex}-realisation": "42"}
    row = two[0].years.get()
    row.realisation = 39
    row.save()
    answer = staff.post(f"{GRID}?year=2026", data)
    assert answer.status_code == 409
    words = answer.content.decode()
    assert "Orang lain sudah mengubah baris ini" in words
    assert 'value="41"' in words
    assert two[0].years.get().realisation == 39
    assert two[1].years.get().realisation == 42
    again = typed(answer, two[0])
    form = next(form for form in answer.context["forms"] if form.programme == two[0])
    again |= {form["realisation"].html_initial_name: "", f"{two[0].pk.hex}-realisation": "41"}
    assert staff.post(f"{GRID}?year=2026", again).status_code == 302
    assert two[0].years.get().realisation == 41


def test_wrong_cell_is_told_beside_it_and_kept(staff, two):
    page = staff.get(GRID, {"year": "2026"})
    answer = staff.post(f"{GRID}?year=2026", typed(page, two[0], realisation="banyak"))
    assert answer.status_code == 400
    assert 'value="banyak"' in answer.content.decode()
    assert two[0].years.get().realisation is None


def test_untouched_grid_writes_nothing(staff, two):
    page = staff.get(GRID, {"year": "2026"})
    assert staff.post(f"{GRID}?year=2026", typed(page, two[0])).status_code == 302
    assert not Event.objects.filter(kind="initiatives.realisation_recorded").exists()


@pytest.mark.parametrize("query", [{}, {"year": "x"}, {"year": "99999"}, {"organisation": "lain"}, {"page": "rusak"}])
def test_odd_addresses_are_no_crash(staff, two, query):
    assert staff.get(GRID, query).status_code == 200


def test_cells_are_named_for_whoever_hears_them_alone(staff, two):
    assert 'aria-label="Realisasi: Contoh 1"' in staff.get(GRID).content.decode()


def test_page_and_its_copy_button_name_organisation_and_year(staff, agency, two):
    page = staff.get(GRID, {"year": "2025"}).content.decode()
    assert agency.name in page.partition("<h1>")[0].rpartition("eyebrow")[2]
    assert "<h1>Realisasi 2025</h1>" in page
    assert f'name="organisation" value="{agency.slug}"' in page
    assert 'name="year" value="2025"' in page


def test_grid_costs_few_queries(staff, agency, two, django_assert_max_num_queries):
    for _number in range(30):
        ProgrammeFactory(organisation=agency)
    with django_assert_max_num_queries(10):
        staff.get(GRID)


def test_targets_are_copied_once_to_the_next_year(staff, agency, dewi, two):
    ProgrammeYear.objects.create(programme=two[1], year=2027, target=7)
    for _press in range(2):
        data = {"organisation": agency.slug, "year": "2026"}
        assert staff.post(reverse("programmes:realisation_copy"), data).status_code == 302
    copied = two[0].years.get(year=2027)
    assert (copied.target, copied.budget, copied.realisation) == (100, 5_000_000, None)
    assert two[1].years.get(year=2027).target == 7
    assert Event.objects.filter(kind="initiatives.targets_copied").count() == 1


def test_finished_programmes_get_no_next_year(agency, dewi, two):
    two[0].state = "finished"
    two[0].save()
    assert services.copy_to_next_year(agency, 2026, actor=dewi) == 1
    assert services.copy_to_next_year(agency, 2100, actor=dewi) == 0


def test_programmes_of_others_are_never_touched(agency, dewi):
    other = ProgrammeFactory()
    values = dict.fromkeys(services.FIGURES) | {"note": ""}
    entry = services.RealisationEntry(other.pk, None, values)
    assert not services.record_realisation(agency, 2026, [entry], actor=dewi).saved
    assert not ProgrammeYear.objects.exists()


ACTORS = ["anyone", "resident", "ngo", "other_agency", "invited", "left", "viewer", "editor", "owner", "moderator"]


@pytest.mark.parametrize("name", ACTORS)
@pytest.mark.parametrize("deed", ["record", "copy"])
def test_who_may_record_and_copy(agency, name, deed):
    actor = person(name, agency)
    try:
        if deed == "record":
            services.record_realisation(agency, 2026, [], actor=actor)
        else:
            services.copy_to_next_year(agency, 2026, actor=actor)
        found = "+"
    except PermissionDenied:
        found = "F"
    assert found == ("+" if name in ("editor", "owner", "moderator") else "F")


def test_nobody_records_for_a_company(maya):
    with pytest.raises(PermissionDenied):
        services.record_realisation(OrganisationFactory(platform="business"), 2026, [], actor=maya)
