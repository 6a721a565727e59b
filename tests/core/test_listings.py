"""A listing says what of its address it does not know, shows the rest, and answers 400."""

import pytest

from issues.models import PriorityIssue
from kalibaru.core.paging import keyset_page
from tests.factories import InitiativeFactory, PriorityIssueFactory

pytestmark = pytest.mark.django_db
LISTINGS = {
    "/initiatives/": "issue=xyz",
    "/programmes/": "issue=xyz",
    "/proposals/": "issue=xyz",
    "/issues/": "sdg=xyz",
    "/forums/": "kind=xyz",
    "/stakeholders/": "platform=xyz",
}


@pytest.mark.parametrize("address", LISTINGS)
def test_an_unknown_value_is_named_on_top_and_beside_its_field(client, address):
    page = client.get(f"{address}?{LISTINGS[address]}")
    text = page.content.decode()
    assert page.status_code == 400
    assert "Saringan tidak dikenal:" in text and "“xyz”. Saringan itu tidak dipakai." in text
    name = LISTINGS[address].partition("=")[0]
    assert f'id="id_{name}_error"' in text and f'aria-describedby="id_{name}_error"' in text


@pytest.mark.parametrize("address", LISTINGS)
def test_it_is_said_in_english_too(client, address):
    assert "Unknown filter:" in client.get(f"/en{address}?{LISTINGS[address]}").content.decode()


@pytest.mark.parametrize("address", [address for address in LISTINGS if address != "/proposals/"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_an_export_says_it_as_plain_text(client, address, file_format):
    answer = client.get(f"{address}list.{file_format}?{LISTINGS[address]}")
    assert answer.status_code == 400 and answer["Content-Type"].startswith("text/plain")
    assert "“xyz”" in answer.content.decode()


@pytest.mark.parametrize("address", LISTINGS)
def test_a_listing_asked_for_the_unknown_keeps_to_eight_queries(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(f"{address}?{LISTINGS[address]}&area=xyz&page=xyz")


def test_the_good_filters_still_narrow(client):
    waste = PriorityIssueFactory(title="Sampah")
    shown, other = InitiativeFactory(title="Contoh satu", state="active"), InitiativeFactory(state="planned")
    page = client.get(f"/initiatives/?state=active&issue={waste.slug}x&utm_source=surat")
    assert [card.row.pk for card in page.context["cards"]] == [shown.pk] != [other.pk]


def test_what_was_typed_is_escaped_and_cut(client):
    text = client.get("/initiatives/", {"issue": "<b>" + "x" * 500}).content.decode()
    assert "<b>x" not in text and f"“&lt;b&gt;{'x' * 57}…”" in text


def test_a_page_for_visitors_is_not_kept_when_its_address_is_wrong(client, settings):
    settings.VISITOR_PAGE_SECONDS = 60
    for _time in range(2):
        assert client.get("/initiatives/?issue=xyz").status_code == 400


def test_a_page_past_the_end_shows_the_first_and_answers_404(client):
    rows = [PriorityIssueFactory() for _number in range(3)]
    first = keyset_page(PriorityIssue.objects.all(), ("title", "id"), size=2)
    assert first.fault == 0
    PriorityIssue.objects.filter(pk__in=[row.pk for row in rows]).exclude(pk=first.rows[0].pk).delete()
    page = keyset_page(PriorityIssue.objects.all(), ("title", "id"), first.next, size=2)
    assert (page.fault, [row.pk for row in page]) == (404, [first.rows[0].pk])
