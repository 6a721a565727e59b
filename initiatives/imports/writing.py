"""Write a plan with a fixed number of statements per thousand rows. Triggers keep the history of every row."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from initiatives.imports.plan import Plan, Target
from initiatives.models import Programme, ProgrammeLog, ProgrammeYear
from stakeholders.models import Organisation

BATCH = 1000
_LISTS = ("issues", "areas")
_FIGURES = ("target", "realisation", "realisation_s1", "budget", "spent", "spent_s1", "note")


def write_plan(plan: Plan, organisation: Organisation, *, actor: Any, publishes: bool) -> list[Programme]:
    """Write every target inside the caller's transaction; return the programmes that are new or changed."""
    now = timezone.now()
    touched = [target for target in plan.targets if target.programme is None or _changes(target)]
    known = [target for target in touched if target.programme is not None]
    fresh = [target for target in touched if target.programme is None]
    for target in fresh:
        target.programme = _made(target, organisation, actor, now if publishes else None)
    Programme.objects.bulk_create(map(_programme, fresh), batch_size=BATCH)
    _rewrite(known, now)
    _write_years(touched, actor, now)
    for name in _LISTS:
        _write_links(name, [target for target in touched if name in target.values])
    logs = [
        ProgrammeLog(programme=target.programme, on=on, note=note, created_by=actor)
        for target in touched
        for on, note in target.logs
    ]
    ProgrammeLog.objects.bulk_create(logs, batch_size=BATCH)
    return [_programme(target) for target in touched]


def _changes(target: Target) -> bool:
    return bool(target.values or target.years or target.logs)


def _programme(target: Target) -> Programme:
    assert target.programme is not None  # noqa: S101  (made above; said for the reader and the type checker)
    return target.programme


def _plain(target: Target) -> dict[str, Any]:
    return {key: value for key, value in target.values.items() if key not in _LISTS}


def _made(target: Target, organisation: Organisation, actor: Any, published_at: Any) -> Programme:
    state = Programme.State.PUBLISHED if published_at else Programme.State.DRAFT
    return Programme(
        organisation=organisation,
        created_by=actor,
        is_demo=organisation.is_demo,
        state=state,
        published_at=published_at,
        **_plain(target),
    )


def _rewrite(targets: Sequence[Target], now: Any) -> None:
    """Update known programmes by one upsert a batch: hundreds of times quicker than a statement for each."""
    rows = []
    for target in targets:
        programme = _programme(target)
        for key, value in _plain(target).items():
            setattr(programme, key, value)
        programme.updated_at = now
        rows.append(programme)
    columns = sorted({key for target in targets for key in _plain(target)} | {"updated_at"})
    Programme.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=columns
    )


def _write_years(targets: Sequence[Target], actor: Any, now: Any) -> None:
    """Upsert the years by (programme, year); a figure that the sheet does not tell keeps its value."""
    ids = [_programme(target).pk for target in targets]
    known = {(row.programme_id, row.year): row for row in ProgrammeYear.objects.filter(programme__in=ids)}
    rows = []
    for target in targets:
        programme = _programme(target)
        for year, figures in target.years.items():
            row = known.get((programme.pk, year)) or ProgrammeYear(programme=programme, year=year, created_by=actor)
            for key, value in figures.items():
                setattr(row, key, value)
            row.updated_at = now
            rows.append(row)
    ProgrammeYear.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["programme", "year"],
        update_fields=[*_FIGURES, "updated_at"],
    )


def _write_links(name: str, targets: Sequence[Target]) -> None:
    """Set problems or areas: delete what is gone, add what is new."""
    through = getattr(Programme, name).through
    other = {"issues": "priorityissue_id", "areas": "area_id"}[name]
    ids = [_programme(target).pk for target in targets]
    wanted = {(_programme(target).pk, row.pk) for target in targets for row in target.values[name]}
    present = {
        (programme, row): pk
        for pk, programme, row in through.objects.filter(programme__in=ids).values_list("pk", "programme_id", other)
    }
    through.objects.filter(pk__in=[pk for pair, pk in present.items() if pair not in wanted]).delete()
    missing = [through(**{"programme_id": programme, other: row}) for programme, row in wanted - set(present)]
    through.objects.bulk_create(missing, batch_size=BATCH, ignore_conflicts=True)
