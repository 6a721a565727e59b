"""The page of a problem, its needs, and forums."""

import csv
import io
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from issues.models import Fact, Forum, Indicator, Need, Stake
from issues.services import set_stakes
from kalibaru.notifications.models import Event, Subscription
from tests.factories import (
    AreaFactory,
    InitiativeFactory,
    NeedFactory,
    OrganisationFactory,
    PartnerFactory,
    PriorityIssueFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(waste):
    return waste.get_absolute_url()


@pytest.fixture
def full(waste, kalibaru, ngo, agency, yusuf, dewi, maya):
    """A problem with something in every section."""
    Fact.objects.create(
        issue=waste, text="Contoh fakta", source_title="Contoh sumber", source_url="https://a.example/1"
    )
    Fact.objects.create(issue=waste, text="Contoh dugaan", certainty="unconfirmed", is_demo=True)
    Indicator.objects.create(issue=waste, name="Contoh indikator", unit="persen", baseline="12.5", baseline_year=2024)
    NeedFactory(issue=waste, title="Contoh nanti", by_when=date(2030, 1, 1), area=kalibaru, quantity=1500, unit="orang")
    NeedFactory(issue=waste, title="Contoh segera", by_when=date(2029, 1, 1))
    NeedFactory(issue=waste, title="Contoh terpenuhi", state="met")
    forum = Forum.objects.create(
        title="Contoh forum", slug="contoh-forum", kind="fgd", on="2024-02-06", state="published"
    )
    forum.issues.add(waste)
    PriorityIssueFactory(title="Contoh bagian", parent=waste)
    initiative = InitiativeFactory(issue_ids=[waste.pk], title="Contoh inisiatif bersama")
    PartnerFactory(initiative=initiative, organisation=ngo)
    ProgrammeFactory(organisation=agency, activity_name="Contoh program air").issues.add(waste)
    set_stakes(ngo, [waste], actor=yusuf)
    return waste


def test_problem_shows_what_is_known_with_sources_and_who_works_on_it(client, full, url):
    page = client.get(url).content.decode()
    for words in (
        "Contoh fakta", "https://a.example/1", "Belum dipastikan", "Contoh indikator", "12,5 (2024)", "Belum ada data",
        "Contoh LSM Pesisir", "Contoh forum", "6 Februari 2024", "Contoh bagian", "Contoh inisiatif bersama",
        "Contoh program air", "1.500 orang", "Contoh peragaan",
    ):  # fmt: skip
        assert words in page, words
    assert "Contoh terpenuhi" not in page
    assert page.index("Contoh segera") < page.index("Contoh nanti")


def test_empty_problem_says_that_nothing_is_known(client, url):
    page = client.get(url).content.decode()
    assert page.count("Belum ada data") >= 3
    assert "Belum ada kebutuhan yang tercatat" in page
    assert "Belum ada inisiatif bersama" in page


def test_unverified_organisations_are_not_named(client, waste, url):
    hidden = OrganisationFactory(name="Contoh Tertunda", state="pending")
    Stake.objects.create(issue=waste, organisation=hidden)
    assert "Contoh Tertunda" not in client.get(url).content.decode()


def test_each_kind_of_reader_gets_its_own_next_step(client, waste, url, rina, yusuf, dewi, maya):
    assert "Ikuti masalah ini" in client.get(url).content.decode()
    steps = {}
    for user in (rina, yusuf, dewi, maya):
        client.force_login(user)
        step = client.get(url).context["step"]
        steps[user.display_name] = step.url if step else "follow"
    assert steps == {
        "Rina": "follow",
        "Yusuf": "/proposals/new/?issue=pengelolaan-sampah",
        "Dewi": "/programmes/new/?issue=pengelolaan-sampah",
        "Maya": "/issues/pengelolaan-sampah/needs/new/",
    }
    Subscription.objects.create(user=rina, topic=f"issue:{waste.pk}")
    client.force_login(rina)
    assert client.get(url).context["step"].url == "#komentar"


def test_detail_takes_at_most_ten_queries(client, full, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get(url)


def test_list_takes_at_most_eight_queries(client, full, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = client.get("/issues/?q=sampah&area=31.72.04.1004").content.decode()
    assert "2 bantuan dibutuhkan" in page
    assert "1 mitra" in page


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_unpublished_problem_does_not_exist_for_the_public(client, state):
    issue = PriorityIssueFactory(state=state)
    assert client.get(issue.get_absolute_url()).status_code == 404
    assert issue.title not in client.get("/issues/").content.decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [("sdg=99", 400), ("sdg=x", 400), ("area=%FF", 400), ("q=" + "x" * 5000, 200), ("issue=1", 200), ("page=zz", 200)],
)
def test_unknown_filter_values_are_answered(client, waste, query, status):
    assert client.get(f"/issues/?{query}").status_code == status
    assert client.get(f"/forums/?{query}&kind=zz&year=99999").status_code == 400


def test_a_year_or_an_area_without_rows_finds_nothing_and_is_no_error(client, waste, kalibaru):
    for address in ("/forums/?year=2031", f"/issues/?area={kalibaru.code}"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("path", ["/issues/?q=%00", "/forums/?q=%00", "/issues/a%00b/"])
def test_nul_in_the_address_is_400(client, path):
    assert client.get(path).status_code == 400


def test_exports_name_no_person_and_defuse_formulas(client, waste, yusuf, ngo):
    type(waste).objects.filter(pk=waste.pk).update(summary="=1+1")
    forum = Forum.objects.create(title="+Contoh", slug="c", kind="fgd", on="2024-02-06", state="published")
    forum.organisers.add(ngo)
    text = b"".join(client.get("/issues/list.csv")).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1][1] == "'=1+1"
    text = b"".join(client.get("/forums/list.csv")).decode("utf-8-sig")
    assert "'+Contoh" in text
    assert yusuf.email not in text
    assert client.get("/issues/list.xlsx").status_code == 200
    assert client.get("/issues/list.zip").status_code == 404


def need_data(**changes):
    soon = timezone.localdate() + timedelta(days=30)
    data = {"kind": "data", "title": "Contoh kebutuhan", "quantity": "1.500", "unit": "orang", "by_when": soon}
    return {**data, "submission_key": str(uuid.uuid4()), **changes}


def test_secretariat_adds_edits_and_settles_a_need(client, maya, waste, url):
    client.force_login(maya)
    data = need_data()
    for _click in range(2):
        assert client.post(reverse("issues:new_need", args=[waste.slug]), data).status_code == 302
    need = Need.objects.get()
    assert need.quantity == 1500
    assert Event.objects.filter(kind="issues.need_added").count() == 1
    edit = reverse("issues:edit_need", args=[need.pk])
    version = client.get(edit).context["form"]["version"].value()
    assert client.post(edit, need_data(title="Contoh baru", version=version)).status_code == 302
    stale = client.post(edit, need_data(title="Contoh basi", version=version))
    assert stale.status_code == 409
    assert "Contoh basi" in stale.content.decode()
    assert client.post(reverse("issues:settle_need", args=[need.pk, "met"])).status_code == 302
    assert client.post(reverse("issues:settle_need", args=[need.pk, "met"]), {"later": "1"}).status_code == 409
    assert client.post(reverse("issues:settle_need", args=[need.pk, "aneh"])).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": "-1"},
        {"quantity": "0"},
        {"title": "x" * 10_000},
        {"by_when": "2001-01-01"},
        {"kind": "x"},
        {"title": "a\0"},
    ],
)
def test_impossible_need_is_refused(client, maya, waste, wrong):
    client.force_login(maya)
    assert client.post(reverse("issues:new_need", args=[waste.slug]), need_data(**wrong)).status_code == 400
    assert not Need.objects.exists()


def test_other_people_get_403_for_every_deed(client, dewi, waste):
    client.force_login(dewi)
    need = NeedFactory(issue=waste)
    for path in (
        reverse("issues:new_need", args=[waste.slug]),
        reverse("issues:edit_need", args=[need.pk]),
        reverse("issues:settle_need", args=[need.pk, "met"]),
        reverse("issues:change_state", args=[waste.slug, "archive"]),
        reverse("forums:publish", args=["apa-saja"]),
    ):
        assert client.post(path).status_code == 403, path


def test_secretariat_publishes_problems_and_forums(client, maya, kalibaru, waste):
    city = AreaFactory(code="31.72", level="city", name="Jakarta Utara")
    draft = PriorityIssueFactory(state="draft", slug="contoh")
    draft.areas.add(kalibaru)
    forum = Forum.objects.create(title="Contoh", slug="contoh", kind="fgd", on="2024-02-06", body="**Isi** <script>")
    forum.issues.add(waste)
    client.force_login(maya)
    client.post(reverse("issues:change_state", args=["contoh", "publish"]))
    client.post(reverse("forums:publish", args=["contoh"]))
    assert f"area:{city.pk}" in Event.objects.get(kind="issues.issue_published").topics
    assert f"issue:{waste.pk}" in Event.objects.get(kind="issues.forum_published").topics
    client.logout()
    assert client.get(draft.get_absolute_url()).status_code == 200
    page = client.get(forum.get_absolute_url()).content.decode()
    assert "<strong>Isi</strong>" in page
    assert "<script>Isi" not in page


def test_forums_are_narrowed_by_problem_kind_and_year(client, waste):
    for year, kind in ((2019, "kickoff"), (2024, "fgd")):
        Forum.objects.create(title=f"Contoh {year}", slug=f"c{year}", kind=kind, on=date(year, 2, 6), state="published")
    Forum.objects.get(slug="c2024").issues.add(waste)
    for query in ("issue=pengelolaan-sampah", "kind=fgd", "year=2024", "q=2024"):
        assert [forum.slug for forum in client.get(f"/forums/?{query}").context["page"]] == ["c2024"], query


def test_forum_pages_keep_to_their_queries(client, waste, django_assert_max_num_queries):
    forum = Forum.objects.create(title="Contoh", slug="contoh", kind="fgd", on="2024-02-06", state="published")
    forum.issues.add(waste)
    with django_assert_max_num_queries(8):
        client.get("/forums/?q=contoh")
    with django_assert_max_num_queries(10):
        client.get(forum.get_absolute_url())
