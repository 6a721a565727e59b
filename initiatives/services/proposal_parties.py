"""What every deed on a proposal needs: the row held while it changes, words checked, and who is told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from initiatives.models import CoSponsor, Proposal
from issues.models import Stake
from kalibaru.accounts.models import User
from kalibaru.core.services import lock_unchanged
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Event
from stakeholders.models import Membership, Organisation


def hold(proposal: Proposal, version: datetime | None = None) -> None:
    """Lock the row for this transaction and read it anew; Conflict if it changed since `version`."""
    lock_unchanged(proposal, version)
    proposal.refresh_from_db()


MAX_LENGTH = 3000


def required(text: str, name: str, sentence: str) -> str:
    """Return the text without blank ends; ValidationError under `name` if nothing is left or it is too long."""
    text = (text or "").strip()
    if not text:
        raise ValidationError({name: sentence})
    return limited(text, name)


def limited(text: str, name: str) -> str:
    """Return the text if the database can hold it, else raise ValidationError under `name`."""
    if len(text) > MAX_LENGTH:
        raise ValidationError({name: _("Terlalu panjang. Paling banyak 3.000 huruf.")})
    if "\x00" in text:
        raise ValidationError({name: _("Ada tanda yang tidak bisa disimpan.")})
    return text


def people_of(organisations: Iterable[UUID]) -> set[UUID]:
    """Return the users who act for these organisations."""
    return set(
        Membership.objects.filter(
            organisation__in=list(organisations),
            state=Membership.State.ACTIVE,
            role__in=[Membership.Role.OWNER, Membership.Role.EDITOR],
        ).values_list("user", flat=True)
    )


def moderators() -> set[UUID]:
    """Return the users of the secretariat."""
    return set(User.objects.moderators().values_list("pk", flat=True))


def government_concerned(proposal: Proposal) -> set[UUID]:
    """Return the members of verified government organisations that work on the proposal's problem."""
    stakes = Stake.objects.filter(
        issue=proposal.issue_id,
        organisation__platform="government",
        organisation__state=Organisation.State.VERIFIED,
    )
    return set(
        Membership.objects.filter(
            organisation__in=stakes.values("organisation"), state=Membership.State.ACTIVE, user__isnull=False
        ).values_list("user", flat=True)
    )


def sponsors(proposal: Proposal) -> set[UUID]:
    """Return the people of the proposer and of the co-sponsors that accepted."""
    accepted = proposal.co_sponsors.filter(state=CoSponsor.State.ACCEPTED)
    return people_of([proposal.organisation_id, *accepted.values_list("organisation", flat=True)])


def reviewers(proposal: Proposal) -> set[UUID]:
    """Return the named reviewers."""
    return set(proposal.reviewers.values_list("pk", flat=True))


def tell(
    kind: str,
    proposal: Proposal,
    *,
    actor: Any,
    recipients: Iterable[UUID] = (),
    audience: str = Event.Audience.PARTIES,
    **payload: str,
) -> None:
    """Publish one event about a proposal. `organisation` is the name of the one that did it, if one did."""
    told = set(recipients) - {actor.pk}
    publish(kind, proposal, actor=actor, recipients=told, audience=audience, payload=payload)
