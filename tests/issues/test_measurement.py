"""Figures of indicators: who enters and approves them, what is locked, and what readers see."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from issues import measurement_services as services
from issues.measurement_services import Entry
from issues.models import Indicator, Measurement
from kalibaru.notifications.models import Event
from tests.factories import IndicatorFactory, MeasurementFactory, OrganisationFactory, moderator
from tests.initiatives.programmes import person
from tests.tables import outcome

pytestmark = pytest.mark.django_db

ACTORS = ["anyone", "resident", "ngo", "viewer", "editor", "owner", "invited", "left", "writer", "moderator"]
STATES = ["draft", "submitted", "returned", "approved", "replaced"]
# One letter a state: + may, F may never (403), S not in this state (409). Whoever is not named gets F everywhere.
# "writer" is a moderator who entered the figure.
DEEDS = {
    "edit": {"editor": "+ S + S S", "owner": "+ S + S S", "writer": "+ S + S S"},
    "submit": {"editor": "+ S + S S", "owner": "+ S + S S", "writer": "+ S + S S"},
    "discard": {"editor": "+ S + S S", "owner": "+ S + S S", "writer": "+ S + S S"},
    "correct": {
        "editor": "S S S + S",
        "owner": "S S S + S",
        "writer": "S S S + S",
        "moderator": "S S S + S",
    },
    "approve": {"moderator": "S + S S S"},
    "return": {"moderator": "S + S S S"},
}


def entry(area, **changes):
    return Entry(**{"area": area, "year": 2025, "part": 0, "value": Decimal(31), "source_title": "Contoh", **changes})


def do(deed, row, actor):
    match deed:
        case "edit":
            services.edit_measurement(row, entry(row.area), actor=actor)
        case "return":
            services.return_measurement(row, "Contoh alasan", actor=actor)
        case "correct":
            organisation = None if getattr(actor, "is_moderator", False) else row.organisation
            services.enter_measurement(
                row.indicator, entry(row.area), organisation=organisation, actor=actor, replaces=row
            )
        case _:
            getattr(services, f"{deed}_measurement")(row, actor=actor)


@pytest.mark.parametrize("name", ACTORS)
@pytest.mark.parametrize("deed", DEEDS)
def test_deeds_follow_the_table(agency, kalibaru, deed, name):
    actor = moderator() if name == "writer" else person(name, agency)
    found = []
    for state in STATES:
        row = MeasurementFactory(
            organisation=agency, state=state, area=kalibaru, created_by=actor if name == "writer" else None
        )
        found.append(outcome(lambda row=row: do(deed, row, actor)))
    assert " ".join(found) == DEEDS[deed].get(name, "F F F F F")


ENTER = {"editor": "+", "owner": "+", "moderator": "+"}


@pytest.mark.parametrize("name", [name for name in ACTORS if name != "writer"])
def test_only_who_writes_for_the_organisation_enters_in_its_name(agency, kalibaru, name):
    indicator = IndicatorFactory()
    actor = person(name, agency)
    found = outcome(lambda: services.enter_measurement(indicator, entry(kalibaru), organisation=agency, actor=actor))
    assert found == ENTER.get(name, "F")


def test_a_suspended_organisation_enters_nothing(yusuf, ngo, kalibaru):
    type(ngo).objects.filter(pk=ngo.pk).update(state="suspended")
    with pytest.raises(PermissionDenied):
        services.enter_measurement(IndicatorFactory(), entry(kalibaru), organisation=ngo, actor=yusuf)


def test_without_an_organisation_only_the_secretariat_enters(yusuf, maya, kalibaru):
    indicator = IndicatorFactory()
    with pytest.raises(PermissionDenied):
        services.enter_measurement(indicator, entry(kalibaru), organisation=None, actor=yusuf)
    assert services.enter_measurement(indicator, entry(kalibaru), organisation=None, actor=maya)[1]


def test_a_figure_without_source_or_evidence_is_not_handed_in(yusuf, ngo, kalibaru):
    row = MeasurementFactory(organisation=ngo, source_title="")
    with pytest.raises(ValidationError) as refused:
        services.submit_measurement(row, actor=yusuf)
    assert "source_title" in refused.value.message_dict
    row.refresh_from_db()
    assert row.state == "draft"


def test_a_figure_of_the_future_is_refused(yusuf, ngo, kalibaru):
    with pytest.raises(ValidationError):
        services.enter_measurement(
            IndicatorFactory(), entry(kalibaru, year=date.today().year + 1), organisation=ngo, actor=yusuf
        )
    assert not Measurement.objects.exists()


def test_a_double_press_enters_one_figure(yusuf, ngo, kalibaru):
    indicator, key = IndicatorFactory(), IndicatorFactory().pk
    made = [
        services.enter_measurement(indicator, entry(kalibaru), organisation=ngo, actor=yusuf, key=key)[1]
        for _press in range(2)
    ]
    assert made == [True, False]
    assert Measurement.objects.count() == 1


@pytest.mark.parametrize("change", [{"value": 99}, {"year": 2020}, {"source_title": "lain"}])
def test_the_database_locks_an_approved_figure(change):
    row = MeasurementFactory(state="approved")
    with pytest.raises(DatabaseError), transaction.atomic():
        Measurement.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_a_correction_replaces_the_old_version_only_when_approved(yusuf, ngo, maya, kalibaru):
    old = MeasurementFactory(organisation=ngo, state="approved", area=kalibaru)
    new, _made = services.enter_measurement(
        old.indicator, entry(kalibaru, value=Decimal(35)), organisation=ngo, actor=yusuf, replaces=old
    )
    services.submit_measurement(new, actor=yusuf)
    old.refresh_from_db()
    assert (old.state, new.version) == ("approved", 2)
    services.approve_measurement(new, actor=maya)
    old.refresh_from_db()
    assert old.state == "replaced"
    assert [row.value for row in Measurement.objects.approved()] == [35]
    assert Event.objects.filter(kind="issues.measurement_corrected", audience="public").count() == 1


def test_two_figures_for_one_period_are_never_both_approved(maya, kalibaru):
    first = MeasurementFactory(state="submitted", area=kalibaru)
    rival = MeasurementFactory(state="submitted", area=kalibaru, indicator=first.indicator, value=31)
    services.approve_measurement(first, actor=maya)
    with pytest.raises(ValidationError), transaction.atomic():
        services.approve_measurement(rival, actor=maya)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.filter(pk=rival.pk).update(state="approved")


def test_a_returned_figure_tells_its_writer_the_reason(yusuf, ngo, maya):
    row = MeasurementFactory(organisation=ngo, state="submitted", created_by=yusuf)
    services.return_measurement(row, "Sumbernya belum jelas", actor=maya)
    event = Event.objects.get(kind="issues.measurement_returned")
    assert (event.recipients, event.payload["reason"]) == ([yusuf.pk], "Sumbernya belum jelas")


def test_a_merge_carries_figures_to_the_heir():
    loser, heir = OrganisationFactory(), OrganisationFactory()
    row = MeasurementFactory(organisation=loser, state="approved")
    services.move_measurements(loser, heir)
    row.refresh_from_db()
    assert row.organisation == heir


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "fits"),
    [
        ("up", 10, 50, True),
        ("up", 50, 10, False),
        ("down", 50, 10, True),
        ("down", 10, 50, False),
        ("up", 10, 10, True),
    ],
)
def test_a_target_lies_in_its_direction(waste, direction, baseline, target, fits):
    def make():
        with transaction.atomic():
            Indicator.objects.create(
                issue=waste, name="Contoh", unit="kg", direction=direction, baseline=baseline, target=target
            )

    if fits:
        make()
    else:
        with pytest.raises(IntegrityError):
            make()
