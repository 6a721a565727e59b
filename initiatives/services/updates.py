"""News from an initiative, and what was learnt."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django_fsm import TransitionNotAllowed

from initiatives.models import Initiative, Lesson, Update
from initiatives.services.telling import tell
from kalibaru.core.access import require
from kalibaru.core.services import create_once, lock_unchanged
from kalibaru.media.models import Photo
from kalibaru.media.services import create_once_with_photos
from stakeholders.models import Organisation
from stakeholders.policies import acts_for


def publish_update(
    initiative: Initiative,
    *,
    actor: Any,
    title: str,
    body: str,
    photos: Iterable[tuple[UploadedFile, str]] = (),
    key: UUID | None = None,
) -> Update:
    """Publish news with photos, each given as (file, description). Followers are told, with the text."""
    require(actor, "initiatives.publish_update", initiative)
    _require_not_cancelled(initiative)
    speaker = speaks_for(initiative, actor)

    def create(kept: list[Photo]) -> Update:
        # Again, for it may have been cancelled while the pictures were prepared.
        lock_unchanged(initiative)
        _require_not_cancelled(initiative)
        update = Update.objects.create(
            initiative=initiative,
            author=actor,
            organisation=speaker,
            title=title,
            body=body,
            submission_key=key,
            created_by=actor,
        )
        update.photos.set(kept)
        organisation = speaker.name if speaker else ""
        tell("update_published", initiative, actor=actor, title=title, body=body, organisation=organisation)
        return update

    return create_once_with_photos(Update, key, photos, create, actor=actor)[0]


def add_lesson(initiative: Initiative, *, actor: Any, kind: str, text: str, key: UUID | None = None) -> Lesson:
    """Tell what was learnt; at any time, for the lessons of what failed are worth most. Told twice, it is kept once."""
    require(actor, "initiatives.publish_update", initiative)

    def create() -> Lesson:
        # The lock lets the second of two tellers see what the first one told.
        lock_unchanged(initiative)
        if told := initiative.lessons.filter(kind=kind, text=text).first():
            return told
        lesson = Lesson.objects.create(
            initiative=initiative, kind=kind, text=text, submission_key=key, created_by=actor
        )
        tell("lesson_added", initiative, actor=actor, text=text)
        return lesson

    return create_once(Lesson, key, create, actor=actor)[0]


def _require_not_cancelled(initiative: Initiative) -> None:
    if initiative.state == Initiative.State.CANCELLED:
        raise TransitionNotAllowed("publish_update")


def speaks_for(initiative: Initiative, actor: Any) -> Organisation | None:
    """Return the partner in whose name a person writes, the lead first; None for a moderator of none."""
    partners = initiative.partners.select_related("organisation")
    ranked = sorted(partners, key=lambda partner: partner.role != "lead")
    return next(
        (partner.organisation for partner in ranked if acts_for(actor, partner.organisation_id)),
        None,
    )
