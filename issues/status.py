"""Whether an indicator is where it should be, by a rule that the reader can check.

The rule: a straight line leads from the baseline (31 December of its year) to the target (31 December of its year).
At the end of the period of the newest approved figure the line has a height, the expected value; it is counted in
whole months, so that the middle of the way is the middle of the years.

- achieved: the figure is at the target or better;
- on track: the figure is at the line or better;
- needs attention: the figure is worse than the line;
- no data: no approved figure, no baseline or no target.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from issues.models import Indicator


class Status(TextChoices):
    """How it stands; the words of Indonesian SDG dashboards."""

    ACHIEVED = "achieved", _("Tercapai")
    ON_TRACK = "on_track", _("Sesuai jalur")
    ATTENTION = "attention", _("Perlu perhatian")
    NO_DATA = "no_data", _("Belum ada data")


RULES = (
    (Status.ACHIEVED, _("sama dengan target atau lebih baik")),
    (Status.ON_TRACK, _("belum sampai target, tetapi sama dengan garis atau lebih baik")),
    (Status.ATTENTION, _("lebih buruk dari garis")),
    (Status.NO_DATA, _("belum ada angka, data dasar, atau target")),
)


@dataclass(frozen=True)
class Standing:
    """A status with what it was computed from; `expected` is the height of the line on that day, or None."""

    status: Status
    expected: Decimal | None = None

    @property
    def label(self) -> str:
        """The word of the status."""
        return self.status.label


def standing(indicator: Indicator, value: Decimal | None, on: date | None) -> Standing:
    """Compute how a figure of the period that ended `on` stands against the indicator's target."""
    if value is None or on is None or indicator.target is None:
        return Standing(Status.NO_DATA)
    expected = expected_on(indicator, on)
    if expected is None:
        return Standing(Status.NO_DATA)
    if _as_good(indicator, value, indicator.target):
        return Standing(Status.ACHIEVED, expected)
    return Standing(Status.ON_TRACK if _as_good(indicator, value, expected) else Status.ATTENTION, expected)


def expected_on(indicator: Indicator, on: date) -> Decimal | None:
    """Return the height of the line in the month of a day, flat before and after it; None without a line."""
    if None in (indicator.baseline, indicator.baseline_year, indicator.target, indicator.target_year):
        return None
    months = 12 * (on.year - indicator.baseline_year) + on.month - 12
    whole = 12 * (indicator.target_year - indicator.baseline_year)
    if months <= 0:
        return indicator.baseline
    if months >= whole:
        return indicator.target
    return indicator.baseline + (indicator.target - indicator.baseline) * months / whole


def _as_good(indicator: Indicator, value: Decimal, bar: Decimal) -> bool:
    return value <= bar if indicator.direction == Indicator.Direction.DOWN else value >= bar
