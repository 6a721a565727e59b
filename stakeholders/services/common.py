"""What several deeds of this room need."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from kalibaru.accounts.models import User
from kalibaru.core.services import required_text
from stakeholders.models import Organisation
from stakeholders.models.membership import REASON_MAX


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
    """Return the reason without spaces around it; raise ValidationError if nothing is left, or too much."""
    sentence = _("Tulis alasannya. Pengelola organisasi ini membacanya.")
    return required_text(reason, field, sentence, REASON_MAX)


def save_fields(row: Organisation, names: Iterable[str]) -> None:
    """Save some columns and the version."""
    row.save(update_fields=[*names, "updated_at"])
