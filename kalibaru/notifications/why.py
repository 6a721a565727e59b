"""Why a person hears of something: what of its topics they follow, with the name each topic has today."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from kalibaru.core.subjects import subject_kind, visible_subjects
from kalibaru.notifications.models import Notification, Subscription


@dataclass(frozen=True)
class Followed:
    """A topic that a person follows, by name."""

    topic: str
    title: str


class Why:
    """The follows that concern a batch of notifications: one query, and one per kind of subject for the names."""

    def __init__(self, notifications: Sequence[Notification]):
        topics = {topic for row in notifications for topic in row.event.topics}
        people = {row.user_id for row in notifications}
        self._pairs = set(Subscription.objects.filter(user__in=people, topic__in=topics).values_list("user", "topic"))
        self._titles = topic_titles({topic for _user, topic in self._pairs}, AnonymousUser())

    def still(self, row: Notification) -> bool:
        """Return whether it was addressed to the person, or the person still follows one of its topics."""
        return row.direct or any((row.user_id, topic) in self._pairs for topic in row.event.topics)

    def followed(self, row: Notification) -> list[Followed]:
        """Return the follows that brought it, those with a name that may be shown."""
        return [
            Followed(topic, self._titles[topic])
            for topic in row.event.topics
            if (row.user_id, topic) in self._pairs and topic in self._titles
        ]


def topic_titles(topics: set[str], user: Any) -> dict[str, str]:
    """Return the names of those topics that `user` may see, with one query per kind."""
    rows = visible_subjects([ref for topic in topics if (ref := topic_ref(topic))], user)
    return {
        f"{key}:{pk}": str(getattr(row, kind.title))
        for (key, pk), row in rows.items()
        if (kind := subject_kind(key)) is not None
    }


def topic_ref(topic: str) -> tuple[str, UUID] | None:
    """Return (kind, id) of a topic; None for what is none."""
    key, _colon, pk = topic.partition(":")
    try:
        return key, UUID(pk)
    except ValueError:
        return None
