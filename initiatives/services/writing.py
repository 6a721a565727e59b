"""One save of a proposal's form: words, files, invitation and perhaps the submission, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from initiatives.models import Proposal
from initiatives.services.co_sponsors import invite_co_sponsor
from initiatives.services.drafts import Content, attach_kept, create_draft, remove_file, save_draft
from initiatives.services.proposals import submit_proposal
from kalibaru.core.access import require
from kalibaru.media.models import Attachment
from kalibaru.media.services import keep_attachment
from stakeholders.models import Organisation


@dataclass(frozen=True)
class Writing:
    """What the form brings. submit: hand it in afterwards, if nothing is missing."""

    content: Content
    files: Sequence[File] = ()
    removed: Attachment | None = None
    co_sponsor: Organisation | None = None
    submit: bool = False


@dataclass(frozen=True)
class Written:
    """What came of it. `lacks`: why a proposal that was to be submitted is only saved."""

    proposal: Proposal
    lacks: ValidationError | None = None


def begin_proposal(organisation: Organisation, writing: Writing, *, actor: Any, key: UUID | None = None) -> Written:
    """Begin a proposal with all that the form brings. The same form sent again, with other words: the newer ones hold.

    Raises ValidationError by form field, and then nothing is written, if a file or the invitation is not possible.
    """
    require(actor, "initiatives.propose_for", organisation)
    kept = _kept(writing, actor)
    with transaction.atomic():
        proposal, is_new = create_draft(organisation, writing.content, actor=actor, key=key)
        if not is_new and proposal.is_editable:
            save_draft(proposal, writing.content, actor=actor)
        return _finish(proposal, writing, kept, actor)


def revise_proposal(proposal: Proposal, writing: Writing, *, actor: Any, version: datetime | None = None) -> Written:
    """Change a proposal by all that the form brings, or by nothing: Conflict, or ValidationError by form field."""
    require(actor, "initiatives.edit_proposal", proposal)
    kept = _kept(writing, actor)
    with transaction.atomic():
        save_draft(proposal, writing.content, actor=actor, version=version)
        return _finish(proposal, writing, kept, actor)


def _kept(writing: Writing, actor: Any) -> list[Attachment]:
    """Store the files before the transaction; those of a deed that fails are swept away later."""
    try:
        return [keep_attachment(upload, actor=actor) for upload in writing.files]
    except ValidationError as error:
        raise ValidationError({"files": error.messages}) from error


def _finish(proposal: Proposal, writing: Writing, kept: Sequence[Attachment], actor: Any) -> Written:
    if not proposal.is_editable:
        # A double click: the first one did it all.
        return Written(proposal)
    if writing.removed:
        remove_file(proposal, writing.removed, actor=actor)
    for attachment in kept:
        attach_kept(proposal, attachment, actor=actor)
    if writing.co_sponsor:
        invite_co_sponsor(proposal, writing.co_sponsor, actor=actor)
    if not writing.submit:
        return Written(proposal)
    try:
        submit_proposal(proposal, actor=actor)
    except ValidationError as error:
        # Raised before anything of the submission is written: what is written is kept as a draft.
        return Written(proposal, lacks=error)
    return Written(proposal)
