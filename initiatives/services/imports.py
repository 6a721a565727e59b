"""What people do with a spreadsheet of programmes: send it, say what its columns mean, agree, or drop it."""

import uuid
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from initiatives.events import imports as kinds
from initiatives.imports.mapping import Mapping
from initiatives.models import Programme, ProgrammeImport
from kalibaru.core.access import require
from kalibaru.core.errors import Conflict
from kalibaru.core.services import create_once, lock_unchanged, made_before
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Event, Subscription
from kalibaru.places.models import Area
from stakeholders.models import Organisation

PASTED_NAME = "tempelan.tsv"
# Up to so many changed programmes the event stands on the page of each; beyond, only where somebody follows it.
TOPICS_MOST = 200


def start_import(
    organisation: Organisation, upload: File, *, actor: Any, key: UUID | None = None
) -> tuple[ProgrammeImport, bool]:
    """Keep a file that can be opened as a sheet; return (import, made now). The file is written before the row."""
    require(actor, "initiatives.import_programmes_for", organisation)
    if existing := made_before(ProgrammeImport, key, actor):
        return existing, False
    row = ProgrammeImport(organisation=organisation, created_by=actor, acting=actor, submission_key=key)
    _keep(row, upload)

    def create() -> ProgrammeImport:
        row.save()
        tell(kinds.UPLOADED, row, actor)
        return row

    made, is_new = create_once(ProgrammeImport, key, create, actor=actor)
    if not is_new:
        row.file.storage.delete(str(row.file.name))
    return made, is_new


def replace_file(row: ProgrammeImport, upload: File, *, actor: Any) -> None:
    """Put a mended file in the place of the first; what its columns mean is kept."""
    require(actor, "initiatives.handle_import", row)
    mended = ProgrammeImport()
    _keep(mended, upload)
    with transaction.atomic():
        lock_unchanged(row)
        row.replace_file()
        old = row.file.name
        row.file, row.name, row.pasted = mended.file.name, mended.name, mended.pasted
        row.message, row.counts, row.digest, row.acting = "", {}, "", actor
        row.save()
        row.lines.all().delete()
        tell(kinds.UPLOADED, row, actor)
        transaction.on_commit(lambda: row.file.storage.delete(str(old)))


def confirm_columns(row: ProgrammeImport, mapping: Mapping, *, actor: Any) -> None:
    """Say what the columns mean; a worker then reads every row."""
    require(actor, "initiatives.handle_import", row)
    with transaction.atomic():
        lock_unchanged(row)
        row.check_rows()
        row.mapping, row.acting = mapping.stored(), actor
        row.message, row.counts, row.digest = "", {}, ""
        row.save()


def apply_import(row: ProgrammeImport, *, digest: str, publishes: bool = False, actor: Any) -> None:
    """Agree with the result that was shown (`digest`); a worker then writes all of it, or nothing."""
    require(actor, "initiatives.handle_import", row)
    with transaction.atomic():
        lock_unchanged(row)
        row.start_applying()
        if digest != row.digest:
            raise Conflict(_("Hasil pemeriksaannya sudah berubah sejak halaman ini Anda buka. Periksa lagi."))
        if not can_apply(row):
            raise TransitionNotAllowed("there are wrong rows, or nothing to write")
        row.acting, row.publishes, row.message = actor, publishes, ""
        row.save()


def cancel_import(row: ProgrammeImport, *, actor: Any) -> None:
    """Drop it; nothing was written."""
    require(actor, "initiatives.handle_import", row)
    with transaction.atomic():
        lock_unchanged(row)
        row.cancel()
        row.acting = actor
        row.save()
        row.lines.all().delete()
        tell(kinds.CANCELLED, row, actor)


def move_imports(loser: Organisation, heir: Organisation, actor: Any) -> None:
    """Carry the imports of a merged organisation over to its heir; called inside the merge's transaction."""
    ProgrammeImport.objects.filter(organisation=loser).update(organisation=heir)


def can_apply(row: ProgrammeImport) -> bool:
    """Return whether every row is right and some row would change something."""
    counts = row.counts
    return bool(counts) and not counts.get("wrong") and bool(counts.get("new") or counts.get("changed"))


def tell(kind: str, row: ProgrammeImport, actor: Any) -> Event:
    """Record a step of an import: for the organisation's own people and the secretariat."""
    words = {"organisation": row.organisation.name, "name": row.name}
    return publish(kind, row.organisation, actor=actor, audience=Event.Audience.PARTIES, payload=words)


def tell_applied(row: ProgrammeImport, touched: list[Programme], *, actor: Any) -> Event:
    """Record one event for all rows: followers get one item, however many programmes it concerns."""
    public = [programme for programme in touched if programme.state != Programme.State.DRAFT]
    counts = row.counts
    return publish(
        kinds.APPLIED,
        row.organisation,
        actor=actor,
        topics=[*_followed(public), *around(public)],
        audience=Event.Audience.PUBLIC if public else Event.Audience.PARTIES,
        payload={
            "organisation": row.organisation.name,
            "new": counts.get("new_programmes", 0),
            "changed": counts.get("changed_programmes", 0),
        },
    )


def around(programmes: Iterable[Programme]) -> list[Any]:
    """Return the problems and areas of programmes, with every area around them."""
    ids = [programme.pk for programme in programmes]
    issues = Programme.issues.through.objects.filter(programme__in=ids).values("priorityissue")
    areas = Programme.areas.through.objects.filter(programme__in=ids).values("area")
    issue_model = Programme.issues.field.related_model
    return [
        *issue_model._default_manager.filter(pk__in=issues),
        *Area.objects.around(Area.objects.filter(pk__in=areas)),
    ]


def _followed(programmes: list[Programme]) -> list[Programme]:
    if len(programmes) <= TOPICS_MOST:
        return programmes
    topics = {topic_of(programme): programme for programme in programmes}
    followed = set(Subscription.objects.filter(topic__in=list(topics)).values_list("topic", flat=True))
    return [programme for topic, programme in topics.items() if topic in followed]


def _keep(row: ProgrammeImport, upload: File) -> None:
    """Store the file under a name nobody can guess; it is only ever sent to the organisation's own people."""
    name = PurePath((upload.name or "").replace("\\", "/")).name[:200]
    row.pasted = isinstance(upload, ContentFile)
    row.name = _("Tempelan") if row.pasted else name or _("berkas")
    suffix = PurePath(name).suffix.lower()
    upload.seek(0)
    row.file.save(
        f"{uuid.uuid4().hex}{suffix if suffix in ('.xlsx', '.csv', '.tsv', '.txt') else ''}", upload, save=False
    )
