"""What people do with problems, needs, stakes and forums."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from issues.models import Forum, Need, PriorityIssue, Stake
from kalibaru.core.access import require
from kalibaru.core.services import create_once, lock_unchanged
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Event
from kalibaru.places.models import Area
from stakeholders.models import Organisation


@dataclass(frozen=True)
class NeedEntry:
    """What a form says about a need."""

    kind: str
    title: str
    area: Area | None = None
    quantity: Decimal | None = None
    unit: str = ""
    by_when: date | None = None


def publish_issue(issue: PriorityIssue, *, actor: Any) -> None:
    """Show a draft or archived problem to everybody."""
    require(actor, "issues.moderate_issue", issue)
    states = PriorityIssue.State
    with transaction.atomic():
        _move(issue, (states.DRAFT, states.ARCHIVED), states.PUBLISHED)
        publish("issues.issue_published", issue, actor=actor, topics=_around(issue.areas.all()))


def archive_issue(issue: PriorityIssue, *, actor: Any) -> None:
    """Take a published problem from the public pages; its rows stay."""
    require(actor, "issues.moderate_issue", issue)
    states = PriorityIssue.State
    with transaction.atomic():
        _move(issue, (states.PUBLISHED,), states.ARCHIVED)
        publish("issues.issue_archived", issue, actor=actor, audience=Event.Audience.MODERATORS)


def publish_forum(forum: Forum, *, actor: Any) -> None:
    """Show a forum to everybody."""
    require(actor, "issues.moderate_forum", forum)
    with transaction.atomic():
        _move(forum, (Forum.State.DRAFT,), Forum.State.PUBLISHED)
        topics = [*forum.issues.all(), *forum.organisers.all()]
        publish("issues.forum_published", forum, actor=actor, topics=topics)


def add_need(issue: PriorityIssue, entry: NeedEntry, *, actor: Any, key: UUID | None = None) -> tuple[Need, bool]:
    """Say where help is needed; return (need, made now)."""
    require(actor, "issues.manage_needs", issue)

    def create() -> Need:
        need = Need.objects.create(
            issue=issue, created_by=actor, submission_key=key, is_demo=issue.is_demo, **_fields(entry)
        )
        _tell("issues.need_added", need, actor)
        return need

    return create_once(Need, key, create, actor=actor)


def edit_need(need: Need, entry: NeedEntry, *, version: datetime | None, actor: Any) -> None:
    """Correct a need that still waits for help."""
    require(actor, "issues.manage_needs", need.issue)
    with transaction.atomic():
        lock_unchanged(need, version)
        if need.state not in (Need.State.OPEN, Need.State.PARTLY_MET):
            raise TransitionNotAllowed(f"need is {need.state}")
        for name, value in _fields(entry).items():
            setattr(need, name, value)
        need.save()
        _tell("issues.need_edited", need, actor, audience=Event.Audience.MODERATORS)


def meet_need_partly(need: Need, *, actor: Any) -> None:
    """Some of the help was given."""
    _settle(need, Need.meet_partly, "issues.need_partly_met", actor)


def meet_need(need: Need, *, actor: Any) -> None:
    """All of the help was given."""
    _settle(need, Need.meet, "issues.need_met", actor)


def close_need(need: Need, *, actor: Any) -> None:
    """The help is no longer needed."""
    _settle(need, Need.close, "issues.need_closed", actor)


def set_stakes(organisation: Organisation, issues: Iterable[PriorityIssue], *, actor: Any) -> None:
    """Say which problems an organisation works on; the given ones replace the ones before."""
    require(actor, "issues.set_stakes", organisation)
    wanted = {issue.pk: issue for issue in issues}
    with transaction.atomic():
        current = {
            stake.issue_id: stake
            for stake in Stake.objects.select_for_update(of=("self",))
            .filter(organisation=organisation)
            .select_related("issue")
        }
        for pk in wanted.keys() - current.keys():
            _stake, made = Stake.objects.get_or_create(
                issue_id=pk, organisation=organisation, defaults={"created_by": actor}
            )
            if made:
                _tell_stake("issues.stake_declared", wanted[pk], organisation, actor)
        for pk in current.keys() - wanted.keys():
            current[pk].delete()
            _tell_stake("issues.stake_ended", current[pk].issue, organisation, actor)


def move_stakes(loser: Organisation, heir: Organisation) -> None:
    """Carry the stakes of a merged organisation over to its heir; called inside the merge's transaction."""
    kept = Stake.objects.filter(organisation=heir).values("issue")
    stakes = Stake.objects.filter(organisation=loser)
    stakes.filter(issue__in=kept).delete()
    stakes.update(organisation=heir, updated_at=timezone.now())


def move_forums(loser: Organisation, heir: Organisation) -> None:
    """Make the heir of a merged organisation the organiser of its forums; called inside the merge's transaction."""
    for forum in Forum.objects.filter(organisers=loser):
        forum.organisers.remove(loser)
        forum.organisers.add(heir)


def _move(row: PriorityIssue | Forum, sources: Iterable[str], target: str) -> None:
    """Change a state by compare-and-swap; two moderators at once make one change and one refusal."""
    moved = type(row)._default_manager.filter(pk=row.pk, state__in=list(sources))
    if not moved.update(state=target, updated_at=timezone.now()):
        raise TransitionNotAllowed(f"{row} is not in {list(sources)}")
    row.refresh_from_db(fields=["state", "updated_at"])


def _settle(need: Need, transition: Callable[[Need], Any], kind: str, actor: Any) -> None:
    require(actor, "issues.manage_needs", need.issue)
    with transaction.atomic():
        transition(need)
        need.save(update_fields=["state", "updated_at"])
        _tell(kind, need, actor)


def _fields(entry: NeedEntry) -> dict[str, Any]:
    return {field.name: getattr(entry, field.name) for field in fields(entry)}


def _tell(kind: str, need: Need, actor: Any, *, audience: str = Event.Audience.PUBLIC) -> None:
    topics = _around([need.area]) if need.area else []
    publish(kind, need.issue, actor=actor, topics=topics, audience=audience, payload={"title": need.title})


def _tell_stake(kind: str, issue: PriorityIssue, organisation: Organisation, actor: Any) -> None:
    """An organisation that is not verified is nobody's business but its own and the secretariat's."""
    if organisation.state != Organisation.State.VERIFIED:
        return
    declared = kind == "issues.stake_declared"
    publish(
        kind,
        issue,
        actor=actor,
        topics=[organisation],
        audience=Event.Audience.PUBLIC if declared else Event.Audience.MODERATORS,
        payload={"organisation": organisation.name},
    )


def _around(areas: Iterable[Area]) -> list[Area]:
    return list(Area.objects.around(areas))
