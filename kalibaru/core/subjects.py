"""Registry of things that can be followed, discussed and shown on a timeline.

Lower rooms keep a reference as (`subject_type`, `subject_id`); the room that owns the model registers it
here from its `apps.py`, so the lower room never imports the upper one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class SubjectKind:
    """How a lower room may ask about rows of an upper one.

    key: short word used in addresses and topics, e.g. "initiative" (topic "initiative:<uuid>").
    visible: `visible(user)` returns the rows that `user` (may be AnonymousUser) may see.
    followable, discussable: whether people may follow it, and comment on it.
    title: attribute holding its name. The model has `get_absolute_url()`.
    topics: further topics a row stands under, known without a query: the goals it serves, "goal:6".
    facets: what a followed search may ask of a row besides its topics, as "state:active"; asked for one row at a time.
    """

    key: str
    label: Any
    model: type[Model]
    visible: Callable[[Any], QuerySet]
    title: str = "title"
    followable: bool = True
    discussable: bool = False
    topics: Callable[[Any], Iterable[str]] = lambda row: ()
    facets: Callable[[Any], Iterable[str]] = lambda row: ()


@dataclass(frozen=True)
class PlainTopic:
    """Topics that are no rows, e.g. "goal:6".

    title, url: of the part after the colon; the title is "" for what does not exist.
    """

    key: str
    label: Any
    title: Callable[[str], str]
    url: Callable[[str], str]


_kinds: dict[str, SubjectKind] = {}
_plain: dict[str, PlainTopic] = {}


def register_subject(kind: SubjectKind) -> None:
    """Make rows of a model known to the lower rooms."""
    _kinds[kind.key] = kind


def register_plain_topic(topic: PlainTopic) -> None:
    """Make topics known that are no rows."""
    _plain[topic.key] = topic


def plain_topic(key: str) -> PlainTopic | None:
    """Return the topics of that key, or None for an unknown word."""
    return _plain.get(key)


def subject_kind(key: str) -> SubjectKind | None:
    """Return the kind, or None for an unknown word."""
    return _kinds.get(key)


def kind_of(row: Model) -> SubjectKind:
    """Return the kind that a row belongs to; KeyError if its model is not registered."""
    for kind in _kinds.values():
        if isinstance(row, kind.model):
            return kind
    raise KeyError(f"{type(row).__name__} is not a registered subject")


def topic_of(row: Model) -> str:
    """Return the topic of a row, e.g. "issue:6f1c…"."""
    return f"{kind_of(row).key}:{row.pk}"


def find_subject(key: str, pk: UUID | str, user: Any) -> Any | None:
    """Return the row if it exists and `user` may see it, else None (a broken id too)."""
    kind = subject_kind(key)
    if kind is None:
        return None
    try:
        return kind.visible(user).filter(pk=UUID(str(pk))).first()
    except ValueError:
        return None


def visible_subjects(refs: Iterable[tuple[str, UUID]], user: Any) -> dict[tuple[str, UUID], Any]:
    """Return those of `refs` that `user` may see, with one query per kind."""
    wanted: dict[str, set[UUID]] = {}
    for key, pk in refs:
        wanted.setdefault(key, set()).add(pk)
    found: dict[tuple[str, UUID], Any] = {}
    for key, pks in wanted.items():
        if kind := subject_kind(key):
            found.update({(key, row.pk): row for row in kind.visible(user).filter(pk__in=pks)})
    return found
