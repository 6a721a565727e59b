"""What a person may still be told, checked again each time it is shown or sent: for one person or a whole batch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import get_language

from kalibaru.core.subjects import subject_kind, visible_subjects
from kalibaru.notifications import wording
from kalibaru.notifications.events import standing
from kalibaru.notifications.models import Category, Event, Notification

Ref = tuple[str, UUID]


@dataclass(frozen=True)
class News:
    """A notification with the subject it is about, as it is now."""

    notification: Notification
    subject: Any

    @property
    def event(self) -> Event:
        """The event behind it."""
        return self.notification.event

    @property
    def _personal(self) -> bool:
        # A follower reads what the public reads; an addressee may know who wrote to them.
        return self.notification.direct

    @property
    def title(self) -> str:
        """Name of the subject."""
        return wording.subject_title(self.event, self.subject)

    @property
    def label(self) -> str:
        """Short name of what happened."""
        return wording.label(self.event)

    @property
    def sentence(self) -> str:
        """What happened."""
        said = self.event.__dict__.setdefault("_said", {})
        key = get_language(), self._personal
        if key not in said:
            said[key] = wording.sentence(self.event, self.subject, personal=self._personal)
        return said[key]

    @property
    def text(self) -> str:
        """The words themselves."""
        return wording.quoted(self.event)

    @property
    def url(self) -> str:
        """Where it can be read, or answered: an address of this site without the host."""
        own = self.event.payload.get("url", "")
        return own if own.startswith("/") and not own.startswith("//") else self.subject.get_absolute_url()


def with_events(notifications: QuerySet[Notification]) -> QuerySet[Notification]:
    """Fetch with each notification its event, who did it, and whether that is the secretariat, in one query."""
    secretariat = Exists(wording.secretariat(OuterRef("event__actor_id")))
    rows = notifications.select_related("event__actor", "user")
    return rows.annotate(by_secretariat=secretariat)  # type: ignore[no-redef]  # the model only declares it


def shared_events(notifications: QuerySet[Notification], people: Mapping[UUID, Any]) -> list[Notification]:
    """Fetch many people's notifications, and each event once for all whom it was told; `people` are their users."""
    rows = list(notifications)
    events = wording.with_actors(Event.objects.filter(pk__in={row.event_id for row in rows})).in_bulk()
    for row in rows:
        row.event, row.user = events[row.event_id], people[row.user_id]
        row.by_secretariat = row.event.by_secretariat
    return rows


def visible_news(notifications: Iterable[Notification], *, reader: Any = None) -> list[News]:
    """Return those that their person may still see, in the same order, from `with_events` or `shared_events`.

    reader: the person, if all are theirs; without it they may be of many people:

    One query per kind of subject serves everybody for what is public; only what is not is asked per person.
    What was addressed to a person (a decision, an invitation) needs no more than that its subject exists.
    """
    rows = list(notifications)
    for row in rows:
        row.event.by_secretariat = row.by_secretariat
    standing_ids = {event.pk for event in standing(list({row.event_id: row.event for row in rows}.values()))}
    rows = [row for row in rows if row.event_id in standing_ids]
    addressed = _existing(_ref(row) for row in rows if _is_addressed(row))
    others = [row for row in rows if not _is_addressed(row)]
    public = visible_subjects({_ref(row) for row in others}, reader or AnonymousUser())
    private = {} if reader else _visible_to_each([row for row in others if _ref(row) not in public])

    def subject_of(row: Notification) -> Model | None:
        if _is_addressed(row):
            return addressed.get(_ref(row))
        return public.get(_ref(row)) or private.get((row.user_id, _ref(row)))

    return [News(row, subject) for row in rows if (subject := subject_of(row)) is not None]


def _ref(row: Notification) -> Ref:
    return row.event.subject_type, row.event.subject_id


def _is_addressed(row: Notification) -> bool:
    return row.direct and row.category == Category.DECISION


def _existing(refs: Iterable[Ref]) -> dict[Ref, Model]:
    wanted: dict[str, set[UUID]] = {}
    for key, pk in refs:
        wanted.setdefault(key, set()).add(pk)
    return {
        (key, row.pk): row
        for key, pks in wanted.items()
        if (kind := subject_kind(key))
        for row in kind.model._default_manager.filter(pk__in=pks)
    }


def _visible_to_each(rows: Sequence[Notification]) -> dict[tuple[UUID, Ref], Model]:
    people = {row.user_id: row.user for row in rows}
    return {
        (pk, ref): subject
        for pk, user in people.items()
        for ref, subject in visible_subjects({_ref(row) for row in rows if row.user_id == pk}, user).items()
    }
