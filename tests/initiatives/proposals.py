"""A proposal in any state, its parties, and who was told: shared by the tests of proposals."""

from dataclasses import dataclass

import pytest
from django.utils import timezone

from initiatives.models import CoSponsor, Proposal
from issues.models import Stake
from kalibaru.notifications.models import Event
from tests.factories import MembershipFactory, OrganisationFactory, ProposalFactory, UserFactory

State = Proposal.State


@dataclass
class Cast:
    """Everybody who can have to do with one proposal."""

    anyone: object
    resident: object
    other_member: object
    invited: object
    co_sponsor: object
    viewer: object
    editor: object
    owner: object
    suspended: object
    government: object
    reviewer: object
    moderator: object


def in_state(state: str, **fields) -> Proposal:
    """Return a complete proposal that has come as far as `state`."""
    if state not in (State.DRAFT,):
        fields.setdefault("submitted_at", timezone.now())
    if state in (State.ACCEPTED, State.DECLINED):
        fields.setdefault("decided_at", timezone.now())
    if state == State.DECLINED:
        fields.setdefault("decision_reason", "Contoh alasan.")
    return ProposalFactory(state=state, **fields)


def co_sponsor(proposal: Proposal, state: str = "accepted", **fields) -> CoSponsor:
    """Return a co-sponsorship of a new organisation with one owner."""
    organisation = OrganisationFactory(**fields)
    MembershipFactory(organisation=organisation)
    return CoSponsor.objects.create(proposal=proposal, organisation=organisation, state=state)


def owner_of(organisation):
    """Return the organisation's first member."""
    return organisation.memberships.order_by("created_at").first().user


def person_in(organisation, role="editor"):
    """Return a new member."""
    return MembershipFactory(organisation=organisation, role=role).user


def told(kind: str) -> set:
    """Return the ids told by the one event of a kind."""
    return set(Event.objects.get(kind=kind).recipients)


def stake(issue, organisation) -> Stake:
    """Return the stake of an organisation in a problem."""
    return Stake.objects.create(issue=issue, organisation=organisation)


def cast_of(proposal: Proposal, moderator) -> Cast:
    """Return one person of every kind; the two last-named organisations join the proposal."""
    from django.contrib.auth.models import AnonymousUser

    agency = OrganisationFactory(platform="government", kind="agency")
    suspended = OrganisationFactory(state="suspended")
    reviewer = person_in(agency)
    proposal.reviewers.add(reviewer)
    return Cast(
        anyone=AnonymousUser(),
        resident=UserFactory(),
        other_member=person_in(OrganisationFactory(), "owner"),
        invited=owner_of(co_sponsor(proposal, "invited").organisation),
        co_sponsor=owner_of(co_sponsor(proposal).organisation),
        viewer=person_in(proposal.organisation, "viewer"),
        editor=person_in(proposal.organisation, "editor"),
        owner=person_in(proposal.organisation, "owner"),
        suspended=person_in(suspended, "owner"),
        government=person_in(agency, "viewer"),
        reviewer=reviewer,
        moderator=moderator,
    )


@pytest.fixture
def draft(ngo, waste):
    """A complete draft of Yusuf's NGO about waste."""
    return ProposalFactory(organisation=ngo, issue=waste, title="Contoh bank sampah")
