"""On English pages, what people wrote in Indonesian says so, to eyes and to screen readers."""

import pytest

from issues.models import Forum
from tests.factories import InitiativeFactory, OrganisationFactory, PriorityIssueFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
NOTE = "Written in Indonesian."
ROWS = {
    "initiative": InitiativeFactory,
    "issue": PriorityIssueFactory,
    "programme": ProgrammeFactory,
    "organisation": lambda: OrganisationFactory(description="Contoh keterangan."),
    "forum": lambda: Forum.objects.create(
        title="Contoh", slug="contoh", summary="Contoh", kind="fgd", on="2024-02-06", state="published"
    ),
}


@pytest.fixture(params=ROWS)
def address(request):
    return ROWS[request.param]().get_absolute_url()


def test_an_english_page_says_that_its_words_are_indonesian(client, address):
    page = client.get(f"/en{address}").content.decode()
    assert page.count(NOTE) == 1
    assert 'lang="id"' in page.split("<main")[1]


def test_an_indonesian_page_has_no_such_note(client, address):
    page = client.get(address).content.decode()
    assert "Ditulis dalam bahasa Indonesia." not in page
    assert 'lang="id"' not in page.split("<main")[1]
