"""Whose desks organisations are, and what waits there about organisations and their members."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalibaru.core.links import link_to
from kalibaru.notifications.desks import (
    SECRETARIAT,
    Desk,
    Numbers,
    Owner,
    Queue,
    Span,
    of_all,
    register_desk,
    register_queue,
)
from stakeholders.models import Membership, Organisation, Verification

GOVERNMENT, ORGANISATION = "government", "organisation"
# After a week without an answer somebody has waited too long.
PATIENCE = timedelta(days=7)


def register() -> None:
    """Make the desks and the queues known; called from `apps.py`."""
    register_desk(
        Desk(
            GOVERNMENT,
            _("Meja pemerintah"),
            lambda users: _owners(users, government=True),
            lambda: _people(government=True),
            20,
        )
    )
    register_desk(
        Desk(
            ORGANISATION,
            _("Organisasi Anda"),
            lambda users: _owners(users, government=False),
            lambda: _people(government=False),
            30,
        )
    )
    register_queue(
        Queue(SECRETARIAT, "organisations", _("Organisasi untuk diverifikasi"), _to_verify, lambda: link_to("desk"), 10)
    )
    register_queue(Queue(ORGANISATION, "members", _("Permintaan bergabung"), _requests, lambda: reverse("figures"), 30))


def _acting(*, government: bool) -> QuerySet[Membership]:
    """Return who acts for a verified organisation."""
    rows = Membership.objects.acting().filter(organisation__state=Organisation.State.VERIFIED, user__is_active=True)
    return rows.filter(organisation__platform="government") if government else rows


def _owners(users: Collection[UUID], *, government: bool) -> Mapping[UUID, list[Owner]]:
    rows = _acting(government=government).filter(user__in=users).order_by("organisation__name")
    found: dict[UUID, list[Owner]] = {}
    for user, organisation, name in rows.values_list("user", "organisation", "organisation__name"):
        found.setdefault(user, []).append(Owner(organisation, name))
    return found


def _people(*, government: bool) -> QuerySet:
    return _acting(government=government).values_list("user", flat=True)


def _to_verify(_keys: Collection[UUID | None], span: Span) -> Mapping[UUID | None, Numbers]:
    rows = Organisation.objects.all()
    waiting = Organisation.objects.awaiting_verification()
    decided = Verification.objects.exclude(decision=Verification.Decision.ASKED)
    return of_all(rows, waiting, decided, span, since="submitted_at", until="created_at", patience=PATIENCE)


def _requests(keys: Collection[UUID | None], span: Span) -> Mapping[UUID | None, Numbers]:
    rows = Membership.objects.filter(organisation__in=keys, state=Membership.State.REQUESTED)
    found: dict[UUID | None, Numbers] = {}
    for organisation, since in rows.values_list("organisation", "updated_at"):
        before = found.get(organisation, Numbers())
        found[organisation] = Numbers(
            new=before.new + (span.start <= since < span.end),
            waiting=before.waiting + 1,
            overdue=before.overdue + (since < span.end - PATIENCE),
        )
    return found
