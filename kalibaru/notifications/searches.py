"""Searches that can be followed: each room says what the filters of its listing mean, and registers it here.

All of a search narrows together (AND): the kind, the words, and every filter. Several values of one filter are
alternatives (OR).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from kalibaru.core.sdg import Goal
from kalibaru.core.search import words as searchable
from kalibaru.core.subjects import subject_kind
from kalibaru.notifications.models import SavedSearch
from kalibaru.places.models import Area

LONGEST_QUESTION = 200


@dataclass(frozen=True)
class Term:
    """One value of a filter: what an event must carry ("area:<uuid>", "state:active"), and its words for people."""

    fits: str
    words: str


Reader = Callable[[str], Term | None]


@dataclass(frozen=True)
class Savable:
    """A listing whose searches can be followed.

    key: the kind of subject it lists, or "" for the site-wide search. listing: its address name.
    filters: {parameter: reader of one value}; a reader returns None for an unknown value.
    """

    key: str
    label: Any
    listing: str
    filters: dict[str, Reader] = field(default_factory=dict)


@dataclass(frozen=True)
class Criteria:
    """What a search asks, read from the address of a listing. It is empty if everything would fit."""

    savable: Savable
    words: str
    terms: dict[str, list[Term]]
    ignored: list[str]
    # The values as they stood in the address, by filter and condition.
    values: dict[tuple[str, str], str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows it."""
        return not (self.words or self.terms or self.savable.key)

    @property
    def name(self) -> str:
        """What the search is called in lists and mails."""
        parts = [str(self.savable.label)] if self.savable.key else []
        parts += [f"“{self.words}”"] if self.words else []
        parts += [" / ".join(term.words for term in terms) for terms in self.terms.values()]
        return " · ".join(parts)[:200]

    @property
    def conditions(self) -> list[list[str]]:
        """What an event must carry: one of each list."""
        return [sorted(term.fits for term in terms) for _name, terms in sorted(self.terms.items())]

    @property
    def anchor(self) -> str:
        """What every fitting event carries for sure."""
        sole = [fits[0] for fits in self.conditions if len(fits) == 1]
        return sole[0] if sole else (f"kind:{self.savable.key}" if self.savable.key else SavedSearch.ANYTHING)

    @property
    def address(self) -> str:
        """Where the search can be looked at, the same for every order of the same filters."""
        query = QueryDict(mutable=True)
        if self.words:
            query["q"] = self.words
        for name, terms in sorted(self.terms.items()):
            query.setlist(name, sorted(self.values[name, term.fits] for term in terms))
        return f"{reverse(self.savable.listing)}?{query.urlencode()}"


_savables: dict[str, Savable] = {}


def register_savable(savable: Savable) -> None:
    """Let the searches of a listing be followed (called from an upper room's `apps.py`)."""
    _savables[savable.key] = savable


def savable(key: str) -> Savable | None:
    """Return the listing for a kind, or None for an unknown word."""
    return _savables.get(key)


def read_criteria(listing: Savable, query: QueryDict) -> Criteria:
    """Read a listing's address; what it does not know is left out, what cannot be followed is named in `ignored`."""
    words = query.get("q", "").replace("\x00", " ").strip()[:LONGEST_QUESTION]
    terms: dict[str, list[Term]] = {}
    values: dict[tuple[str, str], str] = {}
    for name, read in listing.filters.items():
        for value in [one for one in query.getlist(name) if one][:10]:
            term = read(value[:100])
            if term is not None and (name, term.fits) not in values:
                terms.setdefault(name, []).append(term)
                values[name, term.fits] = value
    known = {"q", "page", "sort", "in", *listing.filters}
    ignored = [name for name in query if name not in known and query[name]]
    return Criteria(listing, words if searchable(words) else "", terms, ignored, values)


def area_term(code: str) -> Term | None:
    """Read a filter by area: everything inside it fits, for events carry the areas around theirs."""
    area = Area.objects.filter(code=code).first() if "\x00" not in code else None
    return Term(f"area:{area.pk}", str(area)) if area else None


def goal_term(number: str) -> Term | None:
    """Read a filter by SDG goal."""
    if not number.isdecimal() or int(number[:3]) not in Goal.values:
        return None
    return Term(f"goal:{int(number)}", goal_title(number))


def goal_title(number: str) -> str:
    """Return the number and name of a goal, "" for what is none."""
    if not number.isdecimal() or len(number) > 2 or int(number) not in Goal.values:
        return ""
    return _("Tujuan %(number)s: %(name)s") % {"number": int(number), "name": Goal(int(number)).label}


def goal_topics(row: Any) -> list[str]:
    """Return the topics of the SDG goals that a row with `sdg_goals` serves."""
    return [f"goal:{number}" for number in row.sdg_goals]


def choice_term(name: str, choices: Any) -> Reader:
    """Return the reader of a filter over fixed choices, e.g. states: "state:active"."""
    labels = {str(value): label for value, label in choices}
    return lambda value: Term(f"{name}:{value}", str(labels[value])) if value in labels else None


def subject_term(key: str, rows: Callable[[], Any]) -> Reader:
    """Return the reader of a filter by the slug of a subject that can be followed."""

    def read(slug: str) -> Term | None:
        kind, row = subject_kind(key), None if "\x00" in slug else rows().filter(slug=slug).first()
        return Term(f"{key}:{row.pk}", str(getattr(row, kind.title))) if kind and row else None

    return read
