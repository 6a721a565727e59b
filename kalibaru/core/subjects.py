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
    """

    key: str
    label: Any
    model: type[Model]
    visible: Callable[[Any], QuerySet]
    title: str = "title"
    followable: bool = True
    discussable: bool = False


_kinds: dict[str, SubjectKind] = {}


def register_subject(kind: SubjectKind) -> None:
    """Make rows of a model known to the lower rooms."""
    _kinds[kind.key] = kind


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
