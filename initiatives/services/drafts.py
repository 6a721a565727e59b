"""What is written of a proposal while it may still change: its words and its files."""

from collections.abc import Sequence
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
from initiatives.models import ExpectedResult, Proposal
from initiatives.services.proposal_parties import tell_as_proposer
from issues.models import PriorityIssue
from kalibaru.core.access import require
from kalibaru.core.errors import Conflict
from kalibaru.core.services import create_once, lock_unchanged
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
        tell_as_proposer(events.DRAFTED, proposal, actor)
        return proposal

    proposal, is_new = create_once(Proposal, key, create, actor=actor)
    if not is_new:
        require(actor, "initiatives.edit_proposal", proposal)
    return proposal, is_new


@transaction.atomic
def save_draft(proposal: Proposal, content: Content, *, actor: Any, version: datetime | None = None) -> Proposal:
    """Write the content over, complete or not. The same content sent twice is one save, not a conflict.

    Every save that changes something is one event: the record of who wrote what when stays whole. People save often,
    so it stands on no timeline (`on_timeline`), and nobody is told, for the parties read the draft itself.
    """
    require(actor, "initiatives.edit_proposal", proposal)
    try:
        lock_unchanged(proposal, version)
    except Conflict:
        proposal.refresh_from_db()
        if content_of(proposal) == content:
            return proposal
        raise
    _must_be_editable(proposal)
    if content_of(proposal) == content:
        return proposal
    for name in Content.FIELDS:
        setattr(proposal, name, getattr(content, name))
    proposal.save(update_fields=[*Content.FIELDS, "updated_at"])
    proposal.areas.set(content.areas)
    _set_results(proposal, content.results, actor)
    tell_as_proposer(events.SAVED, proposal, actor)
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
    return attach_kept(proposal, keep_attachment(upload, actor=actor), actor=actor)


@transaction.atomic
def attach_kept(proposal: Proposal, attachment: Attachment, *, actor: Any) -> Attachment:
    """Add a document that is stored already; the same one again is kept once. Its name stands on the timeline."""
    require(actor, "initiatives.edit_proposal", proposal)
    lock_unchanged(proposal)
    _must_be_editable(proposal)
    if same := proposal.files.filter(sha256=attachment.sha256, name=attachment.name).first():
        return same
    if proposal.files.count() >= MAX_FILES:
        raise ValidationError({"files": _("Paling banyak %(limit)s berkas. Hapus satu dulu.") % {"limit": MAX_FILES}})
    proposal.files.add(attachment)
    tell_as_proposer(events.FILE_ADDED, proposal, actor, file=attachment.name)
    return attachment


@transaction.atomic
def remove_file(proposal: Proposal, attachment: Attachment, *, actor: Any) -> None:
    """Take a document off; its name stays on the timeline, the file itself is swept away later."""
    require(actor, "initiatives.edit_proposal", proposal)
    lock_unchanged(proposal)
    _must_be_editable(proposal)
    if proposal.files.filter(pk=attachment.pk).exists():
        proposal.files.remove(attachment)
        tell_as_proposer(events.FILE_REMOVED, proposal, actor, file=attachment.name)


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
