"""An initiative from its birth to its end: what each deed asks, changes and tells."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from initiatives.models import CoSponsor, Initiative, Partner
from initiatives.services import initiatives as services
from kalibaru.core.errors import Conflict
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.models import Event
from tests.factories import InitiativeFactory, OrganisationFactory, PartnerFactory, ProposalFactory
from tests.initiatives.shared import joint_initiative

pytestmark = pytest.mark.django_db


def last_event():
    return Event.objects.order_by("-id").first()


@pytest.fixture
def proposal(ngo, agency, waste, kalibaru):
    """A complete proposal with one accepted, one declined and one silent co-sponsor."""
    waste.sdg_goals = [11, 12]
    waste.save()
    row = ProposalFactory(
        complete=False,
        organisation=ngo,
        issue=waste,
        title="Bank sampah pesisir",
        budget=Decimal("150000000"),
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )
    row.areas.add(kalibaru)
    row.expected_results.create(name="Sampah terkelola", unit="kg", goal=1200)
    for organisation, state in [
        (agency, "accepted"),
        (OrganisationFactory(), "declined"),
        (OrganisationFactory(), "invited"),
    ]:
        CoSponsor.objects.create(proposal=row, organisation=organisation, state=state)
    return row


def test_accepted_proposal_becomes_an_initiative_with_all_that_was_agreed(proposal, maya, ngo, agency, waste, kalibaru):
    row = services.create_from_proposal(proposal, actor=maya)
    assert (row.title, row.summary, row.body) == (proposal.title, proposal.summary, proposal.approach)
    assert (row.starts_on, row.ends_on, row.budget) == (proposal.starts_on, proposal.ends_on, proposal.budget)
    assert row.published_at is None and row.state == "planned" and row.from_proposal == proposal
    assert set(row.partners.values_list("organisation", "role")) == {(ngo.pk, "lead"), (agency.pk, "implementing")}
    assert list(row.issues.all()) == [waste] and list(row.areas.all()) == [kalibaru]
    assert row.sdg_goals == [11, 12]
    assert [(t.name, t.unit, t.goal, t.reached) for t in row.targets.all()] == [("Sampah terkelola", "kg", 1200, None)]
    assert row.issue_ids == [waste.pk] and "31.72" in row.area_codes and set(row.platforms) == {"civil", "government"}


def test_proposal_becomes_one_initiative_however_often_it_is_asked(proposal, maya):
    first = services.create_from_proposal(proposal, actor=maya)
    assert services.create_from_proposal(proposal, actor=maya) == first
    assert first.partners.count() == 2 and first.targets.count() == 1


def test_same_title_gets_an_address_of_its_own(maya, ngo):
    rows = [services.create_initiative(actor=maya, lead=ngo, title="Bank sampah", summary="x") for _ in range(3)]
    assert rows[0].slug == "bank-sampah" and len({row.slug for row in rows}) == 3


@pytest.mark.parametrize("title", ["new", "水", "—"])
def test_title_without_a_usable_address_gets_one(title, maya, ngo):
    row = services.create_initiative(actor=maya, lead=ngo, title=title, summary="x")
    assert row.slug and row.slug != "new"


def test_double_submit_makes_one_initiative_and_one_event(maya, ngo):
    key = uuid.uuid4()
    rows = {
        services.create_initiative(actor=maya, lead=ngo, title="Bank sampah", summary="x", key=key).pk for _ in range(2)
    }
    assert len(rows) == 1
    assert Event.objects.filter(kind="initiatives.initiative_created").count() == 1


def test_suspended_organisation_cannot_lead(maya):
    with pytest.raises(ValidationError):
        services.create_initiative(actor=maya, lead=OrganisationFactory(state="suspended"), title="x", summary="x")


def test_publishing_tells_followers_of_problem_area_and_partners(maya, ngo, yusuf, waste, kalibaru):
    row = joint_initiative(ngo, issues=[waste], areas=[kalibaru], published_at=None, state="planned")
    services.publish_initiative(row, actor=maya)
    event = last_event()
    assert event.kind == "initiatives.initiative_published" and event.audience == "public"
    assert {topic_of(row), topic_of(waste), topic_of(kalibaru), topic_of(ngo)} <= set(event.topics)
    assert event.recipients == [yusuf.pk]
    assert Initiative.objects.published().get() == row


def test_deeds_before_publishing_are_not_told_to_the_public(maya, ngo):
    row = joint_initiative(ngo, published_at=None, state="planned")
    services.start_initiative(row, actor=maya)
    assert last_event().audience == "parties"


def test_initiative_without_a_lead_cannot_be_published(maya):
    with pytest.raises(ValidationError):
        services.publish_initiative(InitiativeFactory(published_at=None), actor=maya)


def test_publishing_twice_is_refused(maya, ngo):
    row = joint_initiative(ngo, published_at=None)
    services.publish_initiative(row, actor=maya)
    with pytest.raises(TransitionNotAllowed):
        services.publish_initiative(row, actor=maya)


def test_pausing_and_cancelling_ask_for_a_reason_and_tell_it(maya, ngo):
    row = joint_initiative(ngo)
    with pytest.raises(ValidationError):
        services.pause_initiative(row, actor=maya, reason="  ")
    services.pause_initiative(row, actor=maya, reason="Banjir rob.")
    assert (row.state, row.state_reason, last_event().payload["reason"]) == ("paused", "Banjir rob.", "Banjir rob.")
    services.resume_initiative(row, actor=maya)
    assert (row.state, row.state_reason) == ("active", "")
    services.cancel_initiative(row, actor=maya, reason="Dana batal.")
    assert row.state == "cancelled"


def test_completing_asks_for_results_and_a_lesson(maya, ngo):
    row = joint_initiative(ngo)
    with pytest.raises(ValidationError):
        services.complete_initiative(row, actor=maya, results=" ", lesson="Mulai kecil.")
    with pytest.raises(ValidationError):
        services.complete_initiative(row, actor=maya, results="1.200 kg terkelola.")
    row.refresh_from_db()
    assert row.state == "active" and not row.lessons.exists()
    services.complete_initiative(row, actor=maya, results="1.200 kg terkelola.", lesson="Mulai kecil.")
    assert row.state == "completed" and row.lessons.count() == 1
    assert last_event().payload["results"] == "1.200 kg terkelola."


def test_lesson_told_before_is_enough_to_complete(maya, ngo):
    row = joint_initiative(ngo)
    row.lessons.create(kind="risk", text="Rob bulan Desember.")
    assert services.complete_initiative(row, actor=maya, results="Selesai.").state == "completed"


def test_completing_twice_leaves_no_second_lesson(maya, ngo):
    row = joint_initiative(ngo)
    services.complete_initiative(row, actor=maya, results="Selesai.", lesson="Mulai kecil.")
    with pytest.raises(TransitionNotAllowed):
        services.complete_initiative(row, actor=maya, results="Selesai.", lesson="Lagi.")
    assert row.lessons.count() == 1


def test_stale_edit_is_a_conflict_and_changes_nothing(yusuf, ngo, maya):
    row = joint_initiative(ngo)
    seen = row.updated_at
    services.edit_initiative(row, actor=maya, version=seen, summary="Oleh Maya.")
    with pytest.raises(Conflict):
        services.edit_initiative(row, actor=yusuf, version=seen, summary="Oleh Yusuf.")
    row.refresh_from_db()
    assert row.summary == "Oleh Maya."


@pytest.mark.parametrize(
    "values",
    [
        {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)},
        {"budget": Decimal("-1")},
        {"state": "cancelled", "state_reason": ""},
    ],
)
def test_database_refuses_what_makes_no_sense(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        InitiativeFactory(**values)


def test_database_refuses_a_second_lead(ngo, agency):
    row = joint_initiative(ngo)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerFactory(initiative=row, organisation=agency, role=Partner.Role.LEAD)


def test_database_refuses_the_same_role_twice(ngo):
    row = joint_initiative(ngo)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerFactory(initiative=row, organisation=ngo, role=Partner.Role.LEAD)
