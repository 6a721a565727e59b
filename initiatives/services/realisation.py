"""Figures of one year for many programmes at once: what was reached, and next year's targets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from initiatives.events import imports as kinds
from initiatives.models import Programme, ProgrammeYear
from initiatives.services.imports import around
from kalibaru.core.access import require
from kalibaru.core.sheets.reading import LAST_YEAR
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Event
from stakeholders.models import Organisation

FIGURES = ("realisation_s1", "realisation", "spent_s1", "spent", "note")


@dataclass(frozen=True)
class RealisationEntry:
    """One row of the grid. version: when the year was last written as the person saw it; None for not yet."""

    programme_id: UUID
    version: datetime | None
    values: dict[str, Any]


@dataclass
class Recorded:
    """Which programmes were written, and which somebody else had changed meanwhile."""

    saved: set[UUID] = field(default_factory=set)
    conflicts: set[UUID] = field(default_factory=set)


def record_realisation(
    organisation: Organisation, year: int, entries: Sequence[RealisationEntry], *, actor: Any
) -> Recorded:
    """Write the rows that nobody else changed meanwhile, with one event; the others are told, not written."""
    require(actor, "initiatives.record_realisation", organisation)
    with transaction.atomic():
        programmes = _locked(organisation, [entry.programme_id for entry in entries])
        known = {row.programme_id: row for row in ProgrammeYear.objects.filter(programme__in=programmes, year=year)}
        done, rows = Recorded(), []
        for entry in entries:
            if entry.programme_id not in programmes:
                continue
            row = known.get(entry.programme_id)
            if (row.updated_at if row else None) != entry.version:
                done.conflicts.add(entry.programme_id)
                continue
            row = row or ProgrammeYear(programme_id=entry.programme_id, year=year, created_by=actor)
            for name in FIGURES:
                setattr(row, name, entry.values[name])
            rows.append(row)
            done.saved.add(entry.programme_id)
        _upsert(rows, FIGURES)
        if rows:
            changed = [programmes[row.programme_id] for row in rows]
            _tell(kinds.RECORDED, organisation, changed, actor, year=year)
    return done


def copy_to_next_year(organisation: Organisation, year: int, *, actor: Any) -> int:
    """Give running programmes next year's line with this year's target and budget if it has none; return how many."""
    require(actor, "initiatives.record_realisation", organisation)
    if year >= LAST_YEAR:
        return 0
    with transaction.atomic():
        programmes = _locked(organisation)
        there = set(
            ProgrammeYear.objects.filter(programme__in=programmes, year=year + 1).values_list("programme_id", flat=True)
        )
        rows = [
            ProgrammeYear(
                programme_id=row.programme_id, year=year + 1, target=row.target, budget=row.budget, created_by=actor
            )
            for row in ProgrammeYear.objects.filter(programme__in=programmes, year=year)
            if row.programme_id not in there
            and programmes[row.programme_id].state != Programme.State.FINISHED
            and (row.target is not None or row.budget is not None)
        ]
        ProgrammeYear.objects.bulk_create(rows)
        if rows:
            changed = [programmes[row.programme_id] for row in rows]
            _tell(kinds.COPIED, organisation, changed, actor, year=year + 1, public=False)
    return len(rows)


def _locked(organisation: Organisation, ids: Sequence[UUID] | None = None) -> dict[UUID, Programme]:
    """Lock the organisation's programmes until the transaction ends: all, or those named."""
    rows = (
        Programme.objects.select_for_update()
        .filter(organisation=organisation)
        .only("id", "state", "organisation", "sdg_goals")
    )
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return {row.pk: row for row in rows.order_by("id")}


def _upsert(rows: Sequence[ProgrammeYear], names: Sequence[str]) -> None:
    now = timezone.now()
    for row in rows:
        row.updated_at = now
    ProgrammeYear.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["programme", "year"],
        update_fields=[*names, "updated_at"],
    )


def _tell(
    kind: str, organisation: Organisation, programmes: list[Programme], actor: Any, *, year: int, public: bool = True
) -> Event:
    shown = [programme for programme in programmes if programme.state != Programme.State.DRAFT] if public else []
    return publish(
        kind,
        organisation,
        actor=actor,
        topics=[*shown, *around(shown)],
        audience=Event.Audience.PUBLIC if shown else Event.Audience.PARTIES,
        payload={"organisation": organisation.name, "year": str(year), "changed": len(programmes)},
    )
