"""What the proposer does with what is written: submit, answer, withdraw."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from initiatives.events import proposals as events
from initiatives.models import Proposal, ProposalMessage
from initiatives.services.drafts import content_of
from initiatives.services.proposal_parties import (
    MAX_LENGTH,
    government_concerned,
    moderators,
    reviewers,
    sent_before,
    sponsors,
    tell_as_proposer,
)
from kalibaru.core.access import require
from kalibaru.core.services import limited_text, lock_unchanged, required_text


def missing(proposal: Proposal) -> dict[str, str]:
    """Return what a complete proposal still lacks: {form field: sentence}."""
    gaps = {
        "title": (proposal.title, _("Beri judul usulan Anda.")),
        "issue": (proposal.issue_id, _("Pilih masalah yang ingin Anda kerjakan.")),
        "areas": (proposal.areas.exists(), _("Pilih paling sedikit satu wilayah.")),
        "summary": (proposal.summary, _("Tulis ringkasan dalam satu atau dua kalimat.")),
        "approach": (proposal.approach, _("Jelaskan cara kerjanya.")),
    }
    lacks = {name: sentence for name, (value, sentence) in gaps.items() if not value}
    lines = content_of(proposal).results
    if not lines:
        lacks["results"] = _("Tulis paling sedikit satu hasil yang diharapkan.")
    elif not all(line.is_complete for line in lines):
        lacks["results"] = _("Lengkapi setiap hasil: apa, berapa, dan satuannya.")
    return lacks


@transaction.atomic
def submit_proposal(proposal: Proposal, *, actor: Any, version: datetime | None = None) -> Proposal:
    """Hand it to the secretariat. Raises ValidationError by form field while something is missing."""
    require(actor, "initiatives.edit_proposal", proposal)
    lock_unchanged(proposal, version)
    if proposal.state != Proposal.State.DRAFT:
        raise TransitionNotAllowed(f"{proposal.state} → submitted")
    if lacks := missing(proposal):
        raise ValidationError(lacks)
    proposal.submit()
    proposal.submitted_at = timezone.now()
    proposal.save(update_fields=["state", "submitted_at", "updated_at"])
    told = moderators() | government_concerned(proposal) | sponsors(proposal)
    tell_as_proposer(events.SUBMITTED, proposal, actor, told)
    return proposal


@transaction.atomic
def answer_clarification(proposal: Proposal, answer: str, *, actor: Any, key: UUID | None = None) -> Proposal:
    """Answer what was asked; the proposal goes back under review. Whoever asked and the reviewers are told."""
    require(actor, "initiatives.edit_proposal", proposal)
    answer = required_text(answer, "answer", _("Tulis jawaban Anda."), MAX_LENGTH)
    lock_unchanged(proposal)
    if sent_before(proposal, key, answer, actor):
        return proposal
    proposal.clarify()
    if lacks := missing(proposal):
        raise ValidationError({"answer": list(lacks.values())})
    proposal.save(update_fields=["state", "updated_at"])
    askers = set(proposal.messages.filter(kind=ProposalMessage.Kind.QUESTION).values_list("author", flat=True))
    ProposalMessage.objects.create(
        proposal=proposal,
        author=actor,
        created_by=actor,
        organisation_id=proposal.organisation_id,
        kind=ProposalMessage.Kind.ANSWER,
        body=answer,
        submission_key=key,
    )
    told = (askers - {None}) | reviewers(proposal)
    tell_as_proposer(events.ANSWERED, proposal, actor, told or moderators(), answer=answer)
    return proposal


@transaction.atomic
def withdraw(proposal: Proposal, *, actor: Any, reason: str = "") -> Proposal:
    """Take it back before a decision. Nobody but the sponsors hears of a draft that was never handed in."""
    require(actor, "initiatives.edit_proposal", proposal)
    reason = limited_text(reason.strip(), "reason", MAX_LENGTH)
    lock_unchanged(proposal)
    was_handed_in = proposal.submitted_at is not None
    proposal.withdraw()
    proposal.save(update_fields=["state", "updated_at"])
    told = sponsors(proposal)
    if was_handed_in:
        told |= moderators() | reviewers(proposal)
    tell_as_proposer(events.WITHDRAWN, proposal, actor, told, reason=reason)
    return proposal
