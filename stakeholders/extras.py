"""What upper rooms add to an organisation without this room knowing them.

An upper room calls these from its `apps.py: ready()`. Example, the problems an organisation works on, which are
rows of `issues`:

    register_extra_field(ExtraField(
        "issues", make=issues_field, initial=issues_of, save=save_stakes, describe=issue_titles))
    register_extra_filter("issue", issue_filter)
    register_panel(Panel("programmes", _("Program"), programmes_of, "<room>/parts/of_organisation.html"))
    register_merge(move_stakes)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django_filters import Filter

from stakeholders.models import Organisation


@dataclass(frozen=True)
class ExtraField:
    """A question in the form that registers and edits an organisation.

    key: name of the form field, e.g. "issues"; the forms offer it after "areas".
    make: returns a new `forms.Field` for each form shown (label, help text and queryset are its own).
    initial: returns the value to show for a saved organisation.
    save: `save(organisation, cleaned_value, actor)` writes the answer; it runs inside the transaction of the deed,
        after its guard, and must neither publish events nor touch files.
    describe: returns {organisation id: short text} for the moderators' desk, with one query for all rows; optional.
    """

    key: str
    make: Callable[[], forms.Field]
    initial: Callable[[Organisation], Any]
    save: Callable[[Organisation, Any, Any], None]
    describe: Callable[[Sequence[Organisation]], dict[UUID, str]] | None = None
    label: Any = ""
    order: int = 100


@dataclass(frozen=True)
class Panel:
    """A section of an organisation's public page.

    rows: `rows(organisation, user)` returns at most 12 rows the reader may see, with a fixed number of queries
        (two at most: the whole page may take ten). A panel without rows is not shown.
    template: shows `rows`, `organisation` and `panel` (the heading is drawn by the page).
    more: optional; `more(organisation)` returns the address of the full list.
    """

    key: str
    label: Any
    rows: Callable[[Organisation, Any], Sequence[Any]]
    template: str
    order: int = 100
    more: Callable[[Organisation], str] | None = None


Merge = Callable[[Organisation, Organisation, Any], None]

_fields: dict[str, ExtraField] = {}
_filters: dict[str, Callable[[], Filter]] = {}
_panels: dict[str, Panel] = {}
_merges: list[Merge] = []


def register_extra_field(field: ExtraField) -> None:
    """Add a question to the organisation form."""
    _fields[field.key] = field


def extra_fields() -> list[ExtraField]:
    """Return the added questions in form order."""
    return sorted(_fields.values(), key=lambda field: (field.order, field.key))


def register_extra_filter(name: str, make: Callable[[], Filter]) -> None:
    """Add a filter to the list of organisations; `make` returns a new django-filter `Filter` for each request."""
    _filters[name] = make


def extra_filters() -> dict[str, Callable[[], Filter]]:
    """Return the added filters by their name in the address."""
    return dict(_filters)


def register_panel(panel: Panel) -> None:
    """Add a section to the public page."""
    _panels[panel.key] = panel


def panels() -> list[Panel]:
    """Return the added sections in page order."""
    return sorted(_panels.values(), key=lambda panel: (panel.order, panel.key))


def register_merge(move: Merge) -> None:
    """Have `move(duplicate, heir, actor)` take the links of a merged duplicate to its heir, in the same transaction."""
    if move not in _merges:
        _merges.append(move)


def merges() -> list[Merge]:
    """Return what moves links in a merge."""
    return list(_merges)
