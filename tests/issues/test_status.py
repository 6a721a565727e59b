"""The rule by which an indicator's status is computed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.models import Indicator
from issues.status import Status, expected_on, standing

ORDER = [Status.ATTENTION, Status.ON_TRACK, Status.ACHIEVED]
figures = st.decimals(min_value=0, max_value=1000, places=2)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2032, 12, 31))


def indicator(direction="up", baseline=10, target=50, **fields):
    line = {"baseline": Decimal(baseline), "baseline_year": 2023, "target": Decimal(target), "target_year": 2027}
    return Indicator(**{"direction": direction, **line, **fields})


def without(name):
    row = indicator()
    setattr(row, name, None)
    return row


@st.composite
def lined(draw):
    """An indicator with a whole line, in either direction."""
    low, high = sorted((draw(figures), draw(figures)))
    direction = draw(st.sampled_from(["up", "down"]))
    ends = (low, high) if direction == "up" else (high, low)
    return indicator(direction, *ends)


@pytest.mark.parametrize(
    ("value", "status"),
    [("50", "achieved"), ("60", "achieved"), ("30", "on_track"), ("29.9", "attention"), ("5", "attention")],
)
def test_at_the_end_of_2025_half_the_way_is_expected(value, status):
    found = standing(indicator(), Decimal(value), date(2025, 12, 31))
    assert found.status == status
    assert round(found.expected, 1) == Decimal("30.0")


@pytest.mark.parametrize(("value", "status"), [("10", "achieved"), ("29", "on_track"), ("31", "attention")])
def test_where_less_is_better_the_line_falls(value, status):
    assert standing(indicator("down", 50, 10), Decimal(value), date(2025, 12, 31)).status == status


@pytest.mark.parametrize("missing", ["baseline", "baseline_year", "target", "target_year"])
def test_without_a_line_there_is_no_status(missing):
    assert standing(without(missing), Decimal(60), date(2025, 12, 31)).status == "no_data"


def test_without_a_figure_there_is_no_status():
    assert standing(indicator(), None, None).status == "no_data"


@given(lined(), figures, figures, days)
def test_a_better_figure_never_has_a_worse_status(row, one, other, day):
    better, worse = (max(one, other), min(one, other)) if row.direction == "up" else (min(one, other), max(one, other))
    assert ORDER.index(standing(row, better, day).status) >= ORDER.index(standing(row, worse, day).status)


@given(lined(), days)
def test_the_line_stays_between_baseline_and_target(row, day):
    assert min(row.baseline, row.target) <= expected_on(row, day) <= max(row.baseline, row.target)


@given(lined(), days, st.integers(min_value=0, max_value=2000))
def test_the_line_never_turns_back(row, day, later):
    now, then = expected_on(row, day), expected_on(row, day + timedelta(later))
    assert then >= now if row.direction == "up" else then <= now


@given(lined(), days)
def test_the_target_itself_is_always_achieved(row, day):
    assert standing(row, row.target, day).status == "achieved"
