"""Proposals, programmes, milestones, and what is said about an organisation's work, in numbers."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from initiatives.models import Action, Partner, Programme, Proposal
from issues.models import Stake
from kalibaru.discussions.models import Comment
from kalibaru.notifications.desks import LINES_MAX, SECRETARIAT, Line, Numbers, Queue, Span, of_all, register_queue
from kalibaru.notifications.grouping import shortened
from stakeholders.desks import GOVERNMENT, ORGANISATION

# Two weeks are promised to whoever proposes something.
PATIENCE = timedelta(days=14)
SOON = timedelta(days=14)
LINE = 160
Keys = Collection[UUID | None]
Figures = Mapping[UUID | None, Numbers]


def register() -> None:
    """Make the queues known; called from `apps.py`."""
    proposals, programmes = lambda: reverse("proposals:list"), lambda: reverse("programmes:list")
    initiatives = lambda: reverse("initiatives:list")  # noqa: E731
    queues = (
        Queue(SECRETARIAT, "proposals", gettext_lazy("Usulan"), _proposals, proposals, 20),
        Queue(GOVERNMENT, "proposals", gettext_lazy("Usulan tentang masalah Anda"), _on_problems, proposals, 10),
        Queue(GOVERNMENT, "programmes", gettext_lazy("Program: realisasi tahun ini"), _programmes, programmes, 20),
        Queue(ORGANISATION, "said", gettext_lazy("Yang dikatakan tentang Anda"), _said, initiatives, 10),
        Queue(ORGANISATION, "due", gettext_lazy("Tonggak Anda"), _due, initiatives, 20),
        Queue(ORGANISATION, "answers", gettext_lazy("Usulan Anda"), _own_proposals, proposals, 25),
    )
    for queue in queues:
        register_queue(queue)


def _proposals(_keys: Keys, span: Span) -> Figures:
    rows = Proposal.objects.all()
    waiting = Proposal.objects.awaiting_decision()
    return of_all(rows, waiting, rows, span, since="submitted_at", until="decided_at", patience=PATIENCE)


def _on_problems(keys: Keys, span: Span) -> Figures:
    """Proposals about the problems that each agency has a stake in."""
    stakes = Stake.objects.filter(organisation__in=keys).values("issue")
    rows = Proposal.objects.filter(issue__in=stakes, submitted_at__isnull=False, issue__stakes__organisation__in=keys)
    return _by_owner(rows.annotate(owner=F("issue__stakes__organisation")), span)


def _own_proposals(keys: Keys, span: Span) -> Figures:
    """What each organisation proposed, and what of it waits for its own answer."""
    rows = Proposal.objects.filter(organisation__in=keys, submitted_at__isnull=False)
    return _by_owner(rows.annotate(owner=F("organisation")), span)


def _by_owner(rows: QuerySet, span: Span) -> Figures:
    waiting = rows.filter(state__in=Proposal.AWAITING)
    return _numbers(
        new=_count(rows.filter(span.holds("submitted_at"))),
        waiting=_count(waiting),
        overdue=_count(waiting.filter(submitted_at__lt=span.end - PATIENCE)),
        decided=_count(rows.filter(span.holds("decided_at"))),
    )


def _programmes(keys: Keys, span: Span) -> Figures:
    """Programmes of each agency: published lately, without this year's realisation, silent for half a year."""
    rows = Programme.objects.filter(organisation__in=keys).annotate(owner=F("organisation"))
    today = timezone.localdate(span.end)
    return _numbers(
        new=_count(rows.filter(span.holds("published_at"))),
        waiting=_count(rows.without_realisation(today.year)),
        overdue=_count(rows.silent_since(today - timedelta(days=182))),
    )


def _due(keys: Keys, span: Span) -> Figures:
    """Milestones that each organisation took on: added, due soon, late, done; the next ones by name."""
    rows = Action.objects.filter(organisation__in=keys, initiative__published_at__isnull=False)
    rows = rows.annotate(owner=F("organisation"))
    today = timezone.localdate(span.end)
    near = rows.filter(state=Action.State.OPEN, due_on__lte=today + SOON)
    lines: dict[UUID | None, list[Line]] = {}
    for row in near.select_related("initiative").order_by("due_on", "created_at")[:1000]:
        words = f"{date_format(row.due_on, 'j F')}: {row.title} ({row.initiative.title})"
        _add(lines, row.owner, Line(shortened(words, LINE), row.initiative.get_absolute_url()))
    return _numbers(
        lines,
        new=_count(rows.filter(span.holds("created_at"))),
        waiting=_count(near.filter(due_on__gte=today)),
        overdue=_count(near.filter(due_on__lt=today)),
        decided=_count(rows.filter(span.holds("done_at"))),
    )


def _said(keys: Keys, span: Span) -> Figures:
    """Comments on each organisation's initiatives and programmes that nobody has hidden; the newest by their words."""
    owners: dict[UUID, set[UUID | None]] = {}
    partners = Partner.objects.filter(organisation__in=keys, initiative__published_at__isnull=False)
    programmes = Programme.objects.filter(organisation__in=keys, published_at__isnull=False)
    for subject, owner in [
        *partners.values_list("initiative", "organisation"),
        *programmes.values_list("pk", "organisation"),
    ]:
        owners.setdefault(subject, set()).add(owner)
    comments = Comment.objects.shown().filter(span.holds("created_at"), subject_id__in=owners)
    new: Counter[UUID | None] = Counter()
    lines: dict[UUID | None, list[Line]] = {}
    for comment in comments.order_by("-created_at", "-id")[:1000]:
        for owner in owners[comment.subject_id]:
            new[owner] += 1
            _add(lines, owner, Line(shortened(f"“{' '.join(comment.body.split())}”", LINE), comment.get_absolute_url()))
    return _numbers(lines, new=new)


def _count(rows: QuerySet) -> Counter[UUID | None]:
    return Counter(rows.order_by().values_list("owner", flat=True))


def _add(lines: dict[UUID | None, list[Line]], owner: UUID | None, line: Line) -> None:
    own = lines.setdefault(owner, [])
    if len(own) < LINES_MAX:
        own.append(line)


def _numbers(lines: Mapping[UUID | None, list[Line]] | None = None, **counts: Counter[UUID | None]) -> Figures:
    lines = lines or {}
    owners = {owner for counter in counts.values() for owner in counter} | set(lines)
    return {
        owner: Numbers(**{name: counter[owner] for name, counter in counts.items()}, lines=tuple(lines.get(owner, ())))
        for owner in owners
    }
