"""The life of a proposal through its services: what changes, and who is told."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django_fsm import TransitionNotAllowed

from initiatives.cards import proposals as cards
from initiatives.events import proposals as events
from initiatives.models import CoSponsor, Initiative, Partner, Proposal, ProposalMessage
from initiatives.services import co_sponsors, drafts, proposals, reviews
from initiatives.services.drafts import Content, ResultLine
from kalibaru.core.errors import Conflict
from kalibaru.notifications.models import Event, Notification
from kalibaru.notifications.services.dispatch import dispatch_all
from kalibaru.notifications.timeline import timeline
from tests.factories import OrganisationFactory, ProposalFactory, moderator
from tests.initiatives.proposals import co_sponsor, draft, in_state, owner_of, person_in, stake, told  # noqa: F401

pytestmark = pytest.mark.django_db
State = Proposal.State
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_a_draft_may_be_empty(ngo, yusuf):
    proposal, is_new = drafts.create_draft(ngo, Content(), actor=yusuf)
    assert is_new and proposal.state == State.DRAFT and str(proposal) == "Usulan tanpa judul"


def test_submitting_asks_for_everything_by_field(ngo, yusuf):
    proposal, _new = drafts.create_draft(ngo, Content(), actor=yusuf)
    with pytest.raises(ValidationError) as refused:
        proposals.submit_proposal(proposal, actor=yusuf)
    assert set(refused.value.message_dict) == {"title", "issue", "areas", "summary", "approach", "results"}
    assert Proposal.objects.get().state == State.DRAFT
    assert not Event.objects.filter(kind=events.SUBMITTED).exists()


def test_a_half_filled_result_is_kept_in_a_draft_and_stops_submission(draft, yusuf):  # noqa: F811
    content = drafts.content_of(draft)
    half = Content(**{**content.__dict__, "results": [ResultLine("Keluarga memilah sampah")]})
    drafts.save_draft(draft, half, actor=yusuf)
    assert draft.expected_results.get().goal is None
    with pytest.raises(ValidationError) as refused:
        proposals.submit_proposal(draft, actor=yusuf)
    assert set(refused.value.message_dict) == {"results"}


def test_submission_tells_moderators_government_that_works_on_the_problem_and_co_sponsors(
    draft,  # noqa: F811
    yusuf,
    maya,
    agency,
    dewi,
    waste,
):
    stake(waste, agency)
    elsewhere = person_in(OrganisationFactory(platform="government"))
    backer = owner_of(co_sponsor(draft).organisation)
    proposals.submit_proposal(draft, actor=yusuf)
    assert {maya.pk, dewi.pk, backer.pk} <= told(events.SUBMITTED)
    assert elsewhere.pk not in told(events.SUBMITTED)
    assert draft.submitted_at
    assert Event.objects.get(kind=events.SUBMITTED).audience == "parties"


def test_a_stale_save_is_a_conflict_but_the_same_words_twice_are_not(draft, yusuf):  # noqa: F811
    version = draft.updated_at
    mine = Content(title="Judul saya")
    drafts.save_draft(draft, mine, actor=yusuf, version=version)
    drafts.save_draft(draft, mine, actor=yusuf, version=version)
    with pytest.raises(Conflict):
        drafts.save_draft(draft, Content(title="Judul lain"), actor=yusuf, version=version)
    assert Proposal.objects.get(pk=draft.pk).title == "Judul saya"


def test_taking_under_review_tells_the_sponsors(maya):
    proposal = in_state("submitted")
    owner, backer = person_in(proposal.organisation), owner_of(co_sponsor(proposal).organisation)
    refused = owner_of(co_sponsor(proposal, "declined").organisation)
    reviews.take_under_review(proposal, actor=maya)
    assert told(events.TAKEN) == {owner.pk, backer.pk}
    assert refused.pk not in told(events.TAKEN)


def test_a_question_goes_to_proposer_and_co_sponsors_and_opens_the_text(maya):
    proposal = in_state("under_review")
    owner, backer = person_in(proposal.organisation), owner_of(co_sponsor(proposal).organisation)
    with pytest.raises(ValidationError):
        reviews.ask_clarification(proposal, "  ", actor=maya)
    reviews.ask_clarification(proposal, "Siapa yang mengelola?", actor=maya)
    assert told(events.ASKED) == {owner.pk, backer.pk}
    assert proposal.messages.get().kind == ProposalMessage.Kind.QUESTION
    assert proposal.is_editable


def test_an_answer_goes_back_to_whoever_asked(maya):
    proposal = in_state("under_review")
    owner = person_in(proposal.organisation)
    reviews.ask_clarification(proposal, "Siapa yang mengelola?", actor=maya)
    with pytest.raises(ValidationError):
        proposals.answer_clarification(proposal, "", actor=owner)
    assert Proposal.objects.get().state == State.CLARIFICATION
    proposals.answer_clarification(proposal, "Pengurus RW.", actor=owner)
    assert proposal.state == State.UNDER_REVIEW
    assert told(events.ANSWERED) == {maya.pk}


def test_declined_proposal_tells_the_reason_to_co_sponsors(maya):
    proposal = in_state("under_review")
    owner, backer = person_in(proposal.organisation), owner_of(co_sponsor(proposal).organisation)
    invited = owner_of(co_sponsor(proposal, "invited").organisation)
    reviews.decline(proposal, "Sudah ada program serupa.", actor=maya)
    event = Event.objects.get(kind=events.DECLINED)
    assert {owner.pk, backer.pk} == set(event.recipients)
    assert invited.pk not in event.recipients
    assert event.payload["reason"] == "Sudah ada program serupa."
    assert event.audience == "parties"


def test_declining_asks_for_a_reason(maya):
    proposal = in_state("under_review")
    with pytest.raises(ValidationError):
        reviews.decline(proposal, " ", actor=maya)
    assert Proposal.objects.get().state == State.UNDER_REVIEW


def test_accepting_makes_the_initiative_with_all_that_was_agreed(maya, kalibaru):
    proposal = in_state("under_review", budget=2_500_000)
    proposal.issue.sdg_goals = [11, 12]
    proposal.issue.save()
    backer = co_sponsor(proposal).organisation
    co_sponsor(proposal, "invited")
    initiative = reviews.accept(proposal, actor=maya)
    assert initiative.published_at is None and initiative.from_proposal == proposal
    roles = dict(initiative.partners.values_list("organisation", "role"))
    assert roles == {proposal.organisation_id: Partner.Role.LEAD, backer.pk: Partner.Role.IMPLEMENTING}
    assert list(initiative.issues.all()) == [proposal.issue] and initiative.sdg_goals == [11, 12]
    assert list(initiative.areas.all()) == [kalibaru]
    assert initiative.targets.get().name == proposal.expected_results.get().name
    assert initiative.budget == 2_500_000


def test_acceptance_is_public_and_told_to_all_sponsors(maya):
    proposal = in_state("under_review")
    owner, backer = person_in(proposal.organisation), owner_of(co_sponsor(proposal).organisation)
    reviews.accept(proposal, actor=maya)
    event = Event.objects.get(kind=events.ACCEPTED)
    assert event.audience == "public" and {owner.pk, backer.pk} <= set(event.recipients)


def test_accepting_twice_makes_one_initiative(maya):
    proposal = in_state("under_review")
    reviews.accept(proposal, actor=maya)
    with pytest.raises(TransitionNotAllowed):
        reviews.accept(Proposal.objects.get(), actor=maya)
    assert Initiative.objects.count() == 1


def test_nothing_of_a_suspended_proposer_is_accepted(maya):
    proposal = in_state("under_review")
    proposal.organisation.state = "suspended"
    proposal.organisation.save()
    with pytest.raises(Conflict):
        reviews.accept(proposal, actor=maya)
    assert not Initiative.objects.exists()
    assert Proposal.objects.get().state == State.UNDER_REVIEW


def test_a_suspended_co_sponsor_becomes_no_partner(maya):
    proposal = in_state("under_review")
    backer = co_sponsor(proposal).organisation
    backer.state = "suspended"
    backer.save()
    initiative = reviews.accept(proposal, actor=maya)
    assert list(initiative.partners.values_list("organisation", flat=True)) == [proposal.organisation_id]


@pytest.mark.django_db(transaction=True)
def test_two_moderators_deciding_at_once_make_one_decision():
    proposal, people = in_state("under_review"), [moderator(), moderator()]
    start, outcomes = threading.Barrier(2), []

    def decide(actor):
        try:
            row = Proposal.objects.get(pk=proposal.pk)
            start.wait(10)
            reviews.accept(row, actor=actor)
            outcomes.append("done")
        except TransitionNotAllowed:
            outcomes.append("not now")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[person]) for person in people]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    assert sorted(outcomes) == ["done", "not now"]
    assert Initiative.objects.count() == 1
    assert Event.objects.filter(kind=events.ACCEPTED).count() == 1


def test_withdrawing_a_draft_tells_no_moderator_but_a_submitted_one_does(maya):
    quiet = in_state("draft")
    proposals.withdraw(quiet, actor=person_in(quiet.organisation))
    assert maya.pk not in told(events.WITHDRAWN)
    Event.objects.all().delete()
    loud = in_state("submitted")
    proposals.withdraw(loud, actor=person_in(loud.organisation), reason="Dana tidak ada.")
    assert maya.pk in told(events.WITHDRAWN)


def test_an_invitation_tells_the_invited_once_and_opens_the_draft_to_them(draft, yusuf):  # noqa: F811
    partner = OrganisationFactory()
    guest = person_in(partner)
    assert not Proposal.objects.visible_to(guest).exists()
    co_sponsors.invite_co_sponsor(draft, partner, actor=yusuf)
    co_sponsors.invite_co_sponsor(draft, partner, actor=yusuf)
    assert told(events.INVITED) == {guest.pk}
    assert Proposal.objects.visible_to(guest).get() == draft


@pytest.mark.parametrize("state", ["pending", "suspended", "merged"])
def test_only_verified_organisations_are_invited(draft, yusuf, state):  # noqa: F811
    heir = OrganisationFactory() if state == "merged" else None
    with pytest.raises(ValidationError):
        co_sponsors.invite_co_sponsor(draft, OrganisationFactory(state=state, merged_into=heir), actor=yusuf)


def test_nobody_co_sponsors_their_own_proposal(draft, ngo, yusuf):  # noqa: F811
    with pytest.raises(ValidationError):
        co_sponsors.invite_co_sponsor(draft, ngo, actor=yusuf)


def test_only_the_invited_answer_and_the_proposer_is_told(draft, yusuf):  # noqa: F811
    sponsor = co_sponsor(draft, "invited")
    guest = owner_of(sponsor.organisation)
    viewer = person_in(sponsor.organisation, "viewer")
    for wrong in (yusuf, viewer):
        with pytest.raises(PermissionDenied):
            co_sponsors.accept_co_sponsorship(sponsor, actor=wrong)
    co_sponsors.accept_co_sponsorship(sponsor, actor=guest)
    assert CoSponsor.objects.get().state == "accepted"
    assert told(events.JOINED) == {yusuf.pk}
    co_sponsors.leave_co_sponsorship(sponsor, actor=guest)
    assert yusuf.pk in told(events.LEFT)
    assert not Proposal.objects.visible_to(guest).exists()


def test_after_the_decision_nobody_joins(maya):
    proposal = in_state("declined")
    sponsor = co_sponsor(proposal, "invited")
    with pytest.raises(TransitionNotAllowed):
        co_sponsors.accept_co_sponsorship(sponsor, actor=owner_of(sponsor.organisation))


def test_a_reviewer_is_in_government_and_no_sponsor(maya, dewi, rina, agency):
    proposal = in_state("submitted")
    with pytest.raises(ValidationError):
        reviews.name_reviewer(proposal, rina, actor=maya)
    reviews.name_reviewer(proposal, dewi, actor=maya)
    reviews.name_reviewer(proposal, dewi, actor=maya)
    assert told(events.REVIEWER_NAMED) == {dewi.pk}
    own = in_state("submitted", organisation=agency)
    with pytest.raises(ValidationError):
        reviews.name_reviewer(own, dewi, actor=maya)


def test_internal_messages_reach_reviewers_only(maya, dewi):
    proposal = in_state("under_review")
    owner = person_in(proposal.organisation)
    proposal.reviewers.add(dewi)
    reviews.add_message(proposal, "Cek anggarannya.", actor=maya, internal=True)
    event = Event.objects.get(kind=events.INTERNAL_MESSAGE)
    assert set(event.recipients) == {dewi.pk} and event.audience == "moderators"
    reviews.add_message(proposal, "Terima kasih.", actor=maya)
    assert told(events.MESSAGE) == {owner.pk, dewi.pk}


def test_a_file_is_kept_once_and_a_disguised_one_refused(draft, yusuf):  # noqa: F811
    for _ in range(2):
        drafts.attach_file(draft, SimpleUploadedFile("rencana.pdf", PDF), actor=yusuf)
    assert draft.files.count() == 1
    with pytest.raises(ValidationError):
        drafts.attach_file(draft, SimpleUploadedFile("rencana.pdf", b"MZ\x90\x00"), actor=yusuf)
    drafts.remove_file(draft, draft.files.get(), actor=yusuf)
    assert not draft.files.exists()


def test_every_change_of_a_draft_is_one_event_that_tells_nobody(draft, yusuf):  # noqa: F811
    colleague = person_in(draft.organisation)
    content = drafts.content_of(draft)
    for title in ("Contoh satu", "Contoh dua", "Contoh dua"):
        drafts.save_draft(draft, Content(**{**content.__dict__, "title": title}), actor=yusuf)
    file = drafts.attach_file(draft, SimpleUploadedFile("rencana.pdf", PDF), actor=yusuf)
    drafts.remove_file(draft, file, actor=yusuf)
    rows = Event.objects.order_by("id")
    assert [row.kind for row in rows] == [events.SAVED, events.SAVED, events.FILE_ADDED, events.FILE_REMOVED]
    assert {(row.audience, tuple(row.recipients)) for row in rows} == {("parties", ())}
    dispatch_all()
    assert not Notification.objects.exists()
    shown = [entry.label for entry in timeline(draft, colleague, parties=True)]
    assert shown == ["Berkas dihapus", "Berkas ditambahkan"]
    assert not timeline(draft, colleague)


def test_a_merge_moves_proposals_and_co_sponsorships_to_the_heir(maya):
    duplicate, heir = OrganisationFactory(), OrganisationFactory()
    own = ProposalFactory(organisation=duplicate)
    CoSponsor.objects.create(proposal=own, organisation=heir, state="accepted")
    backed = ProposalFactory(organisation=heir)
    CoSponsor.objects.create(proposal=backed, organisation=duplicate)
    other = ProposalFactory()
    CoSponsor.objects.create(proposal=other, organisation=duplicate, state="accepted")
    both = ProposalFactory()
    for organisation in (duplicate, heir):
        CoSponsor.objects.create(proposal=both, organisation=organisation)
    co_sponsors.take_over_proposals(duplicate, heir, maya)
    own.refresh_from_db()
    assert own.organisation == heir
    left = CoSponsor.objects.values_list("proposal", "organisation")
    assert set(left) == {(other.pk, heir.pk), (both.pk, heir.pk)} and len(left) == 2


def test_the_workspace_shows_each_person_what_waits_for_them(maya, dewi, agency, yusuf, ngo, waste, rina):
    stake(waste, agency)
    in_state("draft", organisation=ngo)
    asked = in_state("clarification", organisation=ngo)
    waiting = in_state("submitted", issue=waste)
    CoSponsor.objects.create(proposal=waiting, organisation=ngo)

    def todo(card, user):
        return [item.title for item in card(user)]

    assert len(todo(cards.drafts, yusuf)) == 1
    assert todo(cards.clarifications, yusuf) == [str(asked)]
    assert todo(cards.invitations, yusuf) == [str(waiting)]
    assert todo(cards.on_my_problems, dewi) == [str(waiting)]
    assert todo(cards.queue, maya) == [str(waiting)]
    assert todo(cards.queue, dewi) == []
    waiting.reviewers.add(dewi)
    assert todo(cards.queue, dewi) == [str(waiting)]
    assert not any(card.items(rina) for card in cards.CARDS)
