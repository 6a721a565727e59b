"""One organisation was registered twice: the duplicate's people, places and links go to its heir."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kalibaru.core.access import require
from kalibaru.core.services import lock_unchanged
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Subscription
from stakeholders.extras import merges
from stakeholders.models import FormerSlug, Membership, Organisation, Verification
from stakeholders.services.common import member_ids, needed, save_fields

State = Membership.State


def merge_organisation(
    duplicate: Organisation,
    heir: Organisation,
    *,
    actor: Any,
    reason: str,
    trust_members: bool | None = None,
    version: datetime | None = None,
) -> Organisation:
    """Merge `duplicate` into `heir` and return the heir; the old address leads there for ever.

    trust_members: whether the duplicate's members become the heir's at once. By default only those of a verified
    duplicate: otherwise registering "the agency" a second time would be a way into the agency; the others ask to join.
    """
    require(actor, "stakeholders.moderate_organisation")
    if duplicate.pk == heir.pk:
        raise ValidationError({"heir": _("Pilih organisasi lain sebagai tujuan penggabungan.")})
    text = needed(reason)
    with transaction.atomic():
        for row in sorted((duplicate, heir), key=lambda organisation: organisation.pk):
            lock_unchanged(row, version if row is duplicate else None)
        if heir.state not in (Organisation.State.VERIFIED, Organisation.State.PENDING):
            raise ValidationError({"heir": _("Tujuan penggabungan harus organisasi yang terverifikasi atau menunggu.")})
        known = (Organisation.State.VERIFIED, Organisation.State.SUSPENDED)
        if duplicate.state in known and heir.state != Organisation.State.VERIFIED:
            # Its public addresses and its place in public initiatives would end in nothing.
            raise ValidationError({"heir": _("Tujuan ini belum terverifikasi. Verifikasi dulu, lalu gabungkan.")})
        if trust_members is None:
            trust_members = duplicate.state == Organisation.State.VERIFIED
        told = [*member_ids(duplicate), *member_ids(heir)]
        _move_members(duplicate, heir, trust_members)
        _move_rest(duplicate, heir, actor)
        duplicate.merge()
        duplicate.merged_into = heir
        save_fields(duplicate, ["state", "merged_into"])
        _move_addresses(duplicate, heir)
        _record(duplicate, heir, text, actor, told)
    return heir


def _move_members(duplicate: Organisation, heir: Organisation, trusted: bool) -> None:
    there = {row.user_id: row for row in heir.memberships.filter(user__isnull=False)}
    for row in duplicate.memberships.select_for_update().filter(state__in=[State.ACTIVE, State.REQUESTED]):
        active = trusted and row.state == State.ACTIVE
        held = there.get(row.user_id)
        if held is None:
            row.organisation = heir
            row.state = State.ACTIVE if active else State.REQUESTED
            row.role = row.role if active else Membership.Role.EDITOR
            row.save(update_fields=["organisation", "state", "role", "updated_at"])
        elif held.state != State.ACTIVE and active:
            held.state, held.role = State.ACTIVE, row.role
            held.save(update_fields=["state", "role", "updated_at"])


def _move_rest(duplicate: Organisation, heir: Organisation, actor: Any) -> None:
    heir.areas.add(*duplicate.areas.all())
    heir.documents.add(*duplicate.documents.all())
    for move in merges():
        move(duplicate, heir, actor)
    old, new = topic_of(duplicate), topic_of(heir)
    already = Subscription.objects.filter(topic=new).values("user")
    Subscription.objects.filter(topic=old).exclude(user__in=already).update(topic=new)
    Subscription.objects.filter(topic=old).delete()


def _move_addresses(duplicate: Organisation, heir: Organisation) -> None:
    """Lead every address the duplicate had, and those it had inherited, to the heir itself: no chains."""
    Organisation.objects.filter(merged_into=duplicate).update(merged_into=heir)
    FormerSlug.objects.filter(organisation=duplicate).update(organisation=heir)
    FormerSlug.objects.create(slug=duplicate.slug, organisation=heir)


def _record(duplicate: Organisation, heir: Organisation, reason: str, actor: Any, told: list) -> None:
    Verification.objects.create(
        organisation=duplicate, decision=Verification.Decision.MERGED, reason=reason[:2000], created_by=actor
    )
    publish(
        "stakeholders.organisation_merged",
        heir,
        actor=actor,
        audience="parties",
        recipients=told,
        payload={"duplicate": duplicate.name, "reason": reason},
    )
