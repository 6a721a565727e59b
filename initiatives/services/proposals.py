"""What the proposer does: draft, attach, submit, answer, withdraw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from initiatives.events import proposals as events
from initiatives.models import ExpectedResult, Proposal, ProposalMessage
from initiatives.services.proposal_parties import (
    MAX_LENGTH,
    government_concerned,
    moderators,
    reviewers,
    sponsors,
    tell,
)
from issues.models import PriorityIssue
from kalibaru.core.access import require
from kalibaru.core.errors import Conflict
from kalibaru.core.services import create_once, limited_text, lock_unchanged, required_text
from kalibaru.media.models import Attachment
from kalibaru.media.services import keep_attachment
from kalibaru.places.models import Area
from stakeholders.models import Organisation

MAX_FILES = 10
MAX_RESULTS = 12


@dataclass(frozen=True)
class ResultLine:
    """One expected result as written; unit and goal may be missing while it is a draft."""

    name: str
    unit: str = ""
    goal: Decimal | None = None

    @property
    def is_complete(self) -> bool:
        """Whether it can become a target."""
        return bool(self.name and self.unit and self.goal is not None)


@dataclass(frozen=True)
class Content:
    """Everything that the form of a proposal holds. All of it may be empty in a draft."""

    title: str = ""
    issue: PriorityIssue | None = None
    areas: Sequence[Area] = ()
    summary: str = ""
    approach: str = ""
    asks: str = ""
    budget: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    results: Sequence[ResultLine] = ()

    FIELDS = ("title", "issue", "summary", "approach", "asks", "budget", "starts_on", "ends_on")


def create_draft(
    organisation: Organisation, content: Content, *, actor: Any, key: UUID | None = None
) -> tuple[Proposal, bool]:
    """Begin a proposal in the name of an organisation; return it, and whether it is new (see `create_once`)."""
    require(actor, "initiatives.propose_for", organisation)

    def create() -> Proposal:
        proposal = Proposal.objects.create(
            organisation=organisation,
            created_by=actor,
            submission_key=key,
            **{name: getattr(content, name) for name in Content.FIELDS},
        )
        proposal.areas.set(content.areas)
        _set_results(proposal, content.results, actor)
        _tell_as_proposer(events.DRAFTED, proposal, actor, ())
        return proposal

    proposal, is_new = create_once(Proposal, key, create)
    if not is_new:
        require(actor, "initiatives.edit_proposal", proposal)
    return proposal, is_new


@transaction.atomic
def save_draft(proposal: Proposal, content: Content, *, actor: Any, version: datetime | None = None) -> Proposal:
    """Write the content over, complete or not. The same content sent twice is one save, not a conflict."""
    require(actor, "initiatives.edit_proposal", proposal)
    try:
        lock_unchanged(proposal, version)
    except Conflict:
        proposal.refresh_from_db()
        if content_of(proposal) == content:
            return proposal
        raise
    _must_be_editable(proposal)
    for name in Content.FIELDS:
        setattr(proposal, name, getattr(content, name))
    proposal.save(update_fields=[*Content.FIELDS, "updated_at"])
    proposal.areas.set(content.areas)
    _set_results(proposal, content.results, actor)
    return proposal


def content_of(proposal: Proposal) -> Content:
    """Return what is written, in the shape a form would send it."""
    lines = proposal.expected_results.values_list("name", "unit", "goal")
    return Content(
        areas=tuple(proposal.areas.order_by("code")),
        results=tuple(ResultLine(*line) for line in lines),
        **{name: getattr(proposal, name) for name in Content.FIELDS},
    )


def attach_file(proposal: Proposal, upload: File, *, actor: Any) -> Attachment:
    """Add a document. Raises ValidationError if its content is not acceptable or there are too many."""
    require(actor, "initiatives.edit_proposal", proposal)
    _must_be_editable(proposal)
    _must_have_room(proposal)
    attachment = keep_attachment(upload, actor=actor)
    with transaction.atomic():
        lock_unchanged(proposal)
        _must_be_editable(proposal)
        same = proposal.files.filter(sha256=attachment.sha256, name=attachment.name).first()
        if same is not None:
            return same
        _must_have_room(proposal)
        proposal.files.add(attachment)
    return attachment


@transaction.atomic
def remove_file(proposal: Proposal, attachment: Attachment, *, actor: Any) -> None:
    """Take a document off; the file itself stays stored."""
    require(actor, "initiatives.edit_proposal", proposal)
    lock_unchanged(proposal)
    _must_be_editable(proposal)
    proposal.files.remove(attachment)


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
    _tell_as_proposer(events.SUBMITTED, proposal, actor, told)
    return proposal


@transaction.atomic
def answer_clarification(proposal: Proposal, answer: str, *, actor: Any, key: UUID | None = None) -> Proposal:
    """Answer what was asked; the proposal goes back under review. Whoever asked and the reviewers are told."""
    require(actor, "initiatives.edit_proposal", proposal)
    answer = required_text(answer, "answer", _("Tulis jawaban Anda."), MAX_LENGTH)
    lock_unchanged(proposal)
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
    _tell_as_proposer(events.ANSWERED, proposal, actor, told or moderators(), answer=answer)
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
    _tell_as_proposer(events.WITHDRAWN, proposal, actor, told, reason=reason)
    return proposal


def _tell_as_proposer(kind: str, proposal: Proposal, actor: Any, told: Iterable[UUID], **payload: str) -> None:
    tell(kind, proposal, actor=actor, recipients=told, organisation=str(proposal.organisation), **payload)


def _set_results(proposal: Proposal, lines: Sequence[ResultLine], actor: Any) -> None:
    """Replace the expected results when they differ, keeping their order."""
    if len(lines) > MAX_RESULTS:
        raise ValidationError({"results": _("Paling banyak %(limit)s hasil.") % {"limit": MAX_RESULTS}})
    old = list(proposal.expected_results.values_list("name", "unit", "goal"))
    if old == [(line.name, line.unit, line.goal) for line in lines]:
        return
    proposal.expected_results.all().delete()
    now = timezone.now()
    ExpectedResult.objects.bulk_create(
        ExpectedResult(
            proposal=proposal,
            name=line.name,
            unit=line.unit,
            goal=line.goal,
            created_by=actor,
            created_at=now + timedelta(microseconds=position),
        )
        for position, line in enumerate(lines)
    )


def _must_be_editable(proposal: Proposal) -> None:
    if not proposal.is_editable:
        raise TransitionNotAllowed(f"a proposal that is {proposal.state} is not edited")


def _must_have_room(proposal: Proposal) -> None:
    if proposal.files.count() >= MAX_FILES:
        raise ValidationError(_("Paling banyak %(limit)s berkas. Hapus satu dulu.") % {"limit": MAX_FILES})
