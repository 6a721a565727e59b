"""Take one's data along, and go."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kalibaru.accounts.models import User
from kalibaru.accounts.personal import history_of, personal_data
from kalibaru.core.access import require
from kalibaru.core.errors import Conflict

_OWN_FIELDS = ("email", "display_name", "language", "time_zone", "consent_version", "consented_at", "created_at")


def export_personal_data(*, actor: Any) -> dict[str, Any]:
    """Return everything the portal holds about the person, as plain values under one key per room."""
    require(actor, "accounts.manage_own_account")
    return {
        "account": [{name: getattr(actor, name) for name in _OWN_FIELDS}],
        **{room.key: room.export(actor) for room in personal_data()},
    }


def erasure_hindrances(user: Any) -> list[str]:
    """Return why the account cannot be erased yet; empty if it can."""
    return [reason for room in personal_data() for reason in room.hinders(user)]


def erase_account(*, actor: Any) -> None:
    """Erase one's account: the name, the e-mail and every way to sign in go; public words stay without a name.

    History rows of the person are anonymised too, or the old name would live on there.
    """
    require(actor, "accounts.manage_own_account")
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=actor.pk)
        if reasons := erasure_hindrances(user):
            raise Conflict(" ".join(reasons))
        for room in personal_data():
            room.erase(user)
        Authenticator.objects.filter(user=user).delete()
        user.emailaddress_set.all().delete()
        user.groups.clear()
        user.email, user.display_name = f"{user.pk}@dihapus.invalid", _("Akun dihapus")
        user.is_active = user.is_staff = user.is_superuser = False
        user.erased_at = timezone.now()
        user.set_unusable_password()
        user.save()
        history_of(User).filter(pgh_obj_id=user.pk).update(email=user.email, display_name=user.display_name)
