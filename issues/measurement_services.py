"""What people do with figures: enter, hand in, send back, approve, correct."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from issues.models import Breakdown, Indicator, Measurement
from kalibaru.core.access import require
from kalibaru.core.services import create_once, lock_unchanged, required_text
from kalibaru.media.models import Attachment
from kalibaru.media.services import keep_attachment
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Event
from kalibaru.places.models import Area
from stakeholders.models import Organisation


@dataclass(frozen=True)
class Entry:
    """What a form says about a figure. `groups`: {"sex:female" or the code of an RW: value}."""

    area: Area
    year: int
    part: int
    value: Decimal
    note: str = ""
    source_title: str = ""
    source_url: str = ""
    groups: Mapping[str, Decimal] = field(default_factory=dict)


def enter_measurement(
    indicator: Indicator,
    entry: Entry,
    *,
    organisation: Organisation | None,
    actor: Any,
    evidence: UploadedFile | None = None,
    replaces: Measurement | None = None,
    key: UUID | None = None,
) -> tuple[Measurement, bool]:
    """Keep a figure as a draft; return (figure, made now). `organisation` is the one in whose name it is entered."""
    require(actor, "issues.enter_measurement" if organisation else "issues.moderate_issue", organisation)
    if replaces is not None:
        require(actor, "issues.correct_measurement", replaces)
        if replaces.state != Measurement.State.APPROVED:
            raise TransitionNotAllowed("correct")
    kept = keep_attachment(evidence, actor=actor) if evidence else None

    def create() -> Measurement:
        row = Measurement(
            indicator=indicator,
            organisation=organisation,
            replaces=replaces,
            version=replaces.version + 1 if replaces else 1,
            evidence=kept or (replaces.evidence if replaces else None),
            submission_key=key,
            created_by=actor,
            is_demo=indicator.is_demo,
        )
        _write(row, entry)
        return row

    return create_once(Measurement, key, create, actor=actor)


def edit_measurement(
    row: Measurement,
    entry: Entry,
    *,
    actor: Any,
    evidence: UploadedFile | None = None,
    version: datetime | None = None,
) -> Measurement:
    """Change a draft or a returned figure."""
    require(actor, "issues.edit_measurement", row)
    kept: Attachment | None = keep_attachment(evidence, actor=actor) if evidence else None
    with transaction.atomic():
        lock_unchanged(row, version)
        if row.state not in Measurement.OPEN:
            raise TransitionNotAllowed("edit")
        row.evidence = kept or row.evidence
        _write(row, entry)
    return row


def submit_measurement(row: Measurement, *, actor: Any) -> Measurement:
    """Hand a figure in. It needs somebody or something that vouches for it: a source or a document."""
    require(actor, "issues.edit_measurement", row)
    with transaction.atomic():
        lock_unchanged(row)
        if not (row.source_title or row.source_url or row.evidence_id):
            raise ValidationError({"source_title": _("Tulis sumber angka ini, atau lampirkan bukti dukung.")})
        row.submit()
        row.submitted_at, row.reason = timezone.now(), ""
        row.save()
        _tell("submitted", row, actor, audience=Event.Audience.MODERATORS)
    return row


def return_measurement(row: Measurement, reason: str, *, actor: Any) -> Measurement:
    """Send a figure back with what is missing; whoever entered it is told."""
    require(actor, "issues.approve_measurement", row)
    sentence = _("Tulis apa yang perlu diperbaiki.")
    with transaction.atomic():
        lock_unchanged(row)
        row.send_back()
        row.reason = required_text(reason, "reason", sentence, Measurement.REASON_MAX)
        row.save()
        _tell("returned", row, actor, audience=Event.Audience.PARTIES, to=row.created_by_id, reason=row.reason)
    return row


def approve_measurement(row: Measurement, *, actor: Any) -> Measurement:
    """Make a figure public and lock it; the version it corrects gives way. Never by the person who entered it."""
    require(actor, "issues.approve_measurement", row)
    with transaction.atomic():
        lock_unchanged(row.indicator)
        lock_unchanged(row)
        row.approve()
        _give_way(row)
        row.approved_at = timezone.now()
        row.save()
        kind = "corrected" if row.replaces_id else "approved"
        _tell(kind, row, actor, audience=Event.Audience.PUBLIC, to=row.created_by_id)
    return row


def discard_measurement(row: Measurement, *, actor: Any) -> None:
    """Throw away what was never handed in; the history keeps that it was there."""
    require(actor, "issues.edit_measurement", row)
    with transaction.atomic():
        lock_unchanged(row)
        if row.state not in Measurement.OPEN:
            raise TransitionNotAllowed("discard")
        row.delete()


def move_measurements(loser: Organisation, heir: Organisation) -> None:
    """Carry the figures of a merged organisation over to its heir; called inside the merge's transaction."""
    Measurement.objects.filter(organisation=loser).update(organisation=heir, updated_at=timezone.now())


def _write(row: Measurement, entry: Entry) -> None:
    """Fill a row and its groups from a form; the period must not lie in the future."""
    for item in fields(Entry):
        if item.name != "groups":
            setattr(row, item.name, getattr(entry, item.name))
    if row.year > timezone.localdate().year:
        raise ValidationError({"year": _("Tahun ini belum berjalan. Angka hanya untuk masa yang sudah lewat.")})
    row.save()
    row.breakdowns.all().delete()
    rws = {area.code: area for area in Area.objects.filter(level="rw", code__in=list(entry.groups))}
    Breakdown.objects.bulk_create(
        Breakdown(measurement=row, group="" if name in rws else name, area=rws.get(name), value=value)
        for name, value in entry.groups.items()
        if name in rws or name in Breakdown.Group.values
    )


def _give_way(row: Measurement) -> None:
    """Let the corrected version step back; a second figure for the same period has to come as a correction."""
    if row.replaces_id:
        former = row.replaces
        lock_unchanged(former)
        former.give_way()
        former.save()
    same = {"indicator_id": row.indicator_id, "area_id": row.area_id, "year": row.year, "part": row.part}
    if Measurement.objects.approved().filter(**same).exclude(pk=row.pk).exists():
        raise ValidationError(
            _("Angka untuk wilayah dan masa ini sudah ada. Kembalikan, dan minta dikirim sebagai perbaikan.")
        )


def _tell(deed: str, row: Measurement, actor: Any, *, audience: str, to: Any = None, **more: Any) -> None:
    public = audience == Event.Audience.PUBLIC
    publish(
        f"issues.measurement_{deed}",
        row.indicator.issue,
        actor=actor,
        topics=[*Area.objects.around([row.area]), *([row.organisation] if row.organisation else [])] if public else [],
        recipients=[to] if to else [],
        audience=audience,
        payload={
            "indicator": row.indicator.name,
            "period": row.period,
            "area": str(row.area),
            "value": number_format(row.value.normalize(), force_grouping=True),
            "unit": row.indicator.unit,
            "measurement": str(row.pk),
            "url": row.get_absolute_url(),
            **more,
        },
    )
