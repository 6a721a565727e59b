"""An indicator's approved figures as a page shows them: the newest, how it stands, and a drawing for each area."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.dateparse import parse_date

from issues.models import Indicator
from issues.models.measurement import period_of
from issues.status import Standing, expected_on, standing
from kalibaru.core.charts import Line, line

MOST_DRAWN = 6


@dataclass(frozen=True)
class Figure:
    """One approved figure."""

    value: Decimal
    ends_on: date
    period: str
    area: str
    code: str


@dataclass(frozen=True)
class Picture:
    """What a page says about an indicator; `newest` is of the widest area that has a figure."""

    indicator: Indicator
    newest: Figure | None
    standing: Standing
    figures: list[Figure]

    @property
    def drawings(self) -> list[tuple[str, Line]]:
        """A line for each area, the widest first, as (name, drawing)."""
        ordered = sorted(self.figures, key=lambda figure: (figure.code.count("."), figure.code, figure.ends_on))
        areas = [list(rows) for _code, rows in groupby(ordered, key=lambda figure: figure.code)]
        return [(rows[0].area, _drawing(self.indicator, rows)) for rows in areas[:MOST_DRAWN]]


def picture(indicator: Indicator) -> Picture:
    """Read `indicator.figures` (see `with_figures`); no query."""
    figures = [_figure(row) for row in indicator.figures]  # type: ignore[attr-defined]
    newest = min(figures, key=lambda row: (row.code.count("."), -row.ends_on.toordinal(), row.code), default=None)
    stands = standing(indicator, newest.value if newest else None, newest.ends_on if newest else None)
    return Picture(indicator, newest, stands, figures)


def _figure(row: dict[str, Any]) -> Figure:
    ends_on = parse_date(row["ends_on"])
    assert ends_on is not None  # the column is never empty  # noqa: S101
    return Figure(Decimal(row["value"]), ends_on, period_of(row["year"], row["part"]), row["area"], row["code"])


def _drawing(indicator: Indicator, rows: list[Figure]) -> Line:
    """Draw the figures of one area and, where there is one, the line from the baseline to the target."""
    points = [(row.ends_on, row.value, row.period) for row in rows]
    ends = [
        (date(year, 12, 31), value)
        for year, value in (
            (indicator.baseline_year, indicator.baseline),
            (indicator.target_year, indicator.target),
        )
        if year is not None and value is not None
    ]
    has_line = expected_on(indicator, rows[0].ends_on) is not None
    return line(points, ends if has_line else [])
