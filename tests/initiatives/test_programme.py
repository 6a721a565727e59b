"""What is written about a programme, and who is told."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from initiatives.cards.programmes import due, mine
from initiatives.models import Programme, ProgrammeLog, ProgrammeYear
from initiatives.services import programmes as services
from initiatives.services.programmes import YearEntry
from kalibaru.core.errors import Conflict
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.models import Event
from tests.factories import AreaFactory, OrganisationFactory
from tests.initiatives.programmes import entry, programme_in

pytestmark = pytest.mark.django_db


def test_logged_programme_is_a_draft_with_its_lists(agency, dewi, waste, kalibaru):
    programme, made = services.log_programme(agency, entry(issues=[waste], areas=[kalibaru]), actor=dewi)
    assert made
    assert programme.state == "draft"
    assert list(programme.issues.all()) == [waste]
    assert list(programme.areas.all()) == [kalibaru]
    assert programme.years.get().budget == Decimal(5_000_000)
    assert programme.created_by == dewi


def test_double_click_makes_one_programme_and_one_event(agency, dewi):
    key = uuid.uuid4()
    first, made = services.log_programme(agency, entry(), actor=dewi, key=key)
    again, made_again = services.log_programme(agency, entry(), actor=dewi, key=key)
    assert (first, made, made_again) == (again, True, False)
    assert Event.objects.filter(kind="initiatives.programme_logged").count() == 1


def test_publishing_tells_followers_of_problem_area_and_organisation(agency, dewi, waste, kalibaru):
    city = AreaFactory(code="31.72", level="city", name="Jakarta Utara")
    programme, _made = services.log_programme(agency, entry(issues=[waste], areas=[kalibaru]), actor=dewi)
    services.publish_programme(programme, actor=dewi)
    event = Event.objects.get(kind="initiatives.programme_published")
    assert set(event.topics) == {topic_of(row) for row in (programme, waste, kalibaru, city, agency)} | {"goal:6"}
    assert event.audience == "public"
    assert programme.published_at is not None


def test_draft_is_told_to_its_parties_only(agency, dewi):
    programme, _made = services.log_programme(agency, entry(), actor=dewi)
    services.edit_programme(programme, entry(), version=None, actor=dewi)
    assert set(Event.objects.values_list("audience", flat=True)) == {"parties"}


def test_stale_edit_is_a_conflict(agency, dewi):
    programme, _made = services.log_programme(agency, entry(), actor=dewi)
    version = programme.updated_at
    services.edit_programme(programme, entry(), version=version, actor=dewi)
    with pytest.raises(Conflict):
        services.edit_programme(programme, entry(), version=version, actor=dewi)


def test_edit_keeps_the_row_of_a_year_and_drops_the_missing_ones(agency, dewi):
    years = (YearEntry(2025, target=Decimal(10)), YearEntry(2026, target=Decimal(20)))
    programme, _made = services.log_programme(agency, entry(years=years), actor=dewi)
    kept = programme.years.get(year=2026)
    changed = (YearEntry(2026, target=Decimal(20), realisation=Decimal(5)), YearEntry(2027))
    services.edit_programme(programme, entry(years=changed), version=None, actor=dewi)
    assert list(programme.years.values_list("year", flat=True)) == [2026, 2027]
    kept.refresh_from_db()
    assert kept.realisation == 5


def test_note_is_told_with_its_text_and_written_once(agency, dewi):
    programme = programme_in("published", agency)
    key = uuid.uuid4()
    for _click in range(2):
        services.add_note(programme, on=date(2026, 5, 1), note="Contoh: pipa terpasang.", actor=dewi, key=key)
    assert ProgrammeLog.objects.count() == 1
    event = Event.objects.get(kind="initiatives.programme_note_added")
    assert event.payload["note"] == "Contoh: pipa terpasang."


@pytest.mark.parametrize("wrong", [{"year": 1999}, {"year": 2101}, {"target": -1}, {"budget": -1}, {"spent": -1}])
def test_database_refuses_impossible_years(agency, wrong):
    programme = programme_in("draft", agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeYear.objects.create(**{"programme": programme, "year": 2026, **wrong})


def test_merged_organisation_leaves_its_programmes_to_its_heir(agency, maya):
    heir = OrganisationFactory(platform="government")
    programme = programme_in("published", agency)
    services.move_programmes(agency, heir, maya)
    programme.refresh_from_db()
    assert programme.organisation == heir


def test_workspace_shows_what_is_due_to_those_who_write(agency, dewi, yusuf):
    old = timezone.now() - timedelta(days=300)
    silent = programme_in("published", agency, published_at=old)
    ProgrammeYear.objects.create(programme=silent, year=timezone.localdate().year, target=1, realisation=1)
    unfilled = programme_in("published", agency)
    programme_in("draft", agency)
    programme_in("finished", agency, published_at=old)
    assert [todo.title for todo in due(dewi)] == [unfilled.title, silent.title]
    assert len(mine(dewi)) == 3
    assert due(yusuf) == mine(yusuf) == []


def test_note_of_this_semester_ends_the_reminder(agency, dewi):
    programme = programme_in("published", agency, published_at=timezone.now() - timedelta(days=300))
    ProgrammeYear.objects.create(programme=programme, year=timezone.localdate().year, realisation=1)
    ProgrammeLog.objects.create(programme=programme, on=timezone.localdate() - timedelta(days=20), note="Contoh")
    assert due(dewi) == []


def test_current_year_with_a_realisation_of_zero_is_told(agency):
    programme = programme_in("published", agency)
    year = timezone.localdate().year
    ProgrammeYear.objects.create(programme=programme, year=year, realisation=0)
    assert not Programme.objects.without_realisation(year).exists()
