"""Which organisations may be the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stakeholders.duplicates import with_possible_duplicates
from stakeholders.models import Organisation
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def alike(name, acronym=""):
    return [row.name for row in Organisation.objects.possible_duplicates(name, acronym)]


@pytest.mark.parametrize(
    "typed",
    [
        "yayasan hidung merah indonesia",
        "YAYASAN HIDUNG MERAH",
        "Yayasan Hidung Mérah",
        "Yayasan Hidng Merah",
        "Hidung Merah",
    ],
)
def test_a_name_typed_a_little_differently_is_found(typed):
    OrganisationFactory(name="Yayasan Hidung Merah")
    assert alike(typed) == ["Yayasan Hidung Merah"]


@pytest.mark.parametrize("typed", ["Yayasan Rumah Kita", "Dinas Lingkungan Hidup", "", "   ", "%", "'"])
def test_another_name_is_not_found(typed):
    OrganisationFactory(name="Yayasan Hidung Merah")
    assert alike(typed) == []


def test_the_same_acronym_is_enough():
    OrganisationFactory(name="Universitas Negeri Contoh", acronym="UNC")
    assert alike("Kampus di Rawamangun", "unc") == ["Universitas Negeri Contoh"]
    assert alike("unc") == ["Universitas Negeri Contoh"]


def test_what_was_merged_away_is_left_out(ngo):
    OrganisationFactory(name="Yayasan Hidung Merah", state="merged", merged_into=ngo)
    assert alike("Yayasan Hidung Merah") == []


def test_most_alike_comes_first():
    OrganisationFactory(name="Yayasan Hidung Merah Indonesia Timur")
    OrganisationFactory(name="Yayasan Hidung Merah")
    assert alike("yayasan hidung merah")[0] == "Yayasan Hidung Merah"


def test_a_queue_is_compared_with_the_same_queries_however_long():
    OrganisationFactory(name="Contoh Bank Sampah Melati", state="verified")

    def queries(number):
        for n in range(number):
            OrganisationFactory(name=f"Contoh Bank Sampah Melati {n}", state="pending")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            rows = with_possible_duplicates(Organisation.objects.awaiting_verification())
        assert all(row.possible_duplicates for row in rows)
        return len(captured)

    assert queries(2) == queries(8)
