"""Work in numbers: what is new, waiting, overdue and decided, for the secretariat, an agency, an organisation.

A room that owns people's desks registers them (`register_desk`), every room registers the queues it has for a desk
(`register_queue`); the page and the weekly digest show them together. Queries do not grow with people: one a desk,
and what each queue says of itself.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kalibaru.accounts.models import User

SECRETARIAT = "secretariat"
LINES_MAX = 5


@dataclass(frozen=True)
class Span:
    """The half-open time [start, end) that "new" and "decided" are counted over."""

    start: datetime
    end: datetime

    def holds(self, field: str) -> Q:
        """Return the condition that a moment lies within."""
        return Q(**{f"{field}__gte": self.start, f"{field}__lt": self.end})


@dataclass(frozen=True)
class Line:
    """One thing by name: what was said, or what is due."""

    text: str
    url: str


@dataclass(frozen=True)
class Numbers:
    """One queue in numbers, with some of its things by name."""

    new: int = 0
    waiting: int = 0
    overdue: int = 0
    decided: int = 0
    lines: tuple[Line, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.new or self.waiting or self.overdue or self.decided or self.lines)


def of_all(
    rows: QuerySet, waiting: QuerySet, decided: QuerySet, span: Span, *, since: str, until: str, patience: timedelta
) -> dict[UUID | None, Numbers]:
    """Return the numbers of a queue of the secretariat, which has one for everybody.

    since, until: the fields that say when a row came and when it was decided; patience: how long one may wait.
    """
    return {
        None: Numbers(
            new=rows.filter(span.holds(since)).count(),
            waiting=waiting.count(),
            overdue=waiting.filter(**{f"{since}__lt": span.end - patience}).count(),
            decided=decided.filter(span.holds(until)).count(),
        )
    }


@dataclass(frozen=True)
class Owner:
    """Whose desk it is: an organisation; the secretariat has the key None."""

    key: UUID | None
    name: str


@dataclass(frozen=True)
class Desk:
    """A sort of work. owners: {user: whose desk they share} of those users; people: ids of all who share one."""

    key: str
    label: Any
    owners: Callable[[Collection[UUID]], Mapping[UUID, list[Owner]]]
    people: Callable[[], QuerySet]
    order: int = 100


@dataclass(frozen=True)
class Queue:
    """What one room has on a desk. read: {owner key: numbers}, with queries that do not grow with the owners."""

    desk: str
    key: str
    label: Any
    read: Callable[[Collection[UUID | None], Span], Mapping[UUID | None, Numbers]]
    url: Callable[[], str]
    order: int = 100


@dataclass(frozen=True)
class SheetRow:
    """A queue that has something to say."""

    label: Any
    url: str
    numbers: Numbers


@dataclass(frozen=True)
class Sheet:
    """One desk of one owner."""

    label: Any
    owner: str
    rows: list[SheetRow]


_desks: dict[str, Desk] = {}
_queues: dict[tuple[str, str], Queue] = {}


def register_desk(desk: Desk) -> None:
    """Make a desk known (called from an upper room's `apps.py`)."""
    _desks[desk.key] = desk


def register_queue(queue: Queue) -> None:
    """Put a queue on a desk (called from an upper room's `apps.py`)."""
    _queues[queue.desk, queue.key] = queue


def people_with_desks() -> set[UUID]:
    """Return the ids of everybody who shares a desk."""
    return {pk for desk in _desks.values() for pk in desk.people()}


def has_desk(user: UUID) -> bool:
    """Return whether the person shares a desk."""
    return any(desk.owners([user]) for desk in _desks.values())


def sheets(users: Iterable[UUID], window: Span) -> dict[UUID, list[Sheet]]:
    """Return the sheets of those users that have something to say, in page order."""
    found: dict[UUID, list[Sheet]] = {pk: [] for pk in users}
    for desk in sorted(_desks.values(), key=lambda one: (one.order, one.key)):
        owners = desk.owners(list(found))
        keys = {owner.key for shared in owners.values() for owner in shared}
        if not keys:
            continue
        read = [(queue, queue.read(keys, window)) for queue in _queues_of(desk.key)]
        for pk, shared in owners.items():
            for owner in shared:
                rows = [
                    SheetRow(queue.label, queue.url(), numbers[owner.key])
                    for queue, numbers in read
                    if numbers.get(owner.key)
                ]
                if rows:
                    found[pk].append(Sheet(desk.label, owner.name, rows))
    return found


def _queues_of(desk: str) -> list[Queue]:
    queues = [queue for queue in _queues.values() if queue.desk == desk]
    return sorted(queues, key=lambda one: (one.order, one.key))


def _moderators(users: Collection[UUID]) -> dict[UUID, list[Owner]]:
    rows = User.objects.moderators().filter(pk__in=users).values_list("pk", flat=True)
    return {pk: [Owner(None, "")] for pk in rows}


def register() -> None:
    """The secretariat's desk is this room's: its people are known from their accounts."""
    people = User.objects.moderators
    register_desk(
        Desk(SECRETARIAT, _("Meja sekretariat"), _moderators, lambda: people().values_list("pk", flat=True), 10)
    )
