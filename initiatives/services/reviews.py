"""What the secretariat and its reviewers do with a proposal: take, ask, decide; and the talk about it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from initiatives.events import proposals as events
from initiatives.models import CoSponsor, Initiative, Proposal, ProposalMessage
from initiatives.services.initiatives import create_from_proposal
from initiatives.services.proposal_parties import (
    MAX_LENGTH,
    government_concerned,
    reviewers,
    sent_before,
    sponsors,
    tell,
)
from kalibaru.accounts.models import User
from kalibaru.core.access import require
from kalibaru.core.errors import Conflict
from kalibaru.core.services import create_once, lock_unchanged, required_text
from kalibaru.notifications.models import Event, Subscription
from kalibaru.notifications.services import follow_by_itself
from stakeholders.models import Organisation
from stakeholders.policies import in_government


@transaction.atomic
def take_under_review(proposal: Proposal, *, actor: Any) -> Proposal:
    """Begin to read it; its sponsors are told."""
    require(actor, "initiatives.review_proposal", proposal)
    lock_unchanged(proposal)
    proposal.take_under_review()
    proposal.save(update_fields=["state", "updated_at"])
    tell(events.TAKEN, proposal, actor=actor, recipients=sponsors(proposal))
    return proposal


@transaction.atomic
def ask_clarification(proposal: Proposal, question: str, *, actor: Any, key: UUID | None = None) -> Proposal:
    """Ask the proposer something; proposer and co-sponsors are told, and the proposal can be edited meanwhile."""
    require(actor, "initiatives.review_proposal", proposal)
    question = required_text(question, "question", _("Tulis apa yang perlu dijelaskan."), MAX_LENGTH)
    lock_unchanged(proposal)
    if sent_before(proposal, key, question, actor):
        return proposal
    proposal.ask_clarification()
    proposal.save(update_fields=["state", "updated_at"])
    ProposalMessage.objects.create(
        proposal=proposal,
        author=actor,
        created_by=actor,
        kind=ProposalMessage.Kind.QUESTION,
        body=question,
        submission_key=key,
    )
    tell(events.ASKED, proposal, actor=actor, recipients=sponsors(proposal), question=question)
    return proposal


@transaction.atomic
def decline(proposal: Proposal, reason: str, *, actor: Any) -> Proposal:
    """Say no, and why, to the proposer and to every co-sponsor that accepted."""
    require(actor, "initiatives.review_proposal", proposal)
    reason = required_text(reason, "reason", _("Tulis alasannya. Pengusul dan pendamping akan membacanya."), MAX_LENGTH)
    lock_unchanged(proposal)
    proposal.decline()
    _decide(proposal, reason)
    told = sponsors(proposal) | reviewers(proposal)
    tell(events.DECLINED, proposal, actor=actor, recipients=told, reason=reason)
    return proposal


@transaction.atomic
def accept(proposal: Proposal, *, actor: Any, reason: str = "") -> Initiative:
    """Say yes: the joint initiative comes into being in the same transaction, unpublished as yet.

    The lock on the row, its state, and the one-to-one key of the initiative each stop a second one.
    """
    require(actor, "initiatives.review_proposal", proposal)
    lock_unchanged(proposal)
    proposal.accept()
    if proposal.organisation.state != Organisation.State.VERIFIED:
        raise Conflict(_("Organisasi pengusul sedang tidak terverifikasi, jadi usulannya belum bisa diterima."))
    _decide(proposal, reason.strip()[:3000])
    initiative = create_from_proposal(proposal, actor=actor)
    follow_by_itself(initiative, sponsors(proposal), Subscription.Reason.PROPOSED)
    told = sponsors(proposal) | government_concerned(proposal) | reviewers(proposal)
    tell(
        events.ACCEPTED,
        proposal,
        actor=actor,
        recipients=told,
        audience=Event.Audience.PUBLIC,
        reason=proposal.decision_reason,
        initiative=str(initiative.pk),
    )
    return initiative


@transaction.atomic
def name_reviewer(proposal: Proposal, reviewer: User, *, actor: Any) -> None:
    """Let a member of a government organisation decide about it, unless a sponsor is their own organisation."""
    require(actor, "initiatives.name_reviewer", proposal)
    lock_unchanged(proposal)
    if proposal.state not in Proposal.AWAITING:
        raise TransitionNotAllowed(f"a proposal that is {proposal.state} takes no reviewer")
    if not in_government(reviewer):
        raise ValidationError({"reviewer": _("Peninjau harus anggota lembaga pemerintah yang terverifikasi.")})
    if _is_sponsor(reviewer, proposal):
        raise ValidationError({"reviewer": _("Orang ini anggota organisasi pengusul atau pendampingnya.")})
    if proposal.reviewers.filter(pk=reviewer.pk).exists():
        return
    proposal.reviewers.add(reviewer)
    tell(
        events.REVIEWER_NAMED,
        proposal,
        actor=actor,
        recipients=[reviewer.pk],
        audience=Event.Audience.MODERATORS,
        reviewer=str(reviewer),
    )


def add_message(
    proposal: Proposal, body: str, *, actor: Any, internal: bool = False, key: UUID | None = None
) -> ProposalMessage:
    """Write to those concerned, or (`internal`) among reviewers and moderators only."""
    require(actor, "initiatives.comment_on_proposal", proposal)
    if internal:
        require(actor, "initiatives.review_proposal", proposal)
    body = required_text(body, "body", _("Tulis pesan Anda."), MAX_LENGTH)
    organisation = _speaks_for(actor, proposal)

    def create() -> ProposalMessage:
        message = ProposalMessage.objects.create(
            proposal=proposal,
            author=actor,
            created_by=actor,
            organisation=organisation,
            body=body,
            internal=internal,
            submission_key=key,
        )
        talkers = set(proposal.messages.filter(internal=internal).values_list("author", flat=True)) - {None}
        tell(
            events.INTERNAL_MESSAGE if internal else events.MESSAGE,
            proposal,
            actor=actor,
            recipients=talkers | reviewers(proposal) | (set() if internal else sponsors(proposal)),
            audience=Event.Audience.MODERATORS if internal else Event.Audience.PARTIES,
            organisation=str(organisation or ""),
            body=body,
        )
        return message

    return create_once(ProposalMessage, key, create, actor=actor)[0]


def _decide(proposal: Proposal, reason: str) -> None:
    proposal.decided_at = timezone.now()
    proposal.decision_reason = reason
    proposal.save(update_fields=["state", "decided_at", "decision_reason", "updated_at"])


def _sponsoring(proposal: Proposal) -> list[UUID]:
    standing = proposal.co_sponsors.filter(state__in=[CoSponsor.State.INVITED, CoSponsor.State.ACCEPTED])
    return [proposal.organisation_id, *standing.values_list("organisation", flat=True)]


def _is_sponsor(user: User, proposal: Proposal) -> bool:
    return Organisation.objects.of(user).filter(pk__in=_sponsoring(proposal)).exists()


def _speaks_for(user: Any, proposal: Proposal) -> Organisation | None:
    """Return the organisation in whose name a person writes: a sponsor first, then an agency; none for a moderator."""
    acting = Organisation.objects.acting(user)
    sponsor = acting.filter(pk__in=_sponsoring(proposal)).first()
    if sponsor or getattr(user, "is_moderator", False):
        return sponsor
    return Organisation.objects.of(user).filter(state="verified", platform="government").first()
