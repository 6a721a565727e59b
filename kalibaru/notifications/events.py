"""The one door through which every event passes: `publish`.

Upper rooms register their kinds in `apps.py` (`register_event`) and call `publish` as the third beat of a
service, inside its transaction.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from kalibaru.core.subjects import kind_of, topic_of
from kalibaru.notifications.models import Category, Event


@dataclass(frozen=True)
class EventKind:
    """What can happen, and how it is told.

    key: "<app>.<deed in the past>", e.g. "initiatives.update_published".
    label: short name for timelines and subject lines, lazy, e.g. _("Kabar baru").
    sentence: lazy text with %(actor)s, %(subject)s and keys of the payload, e.g.
        _("%(actor)s menerbitkan kabar: %(title)s"). The payload may name the actor's "organisation" (shown instead
        of the person in public) and a "url" that a recipient opens instead of the subject's page (an invitation).
    category: which preference decides about mail.
    text: payload key that holds words to quote in mail (a body, a reason); "" for none.
    figures: payload keys that hold a number, written as the reader's language does (4,5).
    stands: asked before every showing and sending, for all events of the kind at once (one query): which of them
    may still be told? A room that can hide what an event quotes (a comment) answers without the hidden ones.
    on_timeline: False for what the page shows elsewhere already (a comment stands in the conversation).
    """

    key: str
    label: Any
    sentence: Any
    category: str = Category.FOLLOWED
    text: str = ""
    figures: tuple[str, ...] = ()
    stands: Callable[[Sequence[Event]], Collection[int]] | None = None
    on_timeline: bool = True


_kinds: dict[str, EventKind] = {}


def register_event(*kinds: EventKind) -> None:
    """Make kinds known; called from an upper room's `apps.py`."""
    _kinds.update({kind.key: kind for kind in kinds})


def event_kind(key: str) -> EventKind | None:
    """Return the registered kind, or None for one of an older version."""
    return _kinds.get(key)


def timeline_kinds() -> list[str]:
    """Return the keys of the kinds that timelines show."""
    return [kind.key for kind in _kinds.values() if kind.on_timeline]


def standing(events: Sequence[Event]) -> list[Event]:
    """Return the events whose kind is known and whose content still stands, in the same order."""
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(event.kind, []).append(event)
    fallen: set[int] = set()
    for key, group in groups.items():
        kind = event_kind(key)
        if kind is None:
            fallen.update(event.pk for event in group)
        elif kind.stands:
            fallen.update({event.pk for event in group} - set(kind.stands(group)))
    return [event for event in events if event.pk not in fallen]


def publish(
    kind: str,
    subject: Model,
    *,
    actor: Any,
    topics: Iterable[Model] = (),
    recipients: Iterable[UUID] = (),
    audience: str = Event.Audience.PUBLIC,
    payload: dict[str, Any] | None = None,
) -> Event:
    """Write one event in the caller's transaction (one INSERT) and poke the dispatcher after commit.

    subject: row of a registered subject kind. topics: further rows whose followers are told and on whose
    timelines it stands (the subject is always one). recipients: ids of users told directly, whatever they
    follow. audience: who sees it on timelines; followers are told of public events only. The actor is never told.
    """
    if kind not in _kinds:
        raise LookupError(f"unregistered event kind {kind!r}")
    rows = [subject, *topics]
    event = Event.objects.create(
        kind=kind,
        subject_type=kind_of(subject).key,
        subject_id=subject.pk,
        topics=sorted({topic_of(row) for row in rows} | _served(rows)),
        recipients=sorted(set(recipients), key=str),
        actor=actor if getattr(actor, "pk", None) else None,
        audience=audience,
        payload=payload or {},
    )
    transaction.on_commit(_poke)
    return event


def _served(rows: Sequence[Model]) -> set[str]:
    """Return the goals that the subject serves or, if it names none, those of its other topics."""
    for served in (rows[:1], rows[1:]):
        if found := {topic for row in served for topic in kind_of(row).topics(row)}:
            return found
    return set()


def _poke() -> None:
    """Ask a worker to look; beat asks too, so a broker that is away costs seconds and no event."""
    from kalibaru.notifications.tasks import dispatch_events, poke

    poke(dispatch_events)
