"""Who may do what with a proposal: actor × state × deed, no empty cell."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from initiatives.models import Proposal
from initiatives.services import co_sponsors, drafts, proposals, reviews
from initiatives.services.drafts import Content
from kalibaru.core.access import may
from tests.factories import OrganisationFactory
from tests.initiatives.proposals import cast_of, in_state, person_in

pytestmark = pytest.mark.django_db
STATES = ["draft", "submitted", "under_review", "clarification", "accepted", "declined", "withdrawn"]
ACTORS = [
    "anyone", "resident", "other_member", "invited", "co_sponsor", "viewer", "editor", "owner", "suspended",
    "government", "reviewer", "moderator",
]  # fmt: skip

# One letter a state, in the order of STATES: + may read, . may not.
READ = {
    "anyone":       ". . . . + . .",
    "resident":     ". . . . + . .",
    "other_member": ". . . . + . .",
    "invited":      "+ + + + + + +",
    "co_sponsor":   "+ + + + + + +",
    "viewer":       "+ + + + + + +",
    "editor":       "+ + + + + + +",
    "owner":        "+ + + + + + +",
    "suspended":    ". . . . + . .",
    "government":   ". + + + + . .",
    "reviewer":     "+ + + + + + +",
    "moderator":    ". + + + + + +",
}  # fmt: skip
# Files, messages, invitations: the same, but an accepted one opens them to nobody new.
READ_INSIDE = READ | {
    "anyone":       ". . . . . . .",
    "resident":     ". . . . . . .",
    "other_member": ". . . . . . .",
    "suspended":    ". . . . . . .",
}  # fmt: skip
# + does it, F may never (403), S not in this state (409), r refused as not for this reader.
DEEDS = {
    "save": {
        "anyone":       "F F F F F F F",
        "resident":     "F F F F F F F",
        "other_member": "F F F F F F F",
        "invited":      "F F F F F F F",
        "co_sponsor":   "F F F F F F F",
        "viewer":       "F F F F F F F",
        "editor":       "+ S S + S S S",
        "owner":        "+ S S + S S S",
        "suspended":    "F F F F F F F",
        "government":   "F F F F F F F",
        "reviewer":     "F F F F F F F",
        "moderator":    "+ S S + S S S",
    },
    "submit": {
        "anyone":       "F F F F F F F",
        "resident":     "F F F F F F F",
        "other_member": "F F F F F F F",
        "invited":      "F F F F F F F",
        "co_sponsor":   "F F F F F F F",
        "viewer":       "F F F F F F F",
        "editor":       "+ S S S S S S",
        "owner":        "+ S S S S S S",
        "suspended":    "F F F F F F F",
        "government":   "F F F F F F F",
        "reviewer":     "F F F F F F F",
        "moderator":    "+ S S S S S S",
    },
    "answer": {
        "anyone":       "F F F F F F F",
        "resident":     "F F F F F F F",
        "other_member": "F F F F F F F",
        "invited":      "F F F F F F F",
        "co_sponsor":   "F F F F F F F",
        "viewer":       "F F F F F F F",
        "editor":       "S S S + S S S",
        "owner":        "S S S + S S S",
        "suspended":    "F F F F F F F",
        "government":   "F F F F F F F",
        "reviewer":     "F F F F F F F",
        "moderator":    "S S S + S S S",
    },
    "withdraw": {
        "anyone":       "F F F F F F F",
        "resident":     "F F F F F F F",
        "other_member": "F F F F F F F",
        "invited":      "F F F F F F F",
        "co_sponsor":   "F F F F F F F",
        "viewer":       "F F F F F F F",
        "editor":       "+ + + + S S S",
        "owner":        "+ + + + S S S",
        "suspended":    "F F F F F F F",
        "government":   "F F F F F F F",
        "reviewer":     "F F F F F F F",
        "moderator":    "+ + + + S S S",
    },
    "take": {
        "anyone":       "F F F F F F F",
        "resident":     "F F F F F F F",
        "other_member": "F F F F F F F",
        "invited":      "F F F F F F F",
        "co_sponsor":   "F F F F F F F",
        "viewer":       "F F F F F F F",
        "editor":       "F F F F F F F",
        "owner":        "F F F F F F F",
        "suspended":    "F F F F F F F",
        "government":   "F F F F F F F",
        "reviewer":     "S + S S S S S",
        "moderator":    "S + S S S S S",
    },
    "ask": {
        "anyone":       "F F F F F F F",
        "resident":     "F F F F F F F",
        "other_member": "F F F F F F F",
        "invited":      "F F F F F F F",
        "co_sponsor":   "F F F F F F F",
        "viewer":       "F F F F F F F",
        "editor":       "F F F F F F F",
        "owner":        "F F F F F F F",
        "suspended":    "F F F F F F F",
        "government":   "F F F F F F F",
        "reviewer":     "S S + S S S S",
        "moderator":    "S S + S S S S",
    },
    "decline": {
        "anyone":       "F F F F F F F",
        "resident":     "F F F F F F F",
        "other_member": "F F F F F F F",
        "invited":      "F F F F F F F",
        "co_sponsor":   "F F F F F F F",
        "viewer":       "F F F F F F F",
        "editor":       "F F F F F F F",
        "owner":        "F F F F F F F",
        "suspended":    "F F F F F F F",
        "government":   "F F F F F F F",
        "reviewer":     "S S + S S S S",
        "moderator":    "S S + S S S S",
    },
    "accept": {
        "anyone":       "F F F F F F F",
        "resident":     "F F F F F F F",
        "other_member": "F F F F F F F",
        "invited":      "F F F F F F F",
        "co_sponsor":   "F F F F F F F",
        "viewer":       "F F F F F F F",
        "editor":       "F F F F F F F",
        "owner":        "F F F F F F F",
        "suspended":    "F F F F F F F",
        "government":   "F F F F F F F",
        "reviewer":     "S S + S S S S",
        "moderator":    "S S + S S S S",
    },
    "name_reviewer": {
        "anyone":       "F F F F F F F",
        "resident":     "F F F F F F F",
        "other_member": "F F F F F F F",
        "invited":      "F F F F F F F",
        "co_sponsor":   "F F F F F F F",
        "viewer":       "F F F F F F F",
        "editor":       "F F F F F F F",
        "owner":        "F F F F F F F",
        "suspended":    "F F F F F F F",
        "government":   "F F F F F F F",
        "reviewer":     "F F F F F F F",
        "moderator":    "S + + + S S S",
    },
    "invite": {
        "anyone":       "F F F F F F F",
        "resident":     "F F F F F F F",
        "other_member": "F F F F F F F",
        "invited":      "F F F F F F F",
        "co_sponsor":   "F F F F F F F",
        "viewer":       "F F F F F F F",
        "editor":       "+ + + + S S S",
        "owner":        "+ + + + S S S",
        "suspended":    "F F F F F F F",
        "government":   "F F F F F F F",
        "reviewer":     "F F F F F F F",
        "moderator":    "+ + + + S S S",
    },
    "message": {
        "anyone":       "F F F F F F F",
        "resident":     "F F F F F F F",
        "other_member": "F F F F F F F",
        "invited":      "+ + + + + + +",
        "co_sponsor":   "+ + + + + + +",
        "viewer":       "F F F F F F F",
        "editor":       "+ + + + + + +",
        "owner":        "+ + + + + + +",
        "suspended":    "F F F F F F F",
        "government":   "F + + + + F F",
        "reviewer":     "+ + + + + + +",
        "moderator":    "F + + + + + +",
    },
    "internal_message": {
        "anyone":       "F F F F F F F",
        "resident":     "F F F F F F F",
        "other_member": "F F F F F F F",
        "invited":      "F F F F F F F",
        "co_sponsor":   "F F F F F F F",
        "viewer":       "F F F F F F F",
        "editor":       "F F F F F F F",
        "owner":        "F F F F F F F",
        "suspended":    "F F F F F F F",
        "government":   "F F F F F F F",
        "reviewer":     "+ + + + + + +",
        "moderator":    "F + + + + + +",
    },
}  # fmt: skip
DO = {
    "save": lambda p, a: drafts.save_draft(p, Content(title="Judul lain"), actor=a),
    "submit": lambda p, a: proposals.submit_proposal(p, actor=a),
    "answer": lambda p, a: proposals.answer_clarification(p, "Contoh jawaban", actor=a),
    "withdraw": lambda p, a: proposals.withdraw(p, actor=a),
    "take": lambda p, a: reviews.take_under_review(p, actor=a),
    "ask": lambda p, a: reviews.ask_clarification(p, "Contoh pertanyaan", actor=a),
    "decline": lambda p, a: reviews.decline(p, "Contoh alasan", actor=a),
    "accept": lambda p, a: reviews.accept(p, actor=a),
    "name_reviewer": lambda p, a: reviews.name_reviewer(
        p, person_in(OrganisationFactory(platform="government")), actor=a
    ),
    "invite": lambda p, a: co_sponsors.invite_co_sponsor(p, OrganisationFactory(), actor=a),
    "message": lambda p, a: reviews.add_message(p, "Contoh pesan", actor=a),
    "internal_message": lambda p, a: reviews.add_message(p, "Contoh catatan", actor=a, internal=True),
}


def outcome(deed, proposal, actor) -> str:
    try:
        DO[deed](proposal, actor)
    except PermissionDenied:
        return "F"
    except TransitionNotAllowed:
        return "S"
    return "+"


@pytest.mark.parametrize("table", [READ, READ_INSIDE, *DEEDS.values()])
def test_the_permission_table_has_no_empty_cell(table):
    assert list(table) == ACTORS
    assert all(len(cells.split()) == len(STATES) for cells in table.values())


@pytest.mark.parametrize("state", STATES)
def test_who_reads_a_proposal_follows_the_table(state, maya):
    proposal = in_state(state)
    cast = cast_of(proposal, maya)
    place = STATES.index(state)
    seen = {name: Proposal.objects.visible_to(getattr(cast, name)).filter(pk=proposal.pk).exists() for name in ACTORS}
    inside = {name: may(getattr(cast, name), "initiatives.read_proposal_inside", proposal) for name in ACTORS}
    assert seen == {name: READ[name].split()[place] == "+" for name in ACTORS}
    assert inside == {name: READ_INSIDE[name].split()[place] == "+" for name in ACTORS}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("deed", list(DEEDS))
def test_who_does_what_in_which_state_follows_the_table(deed, state, maya):
    expected = {name: DEEDS[deed][name].split()[STATES.index(state)] for name in ACTORS}
    got = {}
    proposal = in_state(state)
    cast = cast_of(proposal, maya)
    for name in ACTORS:
        row = Proposal.objects.get(pk=proposal.pk)
        if expected[name] == "+":
            row = in_state(state)
            mine = cast_of(row, maya)
            got[name] = outcome(deed, row, getattr(mine, name))
        else:
            got[name] = outcome(deed, row, getattr(cast, name))
    assert got == expected


def test_propose_is_for_owners_and_editors_of_a_verified_organisation(maya, rina):
    ours = OrganisationFactory()
    assert may(person_in(ours, "owner"), "initiatives.propose_for", ours)
    assert may(person_in(ours, "editor"), "initiatives.propose_for", ours)
    assert may(maya, "initiatives.propose_for", ours)
    assert not may(person_in(ours, "viewer"), "initiatives.propose_for", ours)
    assert not may(person_in(OrganisationFactory()), "initiatives.propose_for", ours)
    assert not may(rina, "initiatives.propose_for", ours)
    assert not may(AnonymousUser(), "initiatives.propose_for", ours)


@pytest.mark.parametrize("state", ["draft", "pending", "rejected", "suspended"])
def test_an_organisation_that_is_not_verified_proposes_nothing(state, maya):
    ours = OrganisationFactory(state=state)
    for actor in (person_in(ours, "owner"), maya):
        with pytest.raises(PermissionDenied):
            drafts.create_draft(ours, Content(title="Contoh"), actor=actor)


def test_a_reviewer_who_left_government_decides_no_more():
    proposal = in_state("under_review")
    agency = OrganisationFactory(platform="government")
    reviewer = person_in(agency)
    proposal.reviewers.add(reviewer)
    agency.memberships.update(state="left")
    with pytest.raises(PermissionDenied):
        reviews.accept(proposal, actor=reviewer)
