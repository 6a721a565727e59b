"""What is to be done by when, and what is to be reached."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from initiatives.models import Action, Initiative, Target
from initiatives.policies.initiatives import partner_ids
from initiatives.services.initiatives import lock_open
from initiatives.services.telling import owners_of, tell
from kalibaru.core.access import require
from kalibaru.core.services import create_once, lock_unchanged
from stakeholders.models import Organisation


def add_action(
    initiative: Initiative,
    *,
    actor: Any,
    title: str,
    organisation: Organisation | None = None,
    due_on: date | None = None,
    key: UUID | None = None,
) -> Action:
    """Add a milestone; a partner that is to do it is told. A repeated `key` returns the first one."""
    require(actor, "initiatives.edit_initiative", initiative)

    def create() -> Action:
        lock_open(initiative)
        _require_partner(initiative, organisation)
        action = Action.objects.create(
            initiative=initiative,
            title=title,
            organisation=organisation,
            due_on=due_on,
            submission_key=key,
            created_by=actor,
        )
        tell(
            "action_added",
            initiative,
            actor=actor,
            recipients=owners_of(organisation.pk) if organisation else [],
            title=title,
        )
        return action

    return create_once(Action, key, create, actor=actor)[0]


def edit_action(
    action: Action,
    *,
    actor: Any,
    title: str,
    organisation: Organisation | None,
    due_on: date | None,
    version: datetime | None = None,
) -> Action:
    """Change an open milestone."""
    initiative = action.initiative
    require(actor, "initiatives.edit_initiative", initiative)
    with transaction.atomic():
        lock_open(initiative)
        _require_partner(initiative, organisation)
        lock_unchanged(action, version)
        if action.state != Action.State.OPEN:
            raise TransitionNotAllowed("edit")
        action.title, action.organisation, action.due_on = title, organisation, due_on
        action.save(update_fields=["title", "organisation", "due_on", "updated_at"])
        tell("action_edited", initiative, actor=actor, public=False, title=title)
    return action


def finish_action(action: Action, *, actor: Any) -> Action:
    """It was done: said by the lead, or by the partner who took it on."""
    require(actor, "initiatives.finish_action", action)
    return _close(action, "finish", "action_finished", actor)


def drop_action(action: Action, *, actor: Any) -> Action:
    """It will not be done."""
    require(actor, "initiatives.edit_initiative", action.initiative)
    return _close(action, "drop", "action_dropped", actor)


def set_target(
    initiative: Initiative,
    *,
    actor: Any,
    name: str,
    unit: str,
    goal: Decimal,
    baseline: Decimal | None = None,
) -> Target:
    """Say what is to be reached, in figures."""
    require(actor, "initiatives.edit_initiative", initiative)
    with transaction.atomic():
        lock_open(initiative)
        target, made = Target.objects.get_or_create(
            initiative=initiative,
            name=name,
            unit=unit,
            defaults={"goal": goal, "baseline": baseline, "created_by": actor},
        )
        if not made:
            raise ValidationError({"name": _("Target ini sudah ada.")})
        tell("target_set", initiative, actor=actor, public=False, name=name)
    return target


def record_target(
    target: Target,
    *,
    actor: Any,
    reached: Decimal,
    version: datetime | None = None,
) -> Target:
    """Say how much of a target is reached by now; a result may still come in after the work is done."""
    initiative = target.initiative
    require(actor, "initiatives.edit_initiative", initiative)
    with transaction.atomic():
        lock_unchanged(initiative)
        if initiative.state == Initiative.State.CANCELLED:
            raise TransitionNotAllowed("record")
        lock_unchanged(target, version)
        target.reached = reached
        target.save(update_fields=["reached", "updated_at"])
        tell(
            "target_recorded",
            initiative,
            actor=actor,
            name=target.name,
            reached=f"{reached.normalize():f}",
            unit=target.unit,
        )
    return target


def _close(action: Action, transition: str, deed: str, actor: Any) -> Action:
    initiative = action.initiative
    with transaction.atomic():
        lock_open(initiative)
        lock_unchanged(action)
        getattr(action, transition)()
        action.done_at = timezone.now() if action.state == Action.State.DONE else None
        action.save(update_fields=["state", "done_at", "updated_at"])
        tell(deed, initiative, actor=actor, title=action.title)
    return action


def _require_partner(initiative: Initiative, organisation: Organisation | None) -> None:
    if organisation is not None and organisation.pk not in partner_ids(initiative):
        raise ValidationError({"organisation": _("Pilih salah satu mitra inisiatif ini.")})
