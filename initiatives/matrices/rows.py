"""The rows of a matrix: programmes, and for non-government partners also the joint initiatives they lead."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from initiatives.imports.lookups import Lookups
from initiatives.models import Initiative, Partner, Programme, ProgrammeYear
from kalibaru.core.sdg import Goal
from stakeholders.models import Organisation, Platform

CHUNK = 500


@dataclass(frozen=True)
class Period:
    """A year, or its first half. label: what stands above its columns."""

    year: int
    half: bool = False

    @property
    def label(self) -> str:
        """Heading of the period."""
        return f"{self.year} Semester I" if self.half else str(self.year)


@dataclass
class MatrixRow:
    """One line of a matrix. figures: by period, each a dict of the repeated columns."""

    values: dict[str, Any]
    figures: dict[Period, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """What a matrix is asked for. organisation: None for all."""

    government: bool
    periods: Sequence[Period]
    organisation: Organisation | None = None

    @property
    def years(self) -> list[int]:
        """The years told."""
        return sorted({period.year for period in self.periods})


def matrix_rows(choice: Choice) -> Iterator[MatrixRow]:
    """Yield the public rows, by organisation and code; a fixed number of queries per 500."""
    lookups = Lookups(choice.organisation or Organisation())
    for programme in _programmes(choice).iterator(chunk_size=CHUNK):
        yield _of_programme(programme, choice, lookups)
    if not choice.government:
        for initiative in _initiatives(choice).iterator(chunk_size=CHUNK):
            yield from _of_initiative(initiative, choice, lookups)


def _programmes(choice: Choice) -> QuerySet:
    rows = Programme.objects.public().select_related("organisation").defer("search", "organisation__search")
    if choice.government:
        rows = rows.filter(organisation__platform=Platform.GOVERNMENT)
    else:
        rows = rows.exclude(organisation__platform=Platform.GOVERNMENT)
    if choice.organisation:
        rows = rows.filter(organisation=choice.organisation)
    years = Prefetch("years", ProgrammeYear.objects.filter(year__in=choice.years), to_attr="told_years")
    order = ("organisation__name", "programme_code", "activity_code", "sub_activity_code", "created_at", "id")
    return rows.prefetch_related(years, "issues", "areas").order_by(*order)


def _of_programme(programme: Programme, choice: Choice, lookups: Lookups) -> MatrixRow:
    plain = (
        "programme_code", "programme_name", "activity_code", "activity_name", "sub_activity_code",
        "sub_activity_name", "output", "unit",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(programme, name) for name in plain}
    values |= {
        "sdg_goals": _goals(programme.sdg_goals),
        "issues": "; ".join(issue.title for issue in programme.issues.all()),
        "areas": "; ".join(lookups.name_of(area) for area in programme.areas.all()),
        "funding_source": str(programme.get_funding_source_display()),
        "implementer": programme.organisation.name,
        "state": str(programme.get_state_display()),
        "hub_id": str(programme.pk),
    }
    told = {year.year: year for year in programme.told_years}  # type: ignore[attr-defined]
    return MatrixRow(values, {period: _figures(told.get(period.year), period) for period in choice.periods})


def _figures(year: ProgrammeYear | None, period: Period) -> dict[str, Any]:
    if year is None:
        return {}
    reached, spent = (year.realisation_s1, year.spent_s1) if period.half else (year.realisation, year.spent)
    told = {"target": year.target, "budget": year.budget, "realisation": reached, "spent": spent, "note": year.note}
    return told | _judged(year.target, reached)


def _judged(target: Decimal | None, reached: Decimal | None) -> dict[str, Any]:
    """Return the share that is reached, and the word for it; no target or no figure is no data, never zero."""
    if not target or reached is None:
        return {"achieved": None, "status": _("Belum ada data")}
    share = round(reached * 100 / target, 1)
    return {"achieved": share, "status": _("Tercapai") if share >= 100 else _("Belum tercapai")}


def _initiatives(choice: Choice) -> QuerySet:
    """Joint initiatives led by a partner outside government, whose life touches the years asked for."""
    lead = Partner.objects.filter(role=Partner.Role.LEAD).exclude(organisation__platform=Platform.GOVERNMENT)
    if choice.organisation:
        lead = lead.filter(organisation=choice.organisation)
    partners = Prefetch("partners", Partner.objects.select_related("organisation"))
    rows = Initiative.objects.published().filter(pk__in=lead.values("initiative")).defer("search", "body")
    first, last = choice.years[0], choice.years[-1]
    rows = rows.exclude(ends_on__year__lt=first).exclude(starts_on__year__gt=last)
    return rows.prefetch_related(partners, "targets", "issues", "areas").order_by("title", "id")


def _of_initiative(initiative: Initiative, choice: Choice, lookups: Lookups) -> Iterator[MatrixRow]:
    """A line for each target. The portal knows one goal and one figure of it, so they stand in the last year told."""
    partners = list(initiative.partners.all())
    names = {role: [p.organisation.name for p in partners if p.role == role] for role in Partner.Role.values}
    values = {
        "programme_name": initiative.title,
        "activity_name": initiative.title,
        "sdg_goals": _goals(initiative.sdg_goals),
        "issues": "; ".join(issue.title for issue in initiative.issues.all()),
        "areas": "; ".join(lookups.name_of(area) for area in initiative.areas.all()),
        "funding_source": "; ".join(names[Partner.Role.FUNDING]),
        "implementer": "; ".join([*names[Partner.Role.LEAD], *names[Partner.Role.IMPLEMENTING]]),
        "state": str(initiative.get_state_display()),
    }
    year = min(
        max(initiative.ends_on.year if initiative.ends_on else choice.years[-1], choice.years[0]), choice.years[-1]
    )
    period = next(one for one in reversed(choice.periods) if one.year == year)
    targets: list[Any] = list(initiative.targets.all()) or [None]
    for number, target in enumerate(targets):
        figures: dict[str, Any] = {"budget": initiative.budget if number == 0 else None}
        if target is not None:
            figures |= {"target": target.goal, "realisation": target.reached, **_judged(target.goal, target.reached)}
        names_of_target = {"output": target.name, "unit": target.unit} if target else {"output": "", "unit": ""}
        yield MatrixRow({**values, **names_of_target}, {period: figures})


def _goals(numbers: Sequence[int]) -> str:
    return "; ".join(f"{goal.value}. {goal.label}" for goal in (Goal(number) for number in sorted(numbers)))
