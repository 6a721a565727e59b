"""How soon each sort of news is wanted, and what may be chosen."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from kalibaru.notifications.models import Category, Frequency, Preference

DEFAULTS: dict[str, str] = {
    Category.FOLLOWED: Frequency.WEEKLY,
    Category.ORGANISATION: Frequency.NOW,
    Category.DECISION: Frequency.NOW,
    Category.MODERATION: Frequency.NOW,
}
# A decision or an invitation waits for an answer: it is never kept for a digest.
NEVER_WEEKLY = frozenset({Category.DECISION})


def choices_of(category: str) -> list[str]:
    """Return the frequencies that may be chosen for a category."""
    return [word for word in Frequency.values if word != Frequency.WEEKLY or category not in NEVER_WEEKLY]


def preferences_of(user: Any) -> dict[str, str]:
    """Return {category: frequency} of one person, defaults filled in."""
    return frequencies([user.pk])[user.pk]


def frequencies(users: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """Return the preferences of many people with one query."""
    found: dict[UUID, dict[str, str]] = {pk: {**DEFAULTS} for pk in users}
    for pk, category, word in Preference.objects.filter(user__in=found).values_list("user", "category", "frequency"):
        found[pk][category] = word
    return found


def default_frequency_sql(column: str) -> str:
    """Return the defaults as a SQL expression over a column of categories (constants only, nothing typed by people)."""
    cases = " ".join(f"WHEN '{category}' THEN '{word}'" for category, word in DEFAULTS.items())
    return f"CASE {column} {cases} ELSE '{Frequency.OFF}' END"
