"""How soon each sort of news is wanted on each channel, and what may be chosen."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from kalibaru.notifications.models import Category, Channel, Frequency, Preference

_NOW, _WEEKLY, _OFF = Frequency.NOW, Frequency.WEEKLY, Frequency.OFF
DEFAULTS: dict[str, dict[str, str]] = {
    Channel.INBOX: dict.fromkeys(Category.values, _NOW),
    Channel.MAIL: {**dict.fromkeys(Category.values, _NOW), Category.FOLLOWED: _WEEKLY, Category.FORUM: _WEEKLY},
    # What may wait does not make a phone ring unless its owner asks for it.
    Channel.PUSH: {**dict.fromkeys(Category.values, _NOW), Category.FOLLOWED: _OFF, Category.FORUM: _OFF},
}
# A decision or an invitation waits for an answer: it is never kept for a digest.
NEVER_DIGESTED = frozenset({Category.DECISION})
DIGESTED = frozenset({Frequency.DAILY, Frequency.WEEKLY})


def choices_of(category: str, channel: str = Channel.MAIL) -> list[str]:
    """Return the frequencies that may be chosen.

    A digest is a mail: the inbox is a list already, and a phone rings at once or not at all.
    """
    digests = channel == Channel.MAIL and category not in NEVER_DIGESTED
    return [word for word in Frequency.values if digests or word not in DIGESTED]


def preferences_of(user: Any, channel: str = Channel.MAIL) -> dict[str, str]:
    """Return {category: frequency} of one person, defaults filled in."""
    return frequencies([user.pk], channel)[user.pk]


def frequencies(users: Iterable[UUID], channel: str = Channel.MAIL) -> dict[UUID, dict[str, str]]:
    """Return the preferences of many people on a channel with one query."""
    found: dict[UUID, dict[str, str]] = {pk: {**DEFAULTS[channel]} for pk in users}
    rows = Preference.objects.filter(user__in=found, channel=channel)
    for pk, category, word in rows.values_list("user", "category", "frequency"):
        found[pk][category] = word
    return found


def default_frequency_sql(column: str, channel: str = Channel.MAIL) -> str:
    """Return the defaults as a SQL expression over a column of categories (constants only, nothing typed by people)."""
    cases = " ".join(f"WHEN '{category}' THEN '{word}'" for category, word in DEFAULTS[channel].items())
    return f"CASE {column} {cases} ELSE '{Frequency.OFF}' END"
