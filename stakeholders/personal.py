"""What this room knows about a person: memberships. They end with the account; a last owner hands over first."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kalibaru.accounts.personal import register_personal_data
from stakeholders.models import Membership, Organisation

_ENDED = (Organisation.State.MERGED, Organisation.State.REJECTED)


def _memberships(user: Any) -> list[dict[str, Any]]:
    rows = Membership.objects.filter(user=user).select_related("organisation")
    return [
        {"organisation": row.organisation.name, "role": row.role, "state": row.state, "since": row.created_at}
        for row in rows
    ]


def _end_memberships(user: Any) -> None:
    Membership.objects.filter(user__isnull=True, email__iexact=user.email).delete()
    Membership.objects.filter(user=user).exclude(state=Membership.State.LEFT).update(state=Membership.State.LEFT)


def _last_owner(user: Any) -> list[str]:
    owners = Membership.objects.filter(role=Membership.Role.OWNER, state=Membership.State.ACTIVE)
    mine = (
        Organisation.objects.filter(pk__in=owners.filter(user=user).values("organisation"))
        .exclude(pk__in=owners.exclude(user=user).values("organisation"))
        .exclude(state__in=_ENDED)
    )
    return [
        _("Anda satu-satunya pengelola %(name)s. Serahkan dulu kepada orang lain.") % {"name": name}
        for name in mine.order_by("name").values_list("name", flat=True)
    ]


register_personal_data("memberships", gettext_lazy("Keanggotaan"), _memberships, _end_memberships, _last_owner)
