"""News grouped by subject, repeats collapsed, newest first, with the words themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from kalibaru.core.subjects import subject_kind
from kalibaru.notifications import zones
from kalibaru.notifications.news import News
from kalibaru.notifications.why import Followed, Why

# What keeps a digest of long texts below 40 KB; the rest is in the inbox.
MAX_LINES, MAX_TEXTS, MAX_TEXT = 25, 3, 500


@dataclass
class Line:
    """One thing that happened, or the same thing several times."""

    label: str
    sentence: str
    when: str
    texts: list[str]
    times: int = 1


@dataclass
class Group:
    """What happened to one subject."""

    title: str
    kind: str
    url: str
    lines: list[Line] = field(default_factory=list)
    why: list[Followed] = field(default_factory=list)
    # Which news it holds, told directly or not: the same for everybody to whom it says the same.
    holds: list[tuple[int, bool]] = field(default_factory=list)


def grouped(news: Sequence[News], why: Why, zone: ZoneInfo, most: int = MAX_LINES) -> tuple[list[Group], int]:
    """Return the groups, newest first, and how much of the news had to stay in the inbox."""
    groups: dict[Any, Group] = {}
    lines: dict[Any, Line] = {}
    left_out = 0
    for item in sorted(news, key=lambda one: (one.event.at, one.event.pk), reverse=True):
        ref = item.event.subject_type, item.event.subject_id
        same = (ref, item.event.kind, item.sentence)
        if line := lines.get(same):
            _repeat(line, item)
        elif len(lines) == most:
            left_out += 1
            continue
        else:
            group = groups.setdefault(ref, _group(item))
            line = lines[same] = _line(item, zone)
            group.lines.append(line)
        groups[ref].holds.append((item.event.pk, item.notification.direct))
        _remember(groups[ref].why, why.followed(item.notification))
    return list(groups.values()), left_out


def shortened(text: str, limit: int = MAX_TEXT) -> str:
    """Return the text, cut at a word if it is too long."""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0].rstrip() + " …"


def _group(item: News) -> Group:
    # The subject is one object for the whole batch: what it is called is asked once in each language.
    known, language = item.subject.__dict__.setdefault("_called", {}), get_language()
    if language not in known:
        kind = subject_kind(item.event.subject_type)
        known[language] = item.title, str(kind.label) if kind else "", item.subject.get_absolute_url()
    return Group(*known[language])


def _line(item: News, zone: ZoneInfo) -> Line:
    known, language = item.event.__dict__.setdefault("_quoted", {}), get_language()
    if language not in known:
        known[language] = item.label, [shortened(item.text)] if item.text else []
    label, texts = known[language]
    return Line(
        label=label,
        sentence=item.sentence,
        when=zones.moment(item.event.at, zone),
        texts=list(texts),
    )


def _repeat(line: Line, item: News) -> None:
    line.times += 1
    text = shortened(item.text)
    if text and text not in line.texts and len(line.texts) < MAX_TEXTS:
        line.texts.append(text)


def _remember(known: list[Followed], more: list[Followed]) -> None:
    known.extend(one for one in more if one not in known)
