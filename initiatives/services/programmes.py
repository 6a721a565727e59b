"""What people do with programmes: log, edit, publish, finish, and note how they go."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from initiatives.events import programmes as kinds
from initiatives.models import Programme, ProgrammeLog, ProgrammeYear
from issues.models import PriorityIssue
from kalibaru.core.access import require
from kalibaru.core.services import create_once, lock_unchanged
from kalibaru.media.models import Photo
from kalibaru.media.services import create_once_with_photos
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Event
from kalibaru.places.models import Area
from stakeholders.models import Organisation

PLAIN = (
    "programme_code",
    "programme_name",
    "activity_code",
    "activity_name",
    "sub_activity_code",
    "sub_activity_name",
    "output",
    "unit",
    "funding_source",
    "sdg_goals",
    "source_title",
    "source_url",
)


@dataclass(frozen=True)
class YearEntry:
    """One line of the table of years."""

    year: int
    target: Decimal | None = None
    realisation: Decimal | None = None
    budget: Decimal | None = None
    spent: Decimal | None = None
    note: str = ""
    realisation_s1: Decimal | None = None
    spent_s1: Decimal | None = None


@dataclass(frozen=True)
class ProgrammeEntry:
    """What a form or a spreadsheet says about a programme. `plain` holds the columns named in PLAIN."""

    plain: dict[str, Any]
    issues: Sequence[PriorityIssue] = ()
    areas: Sequence[Area] = ()
    years: Sequence[YearEntry] = field(default_factory=tuple)


def log_programme(
    organisation: Organisation, entry: ProgrammeEntry, *, actor: Any, key: UUID | None = None, is_demo: bool = False
) -> tuple[Programme, bool]:
    """Write down a programme as a draft of its organisation; return (programme, made now)."""
    require(actor, "initiatives.log_programme_for", organisation)

    def create() -> Programme:
        programme = Programme.objects.create(
            organisation=organisation,
            created_by=actor,
            submission_key=key,
            is_demo=is_demo or organisation.is_demo,
            **_plain(entry),
        )
        _write_lists(programme, entry, actor)
        _tell(kinds.LOGGED, programme, actor, audience=Event.Audience.PARTIES)
        return programme

    return create_once(Programme, key, create, actor=actor)


def edit_programme(programme: Programme, entry: ProgrammeEntry, *, version: datetime | None, actor: Any) -> None:
    """Change what is written, in any state: figures of a finished programme are often known later."""
    require(actor, "initiatives.edit_programme", programme)
    with transaction.atomic():
        lock_unchanged(programme, version)
        for name, value in _plain(entry).items():
            setattr(programme, name, value)
        programme.save()
        _write_lists(programme, entry, actor)
        public = programme.state != Programme.State.DRAFT
        _tell(kinds.EDITED, programme, actor, audience=Event.Audience.PUBLIC if public else Event.Audience.PARTIES)


def publish_programme(programme: Programme, *, actor: Any) -> None:
    """Show a draft to everybody."""
    require(actor, "initiatives.edit_programme", programme)
    if programme.organisation.state != Organisation.State.VERIFIED:
        raise TransitionNotAllowed("the organisation is not verified")
    _move(programme, Programme.publish, kinds.PUBLISHED, actor, published_at=timezone.now())


def finish_programme(programme: Programme, *, actor: Any) -> None:
    """Say that nothing more will be done under it."""
    require(actor, "initiatives.edit_programme", programme)
    _move(programme, Programme.finish, kinds.FINISHED, actor)


def add_note(
    programme: Programme,
    *,
    on: date,
    note: str,
    actor: Any,
    key: UUID | None = None,
    photos: Iterable[tuple[UploadedFile, str]] = (),
) -> tuple[ProgrammeLog, bool]:
    """Say how a published programme goes, with photos given as (file, description); return (note, made now)."""
    require(actor, "initiatives.edit_programme", programme)
    _require_published(programme)

    def create(kept: list[Photo]) -> ProgrammeLog:
        # Again, for it may have been finished while the pictures were prepared.
        lock_unchanged(programme)
        _require_published(programme)
        log = ProgrammeLog.objects.create(programme=programme, on=on, note=note, created_by=actor, submission_key=key)
        log.photos.set(kept)
        _tell(kinds.NOTE_ADDED, programme, actor, payload={"note": note})
        return log

    return create_once_with_photos(ProgrammeLog, key, photos, create, actor=actor)


def move_programmes(loser: Organisation, heir: Organisation, actor: Any) -> None:
    """Carry the programmes of a merged organisation over to its heir; called inside the merge's transaction."""
    Programme.objects.filter(organisation=loser).update(organisation=heir, updated_at=timezone.now())


def _plain(entry: ProgrammeEntry) -> dict[str, Any]:
    return {name: entry.plain[name] for name in PLAIN if name in entry.plain}


def _write_lists(programme: Programme, entry: ProgrammeEntry, actor: Any) -> None:
    """Set problems, areas and years; a year keeps its row, so that its history stays one."""
    programme.issues.set(entry.issues)
    programme.areas.set(entry.areas)
    rows = {row.year: row for row in programme.years.all()}
    for line in entry.years:
        row = rows.pop(line.year, None) or ProgrammeYear(programme=programme, year=line.year, created_by=actor)
        values: dict[str, Any] = {"target": line.target, "realisation": line.realisation, "budget": line.budget}
        values |= {"spent": line.spent, "note": line.note}
        values |= {"realisation_s1": line.realisation_s1, "spent_s1": line.spent_s1}
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        if changed or row._state.adding:
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
    programme.years.filter(pk__in=[row.pk for row in rows.values()]).delete()


def _move(programme: Programme, transition: Callable[[Programme], Any], kind: str, actor: Any, **stamps: Any) -> None:
    with transaction.atomic():
        lock_unchanged(programme)
        transition(programme)
        for name, value in stamps.items():
            setattr(programme, name, value)
        programme.save(update_fields=["state", "updated_at", *stamps])
        _tell(kind, programme, actor)


def _require_published(programme: Programme) -> None:
    if programme.state != Programme.State.PUBLISHED:
        raise TransitionNotAllowed(f"programme is {programme.state}")


def _tell(
    kind: str,
    programme: Programme,
    actor: Any,
    *,
    audience: str = Event.Audience.PUBLIC,
    payload: dict[str, Any] | None = None,
) -> None:
    topics = [
        programme.organisation,
        *programme.issues.all(),
        *Area.objects.around(programme.areas.all()),
    ]
    words = {"organisation": programme.organisation.name, **(payload or {})}
    publish(kind, programme, actor=actor, topics=topics, audience=audience, payload=words)
