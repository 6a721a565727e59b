"""The seeded content: facts with sources, demonstration flagged, twice the same."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from initiatives.models import Initiative, Programme, Proposal
from issues.models import Fact, Forum, Indicator, PriorityIssue
from kalibaru.accounts.models import User
from kalibaru.places.models import Area
from stakeholders.models import Organisation

pytestmark = pytest.mark.django_db


def everything():
    """Return every row of the project's own tables with its values, but for moments of reading."""
    ours = [
        m
        for m in apps.get_models()
        if m.__module__.split(".")[0] in ("kalibaru", "issues", "initiatives", "stakeholders")
    ]
    return {model._meta.label: sorted(map(str, model._default_manager.values_list())) for model in ours}


@pytest.fixture
def local(settings):
    settings.DEBUG = True


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize("arguments", [[], ["--demo"]])
def test_a_second_run_changes_nothing(arguments):
    call_command("seed_kalibaru", *arguments)
    before = everything()
    call_command("seed_kalibaru", *arguments)
    assert everything() == before


def test_what_people_edit_survives_the_next_run():
    call_command("seed_kalibaru")
    Area.objects.filter(code="31.72.04.1004.RW01").update(name="RW 01 Pesisir")
    Area.objects.filter(code="31.72.04.1004.RW14").delete()
    call_command("seed_kalibaru")
    assert Area.objects.get(code="31.72.04.1004.RW01").name == "RW 01 Pesisir"
    assert not Area.objects.filter(code="31.72.04.1004.RW14").exists()


def test_every_statement_has_its_source():
    call_command("seed_kalibaru")
    assert not Fact.objects.filter(certainty="verified", source_url="").exists()
    for model in (PriorityIssue, Forum, Initiative, Organisation):
        assert model.objects.exists()
        assert not model.objects.filter(source_url="").exists(), model


def test_no_figure_is_invented():
    call_command("seed_kalibaru")
    assert Indicator.objects.exists()
    assert not Indicator.objects.exclude(baseline=None, target=None).exists()


def test_without_demo_there_are_no_accounts_and_no_examples():
    call_command("seed_kalibaru")
    assert not User.objects.exists()
    for model in (Organisation, Initiative, Programme, Proposal):
        assert not model.objects.filter(is_demo=True).exists()


@pytest.mark.usefixtures("local")
def test_every_invented_thing_is_named_contoh_and_flagged():
    call_command("seed_kalibaru", "--demo")
    for model, name in (
        (Organisation, "name"),
        (Initiative, "title"),
        (Proposal, "title"),
        (Programme, "activity_name"),
    ):
        for row in model.objects.all():
            assert getattr(row, name).startswith("Contoh") == row.is_demo, row
            assert row.is_demo or row.source_url, row


@pytest.mark.usefixtures("local")
def test_the_four_demo_accounts_can_sign_in(client):
    call_command("seed_kalibaru", "--demo")
    for email in ("rina@warga.example", "yusuf@lsm.example", "dewi@pemda.example", "maya@sekretariat.example"):
        assert client.login(username=email, password="kalibaru-hub-demo"), email
    assert User.objects.get(email="maya@sekretariat.example").is_moderator


def test_demo_is_refused_outside_the_local_profile(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command("seed_kalibaru", "--demo")


def test_the_six_cities_and_the_tree_of_areas_are_there():
    call_command("seed_kalibaru")
    ccrs = Initiative.objects.get(slug="catalyzing-city-resilience-solutions")
    assert ccrs.areas.count() == 6
    kalibaru = Area.objects.get(code="31.72.04.1004")
    assert kalibaru.lineage() == ["31", "31.72", "31.72.04", "31.72.04.1004"]
    assert kalibaru.children.count() == 14
