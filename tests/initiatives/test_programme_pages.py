"""Pages of programmes: what they show, and what they answer to bad input and wrong people."""

import csv
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image

from initiatives.models import Programme, ProgrammeLog, ProgrammeYear
from kalibaru.media.models import Photo
from tests.factories import OrganisationFactory, ProgrammeFactory
from tests.initiatives.programmes import PLAIN, person, programme_in

pytestmark = pytest.mark.django_db
LIST = "/programmes/"


def posted(agency=None, *, years=({},), **changes):
    data = {**PLAIN, "submission_key": str(uuid.uuid4()), **changes}
    if agency is not None:
        data["organisation"] = str(agency.pk)
    data["years-TOTAL_FORMS"], data["years-INITIAL_FORMS"] = str(len(years)), changes.pop("initial_years", "0")
    for number, line in enumerate(years):
        data |= {f"years-{number}-{name}": value for name, value in line.items()}
    return data


def picture(name="foto.png"):
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


@pytest.fixture
def staff(client, dewi):
    client.force_login(dewi)
    return client


def test_staff_log_publish_and_note_a_programme(staff, agency, waste, kalibaru):
    assert b"Contoh Suku Dinas" in staff.get(reverse("programmes:new")).content
    line = {"year": "2026", "target": "1.250,5", "budget": "Rp 1,5 miliar", "spent": "750.000.000", "note": "Contoh"}
    data = posted(agency, years=[line, {}], issues=[str(waste.pk)], areas=[str(kalibaru.pk)])
    answer = staff.post(reverse("programmes:new"), data)
    programme = Programme.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == programme.get_absolute_url()
    year = programme.years.get()
    assert (float(year.target), year.budget, year.spent) == (1250.5, 1_500_000_000, 750_000_000)
    staff.post(reverse("programmes:publish", args=[programme.pk]))
    page = staff.get(programme.get_absolute_url()).content.decode()
    assert "Rp1.500.000.000" in page
    assert "1.250,5" in page
    note = {"on": "2026-03-04", "note": "Contoh kemajuan", "submission_key": str(uuid.uuid4())}
    for _click in range(2):
        answer = staff.post(
            reverse("programmes:note", args=[programme.pk]), {**note, "photos": picture(), "alt": "Contoh pipa"}
        )
        assert answer.status_code == 302
    assert ProgrammeLog.objects.get().photos.get().alt == "Contoh pipa"
    assert Photo.objects.count() == 1
    page = staff.get(programme.get_absolute_url()).content.decode()
    assert "Contoh kemajuan" in page
    assert "Contoh pipa" in page


def test_doubled_submit_makes_one_programme(staff, agency):
    data = posted(agency)
    for _click in range(2):
        assert staff.post(reverse("programmes:new"), data).status_code == 302
    assert Programme.objects.count() == 1


def test_stale_form_keeps_what_was_typed_and_may_be_sent_once_more(staff, agency):
    programme = programme_in("published", agency)
    url = reverse("programmes:edit", args=[programme.pk])
    version = staff.get(url).context["form"]["version"].value()
    Programme.objects.filter(pk=programme.pk).update(updated_at=timezone.now(), output="Ditulis orang lain")
    data = posted(output="Ketikan saya", version=version)
    answer = staff.post(url, data)
    assert answer.status_code == 409
    assert "Ketikan saya" in answer.content.decode()
    data["version"] = answer.context["form"]["version"].value()
    assert staff.post(url, data).status_code == 302
    programme.refresh_from_db()
    assert programme.output == "Ketikan saya"


def test_edit_page_shows_money_and_quantities_in_indonesian_form(staff, agency):
    programme = programme_in("published", agency)
    ProgrammeYear.objects.create(programme=programme, year=2025, target="1250.50", budget=2_500_000)
    page = staff.get(reverse("programmes:edit", args=[programme.pk])).content.decode()
    assert 'value="2025"' in page
    assert 'value="1.250,50"' in page
    assert 'value="2.500.000"' in page


def test_ticked_year_is_removed_whatever_else_it_says(staff, agency):
    programme = programme_in("published", agency)
    ProgrammeYear.objects.create(programme=programme, year=2025)
    data = posted(years=[{"year": "bukan tahun", "DELETE": "on"}], initial_years="1")
    data["years-INITIAL_FORMS"] = "1"
    assert staff.post(reverse("programmes:edit", args=[programme.pk]), data).status_code == 302
    assert not programme.years.exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"year": "1999"}, "2000"),
        ({"year": "2101"}, "2100"),
        ({"year": "dua ribu"}, "angka"),
        ({"year": "2026", "target": "-5"}, "0"),
        ({"year": "2026", "budget": "-5"}, "Tulis jumlah rupiah"),
        ({"year": "2026", "spent": "=1+1"}, "Tulis jumlah rupiah"),
        ({"year": "2026", "budget": "9" * 30}, "Tulis jumlah rupiah"),
        ({"year": "2026", "note": "x" * 10_000}, "300"),
        ({"target": "5"}, "Isi"),
    ],
)
def test_impossible_year_is_told_beside_the_field(staff, agency, line, words):
    answer = staff.post(reverse("programmes:new"), posted(agency, years=[line]))
    assert answer.status_code == 400
    assert not Programme.objects.exists()
    assert words in " ".join(answer.context["years"].forms[0].errors.as_text().split())


def test_year_told_twice_is_refused(staff, agency):
    answer = staff.post(reverse("programmes:new"), posted(agency, years=[{"year": "2026"}, {"year": "2026"}]))
    assert answer.status_code == 400
    assert "tertulis dua kali" in answer.content.decode()


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ([{"year": "2026", "spent": "abc"}], 'href="#id_years-0-spent"'),
        ([{"year": "2026"}, {"year": "2026"}], "<li>Tahun 2026 tertulis dua kali.</li>"),
    ],
)
def test_wrong_year_is_also_told_on_top_where_the_reader_is_led(staff, agency, years, words):
    page = staff.post(reverse("programmes:new"), posted(agency, years=years)).content.decode()
    top = page.partition("data-focus")[2].partition("</ul>")[0]
    assert words in top


@pytest.mark.parametrize("years", ["999999", "x", ""])
def test_broken_table_of_years_is_no_crash(staff, agency, years):
    data = posted(agency) | {"years-TOTAL_FORMS": years}
    assert staff.post(reverse("programmes:new"), data).status_code == 400


@pytest.mark.parametrize("text", ["x" * 10_000, "a\x00b"])
def test_absurd_text_is_refused_and_kept(staff, agency, text):
    answer = staff.post(reverse("programmes:new"), posted(agency, output=text))
    assert answer.status_code == 400
    assert not Programme.objects.exists()
    assert answer.context["form"]["activity_name"].value() == PLAIN["activity_name"]


def test_staff_cannot_log_in_the_name_of_another_agency(staff):
    other = OrganisationFactory(platform="government", kind="agency")
    assert staff.post(reverse("programmes:new"), posted(other)).status_code == 400
    assert not Programme.objects.exists()


@pytest.mark.parametrize("wrong", [{"on": "2999-01-01"}, {"on": "1900-01-01"}, {"on": "besok"}, {"note": "x" * 10_000}])
def test_impossible_note_is_refused(staff, agency, wrong):
    programme = programme_in("published", agency)
    data = {"on": "2026-01-01", "note": "Contoh", **wrong}
    assert staff.post(reverse("programmes:note", args=[programme.pk]), data).status_code == 400
    assert not ProgrammeLog.objects.exists()


def test_photo_that_is_none_and_photo_without_words_are_refused(staff, agency):
    url = reverse("programmes:note", args=[programme_in("published", agency).pk])
    data = {"on": "2026-01-01", "note": "Contoh"}
    lie = SimpleUploadedFile("foto.png", b"bukan gambar", content_type="image/png")
    assert staff.post(url, {**data, "photos": lie, "alt": "Contoh"}).status_code == 400
    assert staff.post(url, {**data, "photos": picture()}).status_code == 400
    assert not Photo.objects.exists()


def test_note_on_a_draft_comes_at_the_wrong_time(staff, agency):
    url = reverse("programmes:note", args=[programme_in("draft", agency).pk])
    assert staff.post(url, {"on": "2026-01-01", "note": "Contoh"}).status_code == 409


def test_publishing_twice_comes_at_the_wrong_time(staff, agency):
    url = reverse("programmes:publish", args=[programme_in("published", agency).pk])
    assert staff.post(url).status_code == 409


WRITES = ["new", "edit", "publish", "finish", "note"]


@pytest.mark.parametrize("name", ["resident", "ngo", "viewer", "invited"])
@pytest.mark.parametrize("page", WRITES)
def test_wrong_role_gets_403(client, agency, name, page):
    client.force_login(person(name, agency))
    args = [] if page == "new" else [programme_in("published", agency).pk]
    assert client.post(reverse(f"programmes:{page}", args=args)).status_code == 403


@pytest.mark.parametrize("page", WRITES)
def test_visitor_is_sent_to_sign_in(client, agency, page):
    args = [] if page == "new" else [programme_in("published", agency).pk]
    answer = client.post(reverse(f"programmes:{page}", args=args))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize("page", ["detail", "edit", "publish", "note"])
def test_draft_of_another_agency_does_not_exist(client, agency, page):
    client.force_login(person("other_agency", agency))
    url = reverse(f"programmes:{page}", args=[programme_in("draft", agency).pk])
    assert (client.get(url) if page != "publish" else client.post(url)).status_code == 404


def test_guessed_address_is_404(client):
    assert client.get(f"{LIST}{uuid.uuid4()}/").status_code == 404
    assert client.get(f"{LIST}list.exe").status_code == 404


def test_list_narrows_by_each_filter(client, agency, waste, kalibaru):
    hit = programme_in("published", agency, activity_name="Contoh pengangkutan sampah", sdg_goals=[11])
    hit.issues.add(waste)
    hit.areas.add(kalibaru)
    ProgrammeYear.objects.create(programme=hit, year=2026)
    ProgrammeFactory(state="finished", activity_name="Contoh lain")
    queries = [
        "q=sampah", "q=sampha", "issue=pengelolaan-sampah", "area=31.72.04.1004", "sdg=11", "state=published",
        "year=2026", f"organisation={agency.slug}",
    ]  # fmt: skip
    for query in queries:
        assert [row.pk for row in client.get(f"{LIST}?{query}").context["page"]] == [hit.pk], query
    assert len(client.get(f"{LIST}?platform=government").context["page"]) == 2


@pytest.mark.parametrize(
    "query",
    [
        "issue=tidak-ada", "area=99", "sdg=99", "sdg=x", "state=draft", "year=99999999999999999999", "year=-1",
        "year=x", "organisation=x", "platform=x", "page=%FF", "page=bukan", "year=1e999", "year=NaN",
        "year=1999", "year=2026.5",
    ],
)  # fmt: skip
def test_unknown_filter_values_are_named_and_narrow_nothing(client, agency, query):
    programme_in("published", agency)
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()
    assert len(answer.context["page"]) == 1


def test_nul_in_the_address_is_400(client):
    assert client.get(f"{LIST}?q=%00").status_code == 400


def test_long_question_is_no_crash(client):
    assert client.get(LIST, {"q": "sampah " * 1500}).status_code == 200


def test_list_pages_by_keyset(client, agency):
    for _number in range(15):
        programme_in("published", agency)
    first = client.get(LIST)
    second = client.get(f"{LIST}?page={first.context['page'].next}")
    assert (len(first.context["page"]), len(second.context["page"])) == (12, 3)
    assert not set(first.context["page"].rows) & set(second.context["page"].rows)


def test_exports_have_a_line_for_each_year_no_person_and_no_formula(client, agency, dewi):
    agency.contact_email, agency.contact_phone = "rahasia@pemda.example", "0811111111"
    agency.save()
    programme = programme_in("published", agency, output="=HYPERLINK(1)", created_by=dewi)
    for year in (2025, 2026):
        ProgrammeYear.objects.create(programme=programme, year=year, note="+62", target=3)
    programme_in("draft", agency)
    text = b"".join(client.get(f"{LIST}list.csv")).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["Tahun"] for line in lines] == ["2025", "2026"]
    assert lines[0]["Keluaran"] == "'=HYPERLINK(1)"
    assert lines[0]["Keterangan"] == "'+62"
    for secret in ("rahasia@", "0811111111", dewi.email, dewi.display_name):
        assert secret not in text
    sheet = load_workbook(io.BytesIO(client.get(f"{LIST}list.xlsx?year=2026").content)).active
    rows = list(sheet.values)
    assert len(rows) == 3
    assert rows[1][6] == "'=HYPERLINK(1)"


def test_list_takes_at_most_eight_queries(client, agency, waste, kalibaru, django_assert_max_num_queries):
    for _number in range(5):
        programme = programme_in("published", agency)
        programme.issues.add(waste)
        ProgrammeYear.objects.create(programme=programme, year=2026, target=1)
    query = f"q=contoh&issue={waste.slug}&organisation={agency.slug}&year=2026&state=published"
    with django_assert_max_num_queries(8):
        assert len(client.get(f"{LIST}?{query}").context["page"]) == 5


def test_detail_takes_at_most_ten_queries(client, agency, dewi, waste, kalibaru, django_assert_max_num_queries):
    client.force_login(dewi)
    client.post(reverse("programmes:new"), posted(agency, issues=[str(waste.pk)], areas=[str(kalibaru.pk)]))
    programme = Programme.objects.get()
    client.post(reverse("programmes:publish", args=[programme.pk]))
    for _number in range(3):
        note = {"on": "2026-03-04", "note": "Contoh", "photos": picture(), "alt": "Contoh"}
        client.post(reverse("programmes:note", args=[programme.pk]), note)
    client.logout()
    with django_assert_max_num_queries(10):
        client.get(programme.get_absolute_url())
