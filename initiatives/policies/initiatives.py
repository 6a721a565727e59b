"""Who may, on joint initiatives: the lead everything, a partner its own part, the secretariat all."""

from typing import Any
from uuid import UUID

import rules

from initiatives.models import Action, Initiative, Partner
from kalibaru.core.access import is_moderator
from stakeholders.policies import acts_for, acts_for_some_verified


def partner_ids(initiative: Initiative, *roles: str) -> set[UUID]:
    """Return the ids of partner organisations, of those with one of `roles` if given; reads prefetched rows first."""
    return {partner.organisation_id for partner in initiative.partners.all() if not roles or partner.role in roles}


@rules.predicate
def edits_lead(user: Any, initiative: Initiative | None) -> bool:
    """The person owns or edits the leading organisation, which is verified."""
    return initiative is not None and any(acts_for(user, pk) for pk in partner_ids(initiative, Partner.Role.LEAD))


@rules.predicate
def edits_partner(user: Any, initiative: Initiative | None) -> bool:
    """The person owns or edits one of the partners, which is verified."""
    return initiative is not None and any(acts_for(user, pk) for pk in partner_ids(initiative))


@rules.predicate
def leads_action(user: Any, action: Action | None) -> bool:
    """The person acts for the lead of the milestone's initiative."""
    return action is not None and edits_lead(user, action.initiative)


@rules.predicate
def answers_for_action(user: Any, action: Action | None) -> bool:
    """The person acts for the organisation that took the milestone on, while it is a partner."""
    return (
        action is not None
        and acts_for(user, action.organisation_id)
        and action.organisation_id in partner_ids(action.initiative)
    )


rules.add_perm("initiatives.create_initiative", is_moderator)
rules.add_perm("initiatives.publish_initiative", is_moderator)
rules.add_perm("initiatives.edit_initiative", is_moderator | edits_lead)
rules.add_perm("initiatives.publish_update", is_moderator | edits_partner)
rules.add_perm("initiatives.finish_action", is_moderator | leads_action | answers_for_action)
# Asked by views before a row is known: anybody who may write in the name of some organisation.
rules.add_perm("initiatives.work_on_initiatives", is_moderator | acts_for_some_verified)
