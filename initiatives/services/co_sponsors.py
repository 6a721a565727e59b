"""Other organisations stand behind a proposal: invited by the proposer, answered by themselves."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from initiatives.events import proposals as events
from initiatives.models import CoSponsor, Proposal, ProposalMessage
from initiatives.services.proposal_parties import people_of, sponsors, tell
from kalibaru.core.access import require
from kalibaru.core.services import lock_unchanged
from stakeholders.models import Organisation

# Until the decision; afterwards partners join the initiative itself.
OPEN = (Proposal.State.DRAFT, *Proposal.AWAITING)


@transaction.atomic
def invite_co_sponsor(proposal: Proposal, organisation: Organisation, *, actor: Any) -> CoSponsor:
    """Ask an organisation to stand behind the proposal; its people may read it from now on. Asking twice tells once."""
    require(actor, "initiatives.edit_proposal", proposal)
    lock_unchanged(proposal)
    _must_be_open(proposal)
    if organisation.pk == proposal.organisation_id:
        raise ValidationError({"co_sponsor": _("Organisasi ini sudah menjadi pengusul.")})
    if organisation.state != Organisation.State.VERIFIED:
        raise ValidationError({"co_sponsor": _("Hanya organisasi terverifikasi yang bisa diundang.")})
    sponsor, is_new = CoSponsor.objects.get_or_create(
        proposal=proposal, organisation=organisation, defaults={"created_by": actor}
    )
    if not is_new:
        if sponsor.state in (CoSponsor.State.INVITED, CoSponsor.State.ACCEPTED):
            return sponsor
        sponsor.invite_again()
        sponsor.save(update_fields=["state", "updated_at"])
    tell(
        events.INVITED,
        proposal,
        actor=actor,
        recipients=people_of([organisation.pk]),
        organisation=str(proposal.organisation),
        invited=str(organisation),
    )
    return sponsor


def accept_co_sponsorship(sponsor: CoSponsor, *, actor: Any) -> CoSponsor:
    """Stand behind it. Needs an owner or editor of the invited organisation."""
    return _answer(sponsor, "accept", events.JOINED, actor)


def decline_co_sponsorship(sponsor: CoSponsor, *, actor: Any) -> CoSponsor:
    """Do not stand behind it."""
    return _answer(sponsor, "decline", events.REFUSED, actor)


def leave_co_sponsorship(sponsor: CoSponsor, *, actor: Any) -> CoSponsor:
    """Stand behind it no longer."""
    return _answer(sponsor, "leave", events.LEFT, actor)


@transaction.atomic
def _answer(sponsor: CoSponsor, transition: str, event: str, actor: Any) -> CoSponsor:
    require(actor, "initiatives.co_sponsor_for", sponsor.organisation)
    proposal = sponsor.proposal
    lock_unchanged(proposal)
    _must_be_open(proposal)
    sponsor.refresh_from_db(fields=["state"])
    getattr(sponsor, transition)()
    sponsor.save(update_fields=["state", "updated_at"])
    told = people_of([proposal.organisation_id])
    if event == events.LEFT:
        told |= sponsors(proposal)
    tell(event, proposal, actor=actor, recipients=told, organisation=str(sponsor.organisation))
    return sponsor


def _must_be_open(proposal: Proposal) -> None:
    if proposal.state not in OPEN:
        raise TransitionNotAllowed(f"a proposal that is {proposal.state} takes no co-sponsors")


def take_over_proposals(duplicate: Organisation, heir: Organisation, actor: Any) -> None:
    """Move what a merged organisation proposed, co-sponsored and wrote to its heir, inside the merge's transaction."""
    Proposal.objects.filter(organisation=duplicate).update(organisation=heir)
    ProposalMessage.objects.filter(organisation=duplicate).update(organisation=heir)
    sponsorships = CoSponsor.objects.filter(organisation=duplicate)
    taken = CoSponsor.objects.filter(organisation=heir).values("proposal")
    sponsorships.filter(Q(proposal__in=taken) | Q(proposal__organisation=heir)).delete()
    sponsorships.update(organisation=heir)
    # The heir may now be the proposer of something it also stood behind.
    CoSponsor.objects.filter(organisation=heir, proposal__organisation=heir).delete()
