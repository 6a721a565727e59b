"""What happened to a subject, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from kalibaru.core.subjects import kind_of, topic_of, visible_subjects
from kalibaru.notifications import wording
from kalibaru.notifications.events import standing, timeline_kinds
from kalibaru.notifications.models import Event


@dataclass(frozen=True)
class Entry:
    """One line of a timeline. `internal` lines are not shown to everybody; `url` leads to another subject."""

    at: datetime
    label: str
    sentence: str
    text: str
    internal: bool
    url: str = ""


def timeline(subject: Model, user: Any, *, parties: bool = False, limit: int = 40) -> list[Entry]:
    """Return what this reader may know of a subject, with a fixed number of queries.

    parties: the reader belongs to the subject (the caller knows); moderators see everything. What happened to
    another subject the reader may not see, or was hidden since, is left out.
    """
    moderator = bool(getattr(user, "is_moderator", False))
    audiences = [Event.Audience.PUBLIC]
    if parties or moderator:
        audiences.append(Event.Audience.PARTIES)
    if moderator:
        audiences.append(Event.Audience.MODERATORS)
    told = Event.objects.about(topic_of(subject)).filter(audience__in=audiences, kind__in=timeline_kinds())
    events = standing(list(wording.with_actors(told)[:limit]))
    here = (kind_of(subject).key, subject.pk)
    refs = {(event.subject_type, event.subject_id) for event in events} - {here}
    subjects = {**visible_subjects(refs, user), here: subject}
    return [
        _entry(event, row, here, personal=parties or moderator)
        for event in events
        if (row := subjects.get((event.subject_type, event.subject_id)))
    ]


def _entry(event: Event, row: Any, here: tuple[str, Any], *, personal: bool) -> Entry:
    return Entry(
        at=event.at,
        label=wording.label(event),
        sentence=wording.sentence(event, row, personal=personal),
        text=wording.quoted(event),
        internal=event.audience != Event.Audience.PUBLIC,
        url="" if (event.subject_type, event.subject_id) == here else row.get_absolute_url(),
    )
