"""The public pages: list, export, one organisation."""

import csv
import io

import openpyxl
import pytest
from django.core.cache import cache
from django.urls import reverse

from stakeholders.models import Organisation
from tests.factories import AreaFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
LIST = "/stakeholders/"
PRIVATE = {
    "contact_name": "Narahubung Rahasia",
    "contact_email": "rahasia@lsm.example",
    "contact_phone": "+6281200000000",
}


@pytest.fixture
def partners(kalibaru):
    rows = []
    for n in range(30):
        row = OrganisationFactory(name=f"Contoh Mitra {n:02}", slug=f"contoh-mitra-{n:02}", **PRIVATE)
        row.areas.add(kalibaru)
        rows.append(row)
    return rows


def names(response):
    return [row.name for row in response.context["page"]]


def test_the_list_shows_verified_organisations_only(client, ngo, pending, suspended):
    assert names(client.get(LIST)) == [ngo.name]


def test_the_list_takes_few_queries_however_long(client, partners, django_assert_max_num_queries):
    client.get(LIST)
    with django_assert_max_num_queries(8):
        client.get(LIST, {"q": "mitra", "area": "31.72.04.1004", "platform": "civil"})


def test_a_page_takes_few_queries(client, partners, django_assert_max_num_queries):
    client.get(partners[0].get_absolute_url())
    with django_assert_max_num_queries(10):
        assert client.get(partners[0].get_absolute_url()).status_code == 200


def test_pages_follow_each_other_without_gap_or_repeat(client, partners):
    first = client.get(LIST)
    second = client.get(LIST, {"page": first.context["page"].next})
    assert names(first) + names(second) == [row.name for row in partners]
    assert names(client.get(LIST, {"page": second.context["page"].previous})) == names(first)


@pytest.mark.parametrize(
    "found_by", [{"q": "pesisir"}, {"q": "pesisirr"}, {"q": "LSM pesisir"}, {"platform": "civil"}, {"kind": "ngo"}]
)
def test_an_organisation_is_found(client, ngo, agency, found_by):
    assert names(client.get(LIST, found_by)) == [ngo.name]


def test_an_area_finds_who_works_in_a_part_of_it(client, ngo, agency):
    ngo.areas.add(AreaFactory(code="31.72.04.1004.RW01", level="rw", name="RW 01"))
    AreaFactory()
    assert names(client.get(LIST, {"area": "31.72.04.1004"})) == [ngo.name]


@pytest.mark.parametrize(
    "query",
    [
        {"platform": "kerajaan"},
        {"kind": "x" * 10_000},
        {"area": "99.99"},
        {"page": "99999999"},
        {"page": "bm90IGpzb24"},
        {"issue": "tidak-ada"},
    ],
)
def test_unknown_values_are_named_and_narrow_nothing(client, ngo, query):
    response = client.get(LIST, query)
    assert response.status_code == 400
    assert names(response) == [ngo.name]


def test_a_question_of_ten_thousand_letters_is_answered(client, ngo):
    assert client.get(LIST, {"q": "x" * 10_000}).status_code == 200
    assert client.get(LIST, {"q": "sampah " * 1_500}).status_code == 200


@pytest.mark.parametrize("path", [LIST, "/stakeholders/lookalikes/"])
def test_a_nul_byte_is_refused(client, rina, path):
    client.force_login(rina)
    assert client.get(f"{path}?q=a%00b&name=a%00b").status_code == 400


def test_an_empty_answer_says_what_to_do_next(client, ngo):
    assert "Lihat semua mitra" in client.get(LIST, {"q": "tidakadasamasekali"}).text


@pytest.mark.parametrize("slug", ["tidak-ada", "x" * 300])
def test_a_guessed_address_is_not_found(client, slug):
    assert client.get(f"/stakeholders/{slug}/").status_code == 404


def test_contact_data_is_on_no_public_page_and_in_no_export(client, partners, rina):
    partners[0].memberships.create(user=rina, role="owner", state="active")
    pages = [client.get(LIST), client.get(partners[0].get_absolute_url())]
    text = "".join(page.text for page in pages)
    text += client.get("/stakeholders/list.csv").getvalue().decode()
    book = openpyxl.load_workbook(io.BytesIO(client.get("/stakeholders/list.xlsx").content))
    text += str([[cell.value for cell in row] for row in book.active.iter_rows()])
    for secret in (*PRIVATE.values(), rina.email, rina.display_name):
        assert secret not in text


def test_members_and_moderators_see_the_contact(client, ngo, yusuf, viewer, maya):
    type(ngo).objects.filter(pk=ngo.pk).update(**PRIVATE)
    for person in (yusuf, viewer, maya):
        client.force_login(person)
        assert "rahasia@lsm.example" in client.get(ngo.get_absolute_url()).text


def test_the_export_has_the_same_rows_and_defuses_formulas(client, ngo, agency):
    type(ngo).objects.filter(pk=ngo.pk).update(description="=HYPERLINK(1)")
    text = client.get("/stakeholders/list.csv", {"platform": "civil"}).getvalue().decode("utf-8-sig")
    head, *rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows] == [ngo.name]
    assert rows[0][head.index("Tentang")] == "'=HYPERLINK(1)"
    assert client.get("/stakeholders/list.pdf").status_code == 404


def test_a_pending_organisation_says_what_happens_next(client, pending, applicant):
    client.force_login(applicant)
    assert "Menunggu verifikasi" in client.get(pending.get_absolute_url()).text


def test_a_rejected_organisation_says_why(client, pending, applicant, maya):
    from stakeholders import services

    services.reject_organisation(pending, actor=maya, reason="Aktanya belum ada.")
    client.force_login(applicant)
    page = client.get(pending.get_absolute_url()).text
    assert "Aktanya belum ada." in page
    assert "Perbaiki data" in page


def test_scripts_in_a_description_are_harmless(client, ngo):
    type(ngo).objects.filter(pk=ngo.pk).update(description="<script>alert(1)</script> [x](javascript:alert(1))")
    page = client.get(ngo.get_absolute_url()).text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_too_many_questions_while_typing_are_answered_429(client, rina, settings):
    settings.RATELIMIT_ENABLE = True
    cache.clear()
    client.force_login(rina)
    answers = {client.get(reverse("stakeholders:lookalikes"), {"name": "x"}).status_code for _n in range(190)}
    assert answers == {200, 429}


def test_every_page_of_this_room_opens_in_english(client, ngo, yusuf):
    client.force_login(yusuf)
    for page in ("", "edit/", "members/"):
        assert client.get(f"/en/stakeholders/{ngo.slug}/{page}").status_code == 200
    assert client.get("/en/stakeholders/register/").status_code == 200


@pytest.mark.parametrize(
    ("name", "acronym", "other"),
    [
        ("BAZNAS (BAZIS) DKI Jakarta", "BAZNAS (BAZIS) DKI", ""),
        ("Resilient Cities Network", "RCN", "RCN"),
        ("A", "", ""),
    ],
)
def test_an_acronym_that_the_name_says_is_not_said_twice(name, acronym, other):
    assert Organisation(name=name, acronym=acronym).other_name == other
