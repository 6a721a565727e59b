"""Pages of an import: the way through, wrong people, bad input, and what comes back."""

import io
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_fsm import TransitionNotAllowed
from openpyxl import load_workbook

from initiatives.imports.heading import find_heading, guess
from initiatives.imports.mapping import Mapping
from initiatives.models import Programme, ProgrammeImport
from initiatives.services import imports as services
from initiatives.services.import_work import work_on
from kalibaru.core.progress import Progress
from kalibaru.core.sheets.opening import open_sheet
from tests.core.sheets import minimal, workbook
from tests.initiatives.imports import FIRST, HEAD, SECOND, checked, pasted, tsv, uploaded
from tests.initiatives.programmes import person

pytestmark = pytest.mark.django_db
INDEX = "/programmes/import/"
WRONG = [*FIRST[:7], "banyak", FIRST[8]]


@pytest.fixture
def staff(client, dewi):
    client.force_login(dewi)
    return client


def sent(client, agency, *, text="", file=None, **more):
    data = {"organisation": str(agency.pk), "submission_key": str(uuid.uuid4()), "paste": text, **more}
    return client.post(INDEX, {**data, "file": file} if file else data)


def columns_of(page):
    """Return what the form of the columns would send unchanged."""
    form = page.context["form"]
    return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}


def test_paste_match_check_mend_apply(staff, agency):
    answer = sent(staff, agency, text=tsv(HEAD, WRONG, SECOND))
    row = ProgrammeImport.objects.get()
    assert answer["Location"] == row.get_absolute_url()
    page = staff.get(row.get_absolute_url())
    assert "Cocokkan kolom" in page.content.decode()
    assert staff.post(reverse("programmes:import_columns", args=[row.pk]), columns_of(page)).status_code == 302
    page = staff.get(row.get_absolute_url()).content.decode()
    assert "1 baris salah" in page
    assert "Tulis angkanya saja" in page
    assert "Simpan semuanya" not in page
    assert WRONG[1] in page.partition("<textarea")[2]
    mended = {"paste": tsv(HEAD, FIRST, SECOND)}
    assert staff.post(reverse("programmes:import_replace", args=[row.pk]), mended).status_code == 302
    page = staff.get(row.get_absolute_url())
    assert "2 program baru" in page.content.decode()
    row.refresh_from_db()
    answer = staff.post(reverse("programmes:import_apply", args=[row.pk]), {"digest": row.digest, "publishes": "on"})
    assert answer.status_code == 302
    assert Programme.objects.filter(state="published").count() == 2
    assert "Tersimpan" in staff.get(row.get_absolute_url()).content.decode()
    again = {"digest": row.digest}
    assert staff.post(reverse("programmes:import_apply", args=[row.pk]), again).status_code == 409
    sent(staff, agency, file=SimpleUploadedFile("rad.xlsx", workbook([HEAD, FIRST, SECOND])))
    second = ProgrammeImport.objects.exclude(pk=row.pk).get()
    page = staff.get(second.get_absolute_url())
    staff.post(reverse("programmes:import_columns", args=[second.pk]), columns_of(page))
    assert "Tidak ada yang berubah" in staff.get(second.get_absolute_url()).content.decode()


def test_doubled_submit_makes_one_import(staff, agency):
    key = str(uuid.uuid4())
    for _click in range(2):
        assert sent(staff, agency, text=tsv(HEAD, FIRST), submission_key=key).status_code == 302
    assert ProgrammeImport.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "file", "words"),
    [
        ("", None, "Salah satu saja"),
        ("a\tb", SimpleUploadedFile("a.csv", b"a;b"), "Salah satu saja"),
        ("", SimpleUploadedFile("a.xlsx", b"PK\x03\x04 rusak"), "rusak"),
        ("", SimpleUploadedFile("a.xlsm", minimal([["x"]], more={"xl/vbaProject.bin": "x"})), "makro"),
        ("", SimpleUploadedFile("a.pdf", b"%PDF-1.4"), "bukan lembar kerja"),
        ("", SimpleUploadedFile("a.csv", b";;\n;;\n"), "kosong"),
        ("x" * 1_500_001, None, "1500000"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_paste_is_kept(staff, agency, text, file, words):
    answer = sent(staff, agency, text=text, file=file)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not ProgrammeImport.objects.exists()


def test_doubtful_columns_keep_what_was_chosen(staff, agency):
    sent(staff, agency, text=tsv(HEAD, FIRST))
    row = ProgrammeImport.objects.get()
    url = reverse("programmes:import_columns", args=[row.pk])
    data = columns_of(staff.get(row.get_absolute_url()))
    answer = staff.post(url, {**data, "key-1": "output"})
    assert answer.status_code == 400
    assert "sudah dipakai kolom" in answer.content.decode()
    assert answer.context["form"]["key-1"].value() == "output"
    answer = staff.post(url, {**data, "key-0": ""})
    assert "Tunjukkan kolom kodenya" in answer.content.decode()
    for broken in ({"first": "x"}, {"first": "9", "last": "1"}, {"first": "99999"}, {"key-0": "apa"}, {"year": "1900"}):
        assert staff.post(url, {**data, **broken}).status_code == 400
    assert staff.post(url, {**data, "reread": "1", "first": "2", "last": "2"}).status_code == 200
    row.refresh_from_db()
    assert row.state == "uploaded"


def test_heading_that_nobody_finds_can_be_pointed_at(staff, agency):
    sent(staff, agency, text=tsv(["apa", "itu"], ["Kode X", "Volume"], ["1", "2"]))
    row = ProgrammeImport.objects.get()
    page = staff.get(row.get_absolute_url())
    assert "tidak kami temukan" in page.content.decode()
    data = {**columns_of(page), "first": "2", "last": "2", "reread": "1"}
    page = staff.post(reverse("programmes:import_columns", args=[row.pk]), data)
    assert "Volume" in page.content.decode()


def test_wrong_workbook_comes_back_marked(staff, agency, dewi):
    row = checked(agency, uploaded(HEAD, WRONG, name="rad 2026.xlsx"), dewi)
    answer = staff.get(reverse("programmes:import_marked", args=[row.pk]))
    assert "rad 2026-perbaiki.xlsx" in answer["Content-Disposition"]
    cell = load_workbook(io.BytesIO(answer.content)).active["H2"]
    assert cell.value == "banyak"
    assert cell.comment.text.startswith("Target: Tulis angkanya")


def test_long_sheet_waits_for_a_worker_and_shows_how_far_it_is(staff, agency, dewi):
    rows = [[f"1.{number}", *FIRST[1:]] for number in range(450)]
    sent(staff, agency, text=tsv(HEAD, *rows))
    row = ProgrammeImport.objects.get()
    staff.post(reverse("programmes:import_columns", args=[row.pk]), columns_of(staff.get(row.get_absolute_url())))
    page = staff.get(row.get_absolute_url()).content.decode()
    assert "Menunggu giliran" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    Progress(row.pk, 450)(225)
    assert "<strong>225</strong> dari 450 baris" in staff.get(row.get_absolute_url()).content.decode()
    work_on(row.pk)
    answer = staff.get(row.get_absolute_url(), HTTP_HX_REQUEST="true")
    assert answer["HX-Redirect"] == row.get_absolute_url()
    page = staff.get(row.get_absolute_url())
    assert len(page.context["page"].rows) == 50
    page = staff.get(row.get_absolute_url(), {"page": page.context["page"].next})
    assert page.context["page"].rows[0].number == 52


@pytest.mark.parametrize("show", ["wrong", "new", "doubts", "", "apa", "skipped"])
def test_rows_can_be_filtered_and_cost_few_queries(staff, agency, dewi, show, django_assert_max_num_queries):
    row = checked(agency, pasted(HEAD, FIRST, WRONG, SECOND), dewi)
    with django_assert_max_num_queries(10):
        assert staff.get(row.get_absolute_url(), {"show": show, "page": "rusak"}).status_code == 200


def test_index_costs_few_queries(staff, agency, dewi, django_assert_max_num_queries):
    for _number in range(5):
        checked(agency, pasted(HEAD, FIRST), dewi)
    with django_assert_max_num_queries(10):
        assert staff.get(INDEX).status_code == 200


def test_cancelled_import_says_so_and_is_over(staff, agency, dewi):
    row = checked(agency, pasted(HEAD, FIRST), dewi)
    assert staff.post(reverse("programmes:import_cancel", args=[row.pk])).status_code == 302
    assert "Dibatalkan" in staff.get(row.get_absolute_url()).content.decode()
    assert staff.post(reverse("programmes:import_cancel", args=[row.pk]), {"later": "1"}).status_code == 409


def test_example_reads_without_a_question(staff, agency):
    content = staff.get(reverse("programmes:import_template")).content
    grid = open_sheet(io.BytesIO(content), sheet="Contoh")
    heading = find_heading(grid)
    assert [one.key for one in guess(heading, {})][:6] == [
        "programme_code", "programme_name", "activity_code", "activity_name", "sub_activity_code", "sub_activity_name",
    ]  # fmt: skip
    assert all(one.key for one in guess(heading, {}))


# --- who may -----------------------------------------------------------------------------------------
ACTORS = ["anyone", "resident", "ngo", "other_agency", "invited", "left", "viewer", "editor", "owner", "moderator"]
WRITERS = ("editor", "owner", "moderator")
# What a person of this kind is answered: L sign in first, F forbidden, N no such page, + there.
OPEN = {name: "+" if name in WRITERS else "F" for name in ACTORS} | {"anyone": "L", "other_agency": "N"}


@pytest.mark.parametrize("name", ACTORS)
@pytest.mark.parametrize("page", ["import", "import_columns", "import_marked"])
def test_pages_of_an_import_follow_the_table(client, agency, dewi, name, page):
    row = checked(agency, pasted(HEAD, FIRST), dewi)
    actor = person(name, agency)
    if name != "anyone":
        client.force_login(actor)
    answer = client.get(reverse(f"programmes:{page}", args=[row.pk]))
    assert {302: "L", 403: "F", 404: "N", 200: "+"}[answer.status_code] == OPEN[name]


@pytest.mark.parametrize("name", ACTORS)
@pytest.mark.parametrize("deed", ["replace", "apply", "cancel", "columns"])
def test_deeds_on_an_import_follow_the_table(client, agency, dewi, name, deed):
    row = checked(agency, pasted(HEAD, FIRST), dewi)
    actor = person(name, agency)
    data = {"digest": row.digest, "paste": tsv(HEAD, FIRST)}
    if deed == "columns":
        client.force_login(dewi)
        data = columns_of(client.get(reverse("programmes:import_columns", args=[row.pk])))
        client.logout()
    if name != "anyone":
        client.force_login(actor)
    answer = client.post(reverse(f"programmes:import_{deed}", args=[row.pk]), data)
    expected = {"+": 302, "F": 403, "N": 404, "L": 302}[OPEN[name]]
    assert answer.status_code == expected
    row.refresh_from_db()
    moved = row.state != "checked" or deed in ("replace", "columns")
    assert (moved and answer["Location"].startswith(INDEX)) if OPEN[name] == "+" else row.state == "checked"


@pytest.mark.parametrize("name", ACTORS)
def test_starting_follows_the_table(agency, name):
    actor = person(name, agency)
    try:
        services.start_import(agency, pasted(HEAD, FIRST), actor=actor)
        found = "+"
    except PermissionDenied:
        found = "F"
    assert found == ("+" if name in WRITERS else "F")


@pytest.mark.parametrize("state", ["uploaded", "checking", "checked", "applying", "applied", "failed", "cancelled"])
def test_states_allow_what_the_table_says(agency, dewi, state):
    allowed = {
        "uploaded": "replace columns cancel",
        "checking": "columns cancel",
        "checked": "replace columns apply cancel",
        "applying": "",
        "applied": "",
        "failed": "replace columns cancel",
        "cancelled": "",
    }
    found = []
    for deed in ("replace", "columns", "apply", "cancel"):
        row = checked(agency, pasted(HEAD, FIRST), dewi)
        ProgrammeImport.objects.filter(pk=row.pk).update(state=state)
        row.refresh_from_db()
        try:
            if deed == "replace":
                services.replace_file(row, pasted(HEAD, FIRST), actor=dewi)
            elif deed == "columns":
                services.confirm_columns(row, Mapping.restored(row.mapping), actor=dewi)
            elif deed == "apply":
                services.apply_import(row, digest=row.digest, actor=dewi)
            else:
                services.cancel_import(row, actor=dewi)
            found.append(deed)
        except TransitionNotAllowed:
            pass
    assert " ".join(found) == allowed[state]


def test_suspended_organisation_imports_nothing(staff, agency, dewi):
    row = checked(agency, pasted(HEAD, FIRST), dewi)
    agency.state = "suspended"
    agency.save()
    assert staff.get(row.get_absolute_url()).status_code == 403
    assert staff.post(reverse("programmes:import_apply", args=[row.pk]), {"digest": row.digest}).status_code == 403
