"""Everything a person follows, as the pages show it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kalibaru.core.subjects import plain_topic, subject_kind
from kalibaru.notifications.models import SavedSearch
from kalibaru.notifications.topics import named

FOLLOWS_MAX = 200


@dataclass(frozen=True)
class Follow:
    """One line. `title` is "" for what is not visible any more: it keeps its button, not its name."""

    topic: str
    kind: str
    title: str
    url: str
    automatic: bool
    because: str
    since: datetime


def follows_of(user: Any) -> list[Follow]:
    """Return what the person follows, newest first, with one query and one per kind of subject."""
    rows = list(user.subscriptions.order_by("-created_at", "-id")[:FOLLOWS_MAX])
    names = named({row.topic for row in rows}, user)
    return [
        Follow(
            topic=row.topic,
            kind=_kind(row.topic),
            title=names[row.topic].title if row.topic in names else "",
            url=names[row.topic].url if row.topic in names else "",
            automatic=row.automatic,
            because=row.get_reason_display() if row.reason else "",
            since=row.created_at,
        )
        for row in rows
    ]


def searches_of(user: Any) -> list[SavedSearch]:
    """Return the searches that the person follows, newest first."""
    return list(user.saved_searches.order_by("-created_at", "id")[:FOLLOWS_MAX])


def _kind(topic: str) -> str:
    key = topic.partition(":")[0]
    kind = subject_kind(key) or plain_topic(key)
    return str(kind.label) if kind else ""
