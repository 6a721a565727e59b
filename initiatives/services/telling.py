"""Whom an initiative's events concern."""

from typing import Any
from uuid import UUID

from django.db.models import Model

from initiatives.models import Initiative
from initiatives.policies.initiatives import partner_ids
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Event
from kalibaru.places.models import Area
from stakeholders.models import Membership, Organisation


def topics_of(initiative: Initiative) -> list[Model]:
    """Return its problems, its areas with every area around them, and its partners."""
    return [
        *initiative.issues.all(),
        *Area.objects.around(initiative.areas.all()),
        *Organisation.objects.filter(pk__in=partner_ids(initiative)),
    ]


def owners_of(*organisation_ids: UUID) -> list[UUID]:
    """Return the user ids of the organisations' owners."""
    owners = Membership.objects.owners().filter(organisation__in=organisation_ids, user__isnull=False)
    return list(owners.values_list("user_id", flat=True))


def acting_for(*organisation_ids: UUID) -> list[UUID]:
    """Return the user ids of those who own or edit the organisations."""
    acting = Membership.objects.acting().filter(organisation__in=organisation_ids, user__isnull=False)
    return list(acting.values_list("user_id", flat=True))


def tell(
    deed: str,
    initiative: Initiative,
    *,
    actor: Any,
    public: bool = True,
    topics: tuple[Model, ...] = (),
    recipients: list[UUID] | None = None,
    **payload: Any,
) -> Event:
    """Publish one event about an initiative. Before it is published only its partners and moderators see any."""
    audience = Event.Audience.PUBLIC if public and initiative.published_at else Event.Audience.PARTIES
    return publish(
        f"initiatives.{deed}",
        initiative,
        actor=actor,
        topics=[*topics_of(initiative), *topics],
        recipients=recipients or [],
        audience=audience,
        payload=payload,
    )
