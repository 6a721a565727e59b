"""Decisions of the secretariat. Each writes one Verification and one event; the reason goes to whom it concerns."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from kalibaru.core.access import require
from kalibaru.core.services import lock_unchanged
from kalibaru.notifications.events import publish
from kalibaru.places.models import Area
from stakeholders.models import Organisation, Verification
from stakeholders.services.common import member_ids, needed, owner_ids, save_fields

Decision = Verification.Decision


def verify_organisation(
    organisation: Organisation, *, actor: Any, reason: str = "", version: datetime | None = None
) -> Verification:
    """Accept a pending organisation as a partner; everybody who follows its areas is told.

    `version` is what the moderator read: whoever swaps the name between reading and deciding gets a Conflict.
    """
    require(actor, "stakeholders.moderate_organisation")
    with transaction.atomic():
        lock_unchanged(organisation, version)
        organisation.verify()
        save_fields(organisation, ["state"])
        publish(
            "stakeholders.organisation_verified",
            organisation,
            actor=actor,
            topics=Area.objects.around(organisation.areas.all()),
            recipients=owner_ids(organisation),
        )
        return _record(organisation, Decision.VERIFIED, reason.strip(), actor)


def reject_organisation(
    organisation: Organisation, *, actor: Any, reason: str, version: datetime | None = None
) -> Verification:
    """Refuse a pending organisation, with a reason; it may be mended and submitted anew."""
    require(actor, "stakeholders.moderate_organisation")
    reason = needed(reason)
    with transaction.atomic():
        lock_unchanged(organisation, version)
        organisation.reject()
        return _tell_reason(organisation, Decision.REJECTED, reason, actor, owner_ids)


def ask_to_complete(
    organisation: Organisation, *, actor: Any, reason: str, version: datetime | None = None
) -> Verification:
    """Ask a pending organisation for what is missing; it stays pending and keeps its place in the queue."""
    require(actor, "stakeholders.moderate_organisation")
    reason = needed(reason)
    with transaction.atomic():
        lock_unchanged(organisation, version)
        organisation.ask()
        return _tell_reason(organisation, Decision.ASKED, reason, actor, owner_ids)


def suspend_organisation(
    organisation: Organisation, *, actor: Any, reason: str, version: datetime | None = None
) -> Verification:
    """Take an organisation's rights away for the time being, with a reason."""
    require(actor, "stakeholders.moderate_organisation")
    reason = needed(reason)
    with transaction.atomic():
        lock_unchanged(organisation, version)
        organisation.suspend()
        return _tell_reason(organisation, Decision.SUSPENDED, reason, actor, member_ids)


def restore_organisation(
    organisation: Organisation, *, actor: Any, reason: str = "", version: datetime | None = None
) -> Verification:
    """Lift a suspension."""
    require(actor, "stakeholders.moderate_organisation")
    with transaction.atomic():
        lock_unchanged(organisation, version)
        organisation.restore()
        return _tell_reason(organisation, Decision.RESTORED, reason.strip(), actor, member_ids)


def _tell_reason(
    organisation: Organisation, decision: Decision, reason: str, actor: Any, whom: Callable[[Organisation], list]
) -> Verification:
    save_fields(organisation, ["state"])
    publish(
        f"stakeholders.organisation_{decision}",
        organisation,
        actor=actor,
        audience="parties",
        recipients=whom(organisation),
        payload={"reason": reason},
    )
    return _record(organisation, decision, reason, actor)


def _record(organisation: Organisation, decision: Decision, reason: str, actor: Any) -> Verification:
    return Verification.objects.create(
        organisation=organisation, decision=decision, reason=reason[:2000], created_by=actor
    )
