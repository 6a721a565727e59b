"""Registries through which upper rooms appear on the page of a problem: sections, and the next step they offer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from issues.models import PriorityIssue


@dataclass(frozen=True)
class Panel:
    """A section of the page. `rows(issue, user)` runs a fixed number of queries (two at most) and returns a list.

    station: the station of the loop that this section is, if it is one.
    """

    key: str
    label: Any
    order: int
    rows: Callable[[PriorityIssue, Any], list]
    template: str
    station: str = ""


@dataclass(frozen=True)
class Step:
    """The one next thing a reader can do: a sentence, and the button that does it."""

    title: Any
    text: Any
    url: str
    label: Any


_panels: dict[str, Panel] = {}
_steps: dict[str, tuple[int, Callable[[PriorityIssue, Any], Step | None]]] = {}


def register_panel(
    key: str,
    label: Any,
    order: int,
    rows: Callable[[PriorityIssue, Any], list],
    template: str,
    station: str = "",
) -> None:
    """Add a section; `template` gets `panel`, `rows` and `issue`. Called from an upper room's `apps.py`."""
    _panels[key] = Panel(key, label, order, rows, template, station)


def panels_for(issue: PriorityIssue, user: Any) -> list[tuple[Panel, list]]:
    """Return every section with its rows, in page order; an empty one says so itself."""
    ordered = sorted(_panels.values(), key=lambda panel: (panel.order, panel.key))
    return [(panel, panel.rows(issue, user)) for panel in ordered]


def register_step(key: str, order: int, step: Callable[[PriorityIssue, Any], Step | None]) -> None:
    """Offer a next step; `step(issue, user)` answers None to readers it is not for."""
    _steps[key] = (order, step)


def step_for(issue: PriorityIssue, user: Any) -> Step | None:
    """Return the first step that fits this reader, by order."""
    for _order, offer in sorted(_steps.values(), key=lambda entry: entry[0]):
        if step := offer(issue, user):
            return step
    return None
