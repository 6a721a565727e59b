"""Registry of what waits for a person; the workspace page shows every card that has something."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Todo:
    """One thing to do or to know: where it is, since when, until when. tone: waiting | late | done | info | neutral."""

    title: str
    url: str
    label: Any = ""
    since: datetime | None = None
    due: date | None = None
    tone: str = "neutral"


@dataclass(frozen=True)
class WorkspaceCard:
    """A card of one room. `items(user)` runs a fixed number of queries and returns at most 20 rows."""

    key: str
    label: Any
    items: Callable[[Any], list[Todo]]
    order: int = 100


_cards: dict[str, WorkspaceCard] = {}


def register_card(card: WorkspaceCard) -> None:
    """Add a card; called from an upper room's `apps.py`."""
    _cards[card.key] = card


def cards_for(user: Any) -> list[tuple[WorkspaceCard, list[Todo]]]:
    """Return the cards that have something for this person, in page order."""
    filled = ((card, card.items(user)) for card in sorted(_cards.values(), key=lambda card: (card.order, card.key)))
    return [(card, items) for card, items in filled if items]
