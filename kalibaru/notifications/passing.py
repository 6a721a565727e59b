"""A week of one topic as a short plain message to pass on: for a neighbourhood's group, no account needed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.contrib.auth.models import AnonymousUser
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kalibaru.core.subjects import visible_subjects
from kalibaru.notifications import links, wording, zones
from kalibaru.notifications.events import standing, timeline_kinds
from kalibaru.notifications.grouping import shortened
from kalibaru.notifications.models import Event

WEEK = timedelta(days=7)
LONGEST, LONGEST_LINE = 800, 140
_EVENTS = 60


@dataclass(frozen=True)
class Message:
    """The words, and the address that hands them to WhatsApp. `quiet`: nothing happened in that week."""

    text: str
    quiet: bool

    @property
    def whatsapp(self) -> str:
        """An ordinary link: nothing is asked of another site before somebody presses it."""
        return f"https://wa.me/?text={quote(self.text, safe='')}"


def week_of(topic: str, title: str, url: str, *, at: datetime) -> Message:
    """Return the message of the seven days before `at`, of what anybody may see, newest first, one line a subject."""
    lines = _lines(topic, at)
    days = f"{_day(at - WEEK)} – {_day(at)}"
    head = _("Kabar %(place)s, %(days)s") % {"place": title, "days": days}
    foot = _("Selengkapnya: %(link)s") % {"link": links.whole(url)}
    if not lines:
        words = _("Tidak ada kabar minggu ini.")
        return Message(f"{head}\n\n{words}\n\n{foot}", quiet=True)
    return Message(_fitting(head, lines, foot), quiet=False)


def _fitting(head: str, lines: list[str], foot: str) -> str:
    """Return as many lines as fit, and how many more there are."""
    kept = list(lines)
    while True:
        left = len(lines) - len(kept)
        more = [_("dan %(n)s kabar lain") % {"n": left}] if left else []
        text = "\n\n".join([head, *kept, *more, foot])
        if len(text) <= LONGEST or not kept:
            return text
        kept.pop()


def _lines(topic: str, at: datetime) -> list[str]:
    told = Event.objects.about(topic).public().filter(kind__in=timeline_kinds(), at__gte=at - WEEK, at__lt=at)
    events = standing(list(wording.with_actors(told)[:_EVENTS]))
    subjects = visible_subjects({(event.subject_type, event.subject_id) for event in events}, AnonymousUser())
    lines: dict[tuple[str, Any], str] = {}
    for event in events:
        ref = event.subject_type, event.subject_id
        if ref in subjects and ref not in lines:
            lines[ref] = _line(event, subjects[ref])
    return list(lines.values())


def _line(event: Event, subject: Any) -> str:
    said = " ".join(wording.sentence(event, subject).split())
    return f"• {shortened(said, LONGEST_LINE)}\n{links.whole(subject.get_absolute_url())}"


def _day(at: datetime) -> str:
    return date_format(at.astimezone(zones.HOME), "j F")
