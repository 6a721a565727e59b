"""The pages that compose all rooms."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from initiatives.services.facets import refresh_facets
from kalibaru.places.models import Area
from tests.factories import (
    AreaFactory,
    InitiativeFactory,
    MembershipFactory,
    NeedFactory,
    OrganisationFactory,
    PriorityIssueFactory,
    ProgrammeFactory,
    ProposalFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alive(kalibaru, waste):
    """A portal with something on every shelf."""
    rows = InitiativeFactory.create_batch(8)
    for row in rows:
        row.areas.add(kalibaru)
        row.issues.add(waste)
    refresh_facets([row.pk for row in rows])
    NeedFactory.create_batch(8, issue=waste, area=kalibaru)
    OrganisationFactory.create_batch(8)
    ProgrammeFactory.create_batch(3)
    return rows


def test_home_shows_problems_work_and_needs(client, alive, waste):
    page = client.get(reverse("home")).content.decode()
    assert waste.title in page
    assert alive[-1].title in page
    assert "Contoh kebutuhan" in page


@pytest.mark.parametrize("address", ["/", "/search/?q=contoh", "/search/?q=cnotoh", "/areas/31.72.04.1004/"])
def test_public_pages_take_few_queries(client, alive, address, django_assert_max_num_queries):
    client.get(address)
    # Measured as made anew, not as kept for visitors.
    cache.clear()
    with django_assert_max_num_queries(8):
        assert client.get(address).status_code == 200


def test_search_groups_by_kind_and_forgives(client, alive):
    PriorityIssueFactory(title="Pengelolaan sampah pesisir")
    exact = client.get("/search/?q=sampah+pesisir").content.decode()
    assert "Pengelolaan sampah pesisir" in exact
    alike = client.get("/search/?q=sampha").content.decode()
    assert "Tidak ada yang persis sama" in alike
    assert "Pengelolaan sampah" in alike


def test_search_hides_what_is_not_public(client):
    InitiativeFactory(title="Rahasia sekali", published_at=None)
    OrganisationFactory(name="Rahasia juga", state="pending")
    page = client.get("/search/?q=rahasia").content.decode()
    assert "Rahasia sekali" not in page
    assert "Rahasia juga" not in page


@pytest.mark.parametrize("q", ["", " ", "yang", "%00", "'", "a" * 5000, "<script>", "😀"])
def test_search_never_breaks(client, q):
    assert client.get("/search/", {"q": q}).status_code == 200


def test_nul_byte_in_an_address_is_a_bad_request(client):
    assert client.get("/search/?q=%00").status_code == 400
    assert client.get("/initiatives/?area=a%00b").status_code == 400


def test_area_page_counts_what_is_below_it(client, kalibaru):
    rw = Area.objects.create(code="31.72.04.1004.RW01", level="rw", name="RW 01", parent=kalibaru)
    row = InitiativeFactory(title="Di RW 01")
    row.areas.add(rw)
    refresh_facets([row.pk])
    assert "Di RW 01" in client.get(kalibaru.get_absolute_url()).content.decode()
    assert client.get("/areas/99.99/").status_code == 404
    other = AreaFactory(code="31.72.04.1003", name="Marunda")
    assert "Di RW 01" not in client.get(other.get_absolute_url()).content.decode()


def test_english_pages_have_a_prefix(client):
    assert client.get("/en/").headers["Content-Language"] == "en"
    assert client.get("/").headers["Content-Language"] == "id"


def test_workspace_needs_an_account(client, rina):
    assert client.get("/workspace/").status_code == 302
    client.force_login(rina)
    assert client.get("/workspace/").status_code == 200


@pytest.mark.parametrize(("who", "status"), [("rina", 403), ("yusuf", 403), ("dewi", 403), ("maya", 200)])
def test_only_moderators_see_the_desk(client, who, status, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get("/moderation/").status_code == status


def test_desk_shows_the_oldest_first(client, maya):
    now = timezone.now()
    for name, days in (("Contoh Baru", 1), ("Contoh Lama", 9)):
        OrganisationFactory(name=name, state="pending", submitted_at=now - timedelta(days=days))
        ProposalFactory(title=f"Usulan {name}", state="submitted", submitted_at=now - timedelta(days=days))
    client.force_login(maya)
    page = client.get("/moderation/").content.decode()
    assert page.index("Contoh Lama") < page.index("Contoh Baru")
    assert page.index("Usulan Contoh Lama") < page.index("Usulan Contoh Baru")


def test_desk_takes_as_many_queries_for_many_as_for_few(client, maya, django_assert_max_num_queries):
    def fill(number):
        for _ in range(number):
            OrganisationFactory(state="pending", submitted_at=timezone.now())
            ProposalFactory(state="submitted", submitted_at=timezone.now())
            InitiativeFactory(published_at=None)

    client.force_login(maya)
    fill(2)
    client.get("/moderation/")
    with django_assert_max_num_queries(60) as few:
        client.get("/moderation/")
    fill(8)
    with django_assert_max_num_queries(len(few)):
        client.get("/moderation/")


def test_browsers_find_the_icon_where_they_look_for_it(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302 and answer.url.endswith(".svg")


@pytest.mark.parametrize("state", ["draft", "pending", "rejected", "suspended"])
def test_an_organisation_that_waits_stands_once_in_the_workspace(client, rina, state):
    organisation = MembershipFactory(user=rina, organisation=OrganisationFactory(state=state)).organisation
    client.force_login(rina)
    page = client.get(reverse("workspace")).text
    assert page.count(f'href="{organisation.get_absolute_url()}"') == 1
    assert "Daftarkan organisasi lain" in page
