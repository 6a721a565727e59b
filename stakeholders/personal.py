"""What this room knows about a person: memberships. They end with the account; a last owner hands over first."""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kalibaru.accounts.personal import addresses_of, history_of, register_personal_data
from stakeholders.models import Membership, Organisation

_ENDED = (Organisation.State.MERGED, Organisation.State.REJECTED)


def _memberships(user: Any) -> list[dict[str, Any]]:
    rows = Membership.objects.filter(user=user).select_related("organisation")
    return [
        {"organisation": row.organisation.name, "role": row.role, "state": row.state, "since": row.created_at}
        for row in rows
    ]


def _end_memberships(user: Any) -> None:
    """End them, and take the person's addresses off invitations and contacts, in the history tables too."""
    addresses = addresses_of(user)
    invited = Membership.objects.alias(lower_email=Lower("email")).filter(lower_email__in=addresses)
    invited.filter(user__isnull=True).delete()
    mine = Membership.objects.filter(user=user)
    mine.exclude(state=Membership.State.LEFT).update(state=Membership.State.LEFT)
    mine.exclude(email="").update(email="")
    past = history_of(Membership).alias(lower_email=Lower("email"))
    past.filter(Q(lower_email__in=addresses) | Q(user=user.pk)).exclude(email="").update(email="")
    for rows in (Organisation.objects, history_of(Organisation)):
        contacts = rows.alias(lower_email=Lower("contact_email")).filter(lower_email__in=addresses)
        contacts.update(contact_name="", contact_email="", contact_phone="")


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
