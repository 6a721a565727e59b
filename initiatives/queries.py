"""What pages show of many initiatives at once, with a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from initiatives.filters.initiatives import Choices
from initiatives.models import Initiative, Partner

CARD_COLUMNS = (
    "id",
    "title",
    "slug",
    "summary",
    "state",
    "is_demo",
    "issue_ids",
    "area_codes",
    "published_at",
    "starts_on",
    "ends_on",
    "ends_key",
)


@dataclass(frozen=True)
class Card:
    """An initiative in a listing, with the words around it."""

    row: Initiative
    issues: str
    where: str
    lead: str

    @property
    def key(self) -> tuple[Any, ...]:
        """Return all that the card shows, by which what was rendered is kept."""
        row = self.row
        return row.slug, row.title, row.summary, row.state, row.is_demo, self.issues, self.where, self.lead


def for_cards(rows: QuerySet) -> QuerySet:
    """Fetch only the columns that cards and their orders use."""
    return rows.only(*CARD_COLUMNS)


def cards_of(rows: Iterable[Initiative], choices: Choices | None = None) -> list[Card]:
    """Return cards: one query for the leads, two more for names unless `choices` were read before."""
    shown = list(rows)
    names = choices or Choices.read()
    leads = leads_of([row.pk for row in shown])
    return [
        Card(
            row,
            ", ".join(names.issue_titles[pk] for pk in row.issue_ids if pk in names.issue_titles),
            ", ".join(names.area_names[code] for code in narrowest(row.area_codes) if code in names.area_names),
            leads.get(row.pk, ""),
        )
        for row in shown
    ]


def leads_of(initiative_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the name of each initiative's lead."""
    rows: Iterable[tuple[UUID, Any]] = Partner.objects.filter(
        initiative__in=initiative_ids, role=Partner.Role.LEAD
    ).values_list("initiative_id", "organisation__name")
    return dict(rows)


def narrowest(codes: Sequence[str]) -> list[str]:
    """Return the codes that have none inside them: the areas meant, without those around them."""
    return [code for code in codes if not any(other.startswith(f"{code}.") for other in codes)]
