"""Who may, on proposals."""

from typing import Any

import rules

from initiatives.models import CoSponsor, Proposal
from kalibaru.core.access import has_account, is_moderator
from stakeholders.models import Organisation
from stakeholders.policies import acts_for, acts_for_some_verified, in_government


@rules.predicate
def acts_for_verified(user: Any, organisation: Organisation | None) -> bool:
    """The person owns or edits this organisation, and it is verified."""
    return organisation is not None and acts_for(user, organisation.pk)


@rules.predicate
def is_verified(user: Any, organisation: Organisation | None) -> bool:
    """The organisation is verified; whoever asks."""
    return organisation is not None and organisation.state == Organisation.State.VERIFIED


@rules.predicate
def acts_for_proposer(user: Any, proposal: Proposal | None) -> bool:
    """The person owns or edits the proposing organisation, and it is verified."""
    return proposal is not None and acts_for(user, proposal.organisation_id)


@rules.predicate
def acts_for_a_sponsor(user: Any, proposal: Proposal | None) -> bool:
    """The person owns or edits an organisation that stands behind the proposal or is invited to."""
    if proposal is None:
        return False
    states = (CoSponsor.State.INVITED, CoSponsor.State.ACCEPTED)
    sponsors = proposal.co_sponsors.filter(state__in=states).values_list("organisation_id", flat=True)
    return any(acts_for(user, pk) for pk in sponsors)


@rules.predicate
def is_named_reviewer(user: Any, proposal: Proposal | None) -> bool:
    """A moderator named the person as reviewer, and the person is still in government."""
    return (
        proposal is not None
        and has_account(user)
        and in_government(user)
        and proposal.reviewers.filter(pk=user.pk).exists()
    )


@rules.predicate
def is_party(user: Any, proposal: Proposal | None) -> bool:
    """The person may read its files and messages (see `ProposalQuerySet.inside_for`)."""
    return (
        proposal is not None and has_account(user) and Proposal.objects.inside_for(user).filter(pk=proposal.pk).exists()
    )


reviews = is_moderator | is_named_reviewer
speaks = acts_for_proposer | acts_for_a_sponsor | in_government | is_moderator

rules.add_perm("initiatives.propose", acts_for_some_verified | is_moderator)
rules.add_perm("initiatives.propose_for", acts_for_verified | (is_moderator & is_verified))
rules.add_perm("initiatives.edit_proposal", acts_for_proposer | is_moderator)
rules.add_perm("initiatives.co_sponsor_for", acts_for_verified | (is_moderator & is_verified))
rules.add_perm("initiatives.read_proposal_inside", is_party)
rules.add_perm("initiatives.comment_on_proposal", is_party & speaks)
rules.add_perm("initiatives.review_proposal", reviews)
rules.add_perm("initiatives.name_reviewer", is_moderator)
