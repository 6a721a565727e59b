"""Who takes part in an initiative, and as what. Exactly one organisation leads."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from initiatives.models import Initiative, Partner
from initiatives.services.facets import refresh_facets
from initiatives.services.initiatives import lock_open, require_verified
from initiatives.services.telling import acting_for, owners_of, tell
from kalibaru.core.access import require
from kalibaru.notifications.models import Subscription
from kalibaru.notifications.services import follow_by_itself
from stakeholders.models import Organisation

LEAD = Partner.Role.LEAD


def add_partner(initiative: Initiative, organisation: Organisation, role: str, *, actor: Any) -> Partner:
    """Add a verified organisation in a role; its owners are told. A lead is chosen by `change_role`."""
    require(actor, "initiatives.edit_initiative", initiative)
    require_verified(organisation)
    _require_role(role)
    with transaction.atomic():
        lock_open(initiative)
        if role == LEAD and initiative.partners.filter(role=LEAD).exists():
            raise ValidationError(_("Sudah ada pemimpin. Tambahkan dengan peran lain, lalu ubah perannya."))
        partner = _insert(initiative, organisation, role, actor)
        refresh_facets([initiative.pk])
        tell(
            "partner_added",
            initiative,
            actor=actor,
            recipients=owners_of(organisation.pk),
            partner=organisation.name,
            role=role,
        )
        follow_by_itself(initiative, acting_for(organisation.pk), Subscription.Reason.PARTNER)
    return partner


def change_role(partner: Partner, role: str, *, actor: Any) -> Partner:
    """Give a partner another role. Making it the lead turns the lead so far into an implementing partner."""
    initiative = partner.initiative
    require(actor, "initiatives.edit_initiative", initiative)
    _require_role(role)
    with transaction.atomic():
        lock_open(initiative)
        partner.refresh_from_db()
        if partner.role == role:
            return partner
        if partner.role == LEAD:
            raise ValidationError(_("Pilih dulu organisasi lain sebagai pemimpin."))
        if role == LEAD:
            require_verified(partner.organisation)
            _step_down(initiative)
        if initiative.partners.filter(organisation=partner.organisation_id, role=role).exists():
            raise ValidationError(_("Organisasi ini sudah punya peran itu."))
        partner.role = role
        partner.save(update_fields=["role", "updated_at"])
        refresh_facets([initiative.pk])
        tell(
            "lead_changed" if role == LEAD else "partner_role_changed",
            initiative,
            actor=actor,
            public=role == LEAD,
            recipients=owners_of(partner.organisation_id),
            partner=partner.organisation.name,
            role=role,
        )
    return partner


def remove_partner(partner: Partner, *, actor: Any) -> None:
    """Take a partner's role away; its owners are told. The lead cannot be removed, only replaced."""
    initiative = partner.initiative
    require(actor, "initiatives.edit_initiative", initiative)
    with transaction.atomic():
        lock_open(initiative)
        partner.refresh_from_db()
        if partner.role == LEAD:
            raise ValidationError(_("Pilih dulu organisasi lain sebagai pemimpin."))
        organisation = partner.organisation
        partner.delete()
        refresh_facets([initiative.pk])
        tell(
            "partner_removed",
            initiative,
            actor=actor,
            topics=(organisation,),
            recipients=owners_of(organisation.pk),
            partner=organisation.name,
        )


def take_over_partnerships(loser: Organisation, heir: Organisation, actor: Any) -> None:
    """Hand every role of an organisation that was merged away to its heir; called inside the merge.

    Where the heir already has the role, the duplicate row goes.
    """
    rows = Partner.objects.filter(organisation=loser)
    touched = set(rows.values_list("initiative_id", flat=True))
    held = set(Partner.objects.filter(organisation=heir).values_list("initiative_id", "role"))
    doubled = [row.pk for row in rows if (row.initiative_id, row.role) in held]
    Partner.objects.filter(pk__in=doubled).delete()
    rows.update(organisation=heir)
    loser.actions.update(organisation=heir)
    refresh_facets(touched)


def _require_role(role: str) -> None:
    if role not in Partner.Role.values:
        raise ValidationError({"role": _("Pilih peran dari daftar.")})


def _insert(initiative: Initiative, organisation: Organisation, role: str, actor: Any) -> Partner:
    try:
        with transaction.atomic():
            return Partner.objects.create(
                initiative=initiative,
                organisation=organisation,
                role=role,
                created_by=actor,
            )
    except IntegrityError as error:
        raise ValidationError(_("Organisasi ini sudah punya peran itu.")) from error


def _step_down(initiative: Initiative) -> None:
    lead = initiative.partners.filter(role=LEAD).first()
    if lead is None:
        return
    if initiative.partners.filter(organisation=lead.organisation_id, role=Partner.Role.IMPLEMENTING).exists():
        lead.delete()
        return
    lead.role = Partner.Role.IMPLEMENTING
    lead.save(update_fields=["role", "updated_at"])
