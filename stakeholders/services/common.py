"""What several deeds of this room need."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kalibaru.accounts.models import User
from kalibaru.core.services import lock_unchanged
from stakeholders.models import Organisation


def lock(organisation: Organisation, version: datetime | None = None) -> None:
    """Lock the organisation until the transaction ends and read it anew; raise Conflict if it is not this version."""
    lock_unchanged(organisation, version)
    organisation.refresh_from_db()


def owner_ids(organisation: Organisation) -> list[UUID]:
    """Return the people who answer for an organisation."""
    return list(organisation.memberships.owners().values_list("user_id", flat=True))


def member_ids(organisation: Organisation) -> list[UUID]:
    """Return everybody who belongs to an organisation."""
    return list(organisation.memberships.active().values_list("user_id", flat=True))


def moderator_ids() -> list[UUID]:
    """Return the people of the secretariat."""
    return list(User.objects.moderators().values_list("pk", flat=True))


def needed(reason: str, field: str = "reason") -> str:
    """Return the reason without spaces around it; raise ValidationError if nothing is left."""
    if not reason.strip():
        raise ValidationError({field: _("Tulis alasannya, supaya organisasi ini tahu apa yang harus diperbaiki.")})
    return reason.strip()


def save_fields(row: Organisation, names: Iterable[str]) -> None:
    """Save some columns and the version."""
    row.save(update_fields=[*names, "updated_at"])
