"""The listing: what may be asked, in which order, and that no value breaks it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives.filters.initiatives import Listing
from initiatives.models import Initiative
from initiatives.queries import for_cards
from tests.factories import AreaFactory, InitiativeFactory, PriorityIssueFactory
from tests.initiatives.shared import joint_initiative

pytestmark = pytest.mark.django_db
LIST = "/initiatives/"


def titles(client, query=""):
    """Return the titles on the page."""
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200
    return [card.row.title for card in response.context["cards"]]


@pytest.fixture
def two(ngo, agency, waste, kalibaru):
    """Two initiatives that differ in everything."""
    AreaFactory(code="31.72", name="Jakarta Utara", level="city")
    water = PriorityIssueFactory(title="Air bersih", slug="air-bersih")
    other = AreaFactory(code="surabaya", name="Surabaya", level="foreign_city")
    first = joint_initiative(
        ngo, issues=[waste], areas=[kalibaru], title="Bank sampah pesisir", state="active", sdg_goals=[12]
    )
    second = joint_initiative(
        agency, issues=[water], areas=[other], title="Sambungan air bersih", state="planned", sdg_goals=[6]
    )
    return first, second


@pytest.mark.parametrize(
    "query",
    [
        "?issue=pengelolaan-sampah",
        "?area=31.72.04.1004",
        "?area=31.72",
        "?sdg=12",
        "?state=active",
        "?platform=civil",
        "?q=sampah",
        "?q=SAMPAH+yang+di",
        "?issue=pengelolaan-sampah&area=31.72&sdg=12&state=active&platform=civil&q=bank&sort=title",
    ],
)
def test_each_filter_narrows(two, client, query):
    assert titles(client, query) == ["Bank sampah pesisir"]


def test_search_with_a_typing_error_says_that_it_only_looks_alike(two, client):
    assert titles(client, "?q=samph")[0] == "Bank sampah pesisir"
    assert "Tidak ada yang persis" in client.get(f"{LIST}?q=samph").content.decode()
    assert "Tidak ada yang persis" not in client.get(f"{LIST}?q=sampah").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?issue=tidak-ada",
        "?area=99.99",
        "?sdg=18",
        "?sdg=abc",
        "?state=deleted",
        "?platform=aliens",
        "?sort=-password",
        "?page=zzz",
        "?page=-1",
        "?page=99999999999999999999",
        "?page=WyJuIiwgImEiLCAiYiJd",
        "?issue=a&issue=b",
        "?sdg=" + "9" * 400,
    ],
)
def test_unknown_and_broken_values_are_named_and_left_out(two, client, query):
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 400
    assert len(response.context["cards"]) == 2
    assert 'class="chip"' not in response.content.decode()


@pytest.mark.parametrize("query", ["?q=&issue=&page=", "?utm_source=surat", "?sort=best&q=", "?state=active&q="])
def test_empty_values_and_unknown_names_ask_nothing(two, client, query):
    assert client.get(f"{LIST}{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?q=" + "a" * 10_000, 200),
        ("?q=%27%22%3B--", 200),
        ("?q=yang", 200),
        ("?q=a:*%26b|!", 200),
        ("?q=sampah&page=77", 404),
        ("?q=samph&page=2", 404),
        ("?q=sampah&page=0", 400),
    ],
)
def test_absurd_searches_are_answered(two, client, query, status):
    assert client.get(f"{LIST}{query}").status_code == status


def test_nul_byte_is_refused(client):
    assert client.get(f"{LIST}?q=%00").status_code == 400


def test_unpublished_initiatives_are_not_listed_even_for_moderators(client, maya, ngo):
    joint_initiative(ngo, published_at=None)
    client.force_login(maya)
    assert titles(client) == []


def test_soonest_ending_leaves_out_what_is_over_and_puts_no_date_last(client):
    today = timezone.localdate()
    for title, days in [("Lama", -3), ("Besok", 1), ("Nanti", 90)]:
        InitiativeFactory(title=title, ends_on=today + timedelta(days=days))
    InitiativeFactory(title="Tanpa tanggal")
    assert titles(client, "?sort=ending") == ["Besok", "Nanti", "Tanpa tanggal"]


@pytest.mark.parametrize("query", ["", "sort=ending", "sort=title", "q=sampah", "q=smpah", "q=sampah&sort=title"])
def test_pages_show_every_row_once_there_and_back(client, query):
    now = timezone.now()
    for number in range(41):
        InitiativeFactory(
            title=f"Sampah {number % 5}",
            published_at=now - timedelta(days=number % 7),
            ends_on=timezone.localdate() + timedelta(days=number % 3) if number % 2 else None,
        )
    seen, back = [], []
    page = client.get(f"{LIST}?{query}").context["page"]
    pages = [page]
    while page.next:
        page = client.get(f"{LIST}?{query}&page={page.next}").context["page"]
        pages.append(page)
    seen = [row.pk for page in pages for row in page.rows]
    assert len(seen) == 41 and set(seen) == set(Initiative.objects.values_list("pk", flat=True))
    while page.previous:
        page = client.get(f"{LIST}?{query}&page={page.previous}").context["page"]
        back.append([row.pk for row in page.rows])
    assert back == [[row.pk for row in page.rows] for page in reversed(pages[:-1])]


def test_count_stops_at_a_thousand(client):
    Initiative.objects.bulk_create(InitiativeFactory.build(title=f"Sampah {number}") for number in range(1005))
    for query in ("", "?q=sampah"):
        assert "Lebih dari" in client.get(f"{LIST}{query}").content.decode()


@pytest.mark.parametrize("query", ["", "?issue=pengelolaan-sampah&state=active", "?q=sampah", "?q=smpah"])
def test_listing_takes_at_most_eight_queries(two, client, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(f"{LIST}{query}")


def test_listing_fetches_only_the_columns_it_shows(two):
    from django.http import QueryDict

    listing = Listing(QueryDict(""), for_cards(Initiative.objects.published()))
    assert {"body", "search", "results"} <= listing.page.rows[0].get_deferred_fields()


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_export_has_the_same_rows_and_no_formula(two, client, file_format):
    Initiative.objects.filter(pk=two[0].pk).update(title="=HYPERLINK(1)")
    response = client.get(f"{reverse('initiatives:export', args=[file_format])}?state=active")
    assert response.status_code == 200
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if file_format == "csv":
        text = body.decode("utf-8-sig")
        assert "'=HYPERLINK" in text and "Sambungan air" not in text


def test_unknown_export_format_is_not_found(client):
    assert client.get("/initiatives/list.exe").status_code == 404
