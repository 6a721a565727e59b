"""Who is told of what happens to a proposal."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from initiatives.models import CoSponsor, Proposal, ProposalMessage
from issues.models import Stake
from kalibaru.accounts.models import User
from kalibaru.core.errors import Conflict
from kalibaru.core.services import made_before
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Event
from stakeholders.models import Membership, Organisation

# The longest message, reason or answer about a proposal, in letters.
MAX_LENGTH = 3000


def people_of(organisations: Iterable[UUID]) -> set[UUID]:
    """Return the users who act for these organisations."""
    return set(Membership.objects.acting().filter(organisation__in=list(organisations)).values_list("user", flat=True))


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
        Membership.objects.active()
        .filter(organisation__in=stakes.values("organisation"), user__isnull=False)
        .values_list("user", flat=True)
    )


def sponsors(proposal: Proposal) -> set[UUID]:
    """Return the people of the proposer and of the co-sponsors that accepted."""
    accepted = proposal.co_sponsors.filter(state=CoSponsor.State.ACCEPTED)
    return people_of([proposal.organisation_id, *accepted.values_list("organisation", flat=True)])


def reviewers(proposal: Proposal) -> set[UUID]:
    """Return the named reviewers."""
    return set(proposal.reviewers.values_list("pk", flat=True))


def sent_before(proposal: Proposal, key: UUID | None, body: str, actor: Any) -> bool:
    """Whether this form has brought these very words already; other words by a used form are a Conflict, not lost."""
    message = made_before(ProposalMessage, key, actor)
    if message is None:
        return False
    if message.proposal_id != proposal.pk or message.body != body:
        raise Conflict(_("Formulir ini sudah terkirim tadi. Buka lagi halamannya, lalu kirim yang baru."))
    return True


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


def tell_as_proposer(
    kind: str, proposal: Proposal, actor: Any, recipients: Iterable[UUID] = (), **payload: str
) -> None:
    """Publish one event that the proposer's organisation did."""
    tell(kind, proposal, actor=actor, recipients=recipients, organisation=str(proposal.organisation), **payload)
