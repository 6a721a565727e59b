"""Topics by the name and address they have today."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kalibaru.core.subjects import plain_topic, subject_kind, visible_subjects


@dataclass(frozen=True)
class Named:
    """A topic that somebody may see."""

    topic: str
    kind: str
    title: str
    url: str


def named(topics: Iterable[str], user: Any) -> dict[str, Named]:
    """Return those topics that exist, can be followed, and `user` may see, with one query per kind of subject."""
    wanted = set(topics)
    found = {topic: one for topic in wanted if (one := _plain(topic))}
    rows = visible_subjects([ref for topic in wanted if (ref := topic_ref(topic))], user)
    for (key, pk), row in rows.items():
        kind = subject_kind(key)
        if kind is not None and kind.followable:
            topic = f"{key}:{pk}"
            found[topic] = Named(topic, str(kind.label), str(getattr(row, kind.title)), row.get_absolute_url())
    return found


def find_topic(topic: str, user: Any) -> Named | None:
    """Return one topic, or None for what is none, cannot be followed, or `user` may not see."""
    return named([topic], user).get(topic)


def topic_ref(topic: str) -> tuple[str, UUID] | None:
    """Return (kind, id) of a topic; None for what is none."""
    key, _colon, pk = topic.partition(":")
    try:
        return key, UUID(pk)
    except ValueError:
        return None


def _plain(topic: str) -> Named | None:
    key, _colon, rest = topic.partition(":")
    plain = plain_topic(key)
    title = plain.title(rest) if plain else ""
    return Named(topic, str(plain.label), title, plain.url(rest)) if plain and title else None
