"""Who may, on problems, needs, stakes and forums."""

from typing import Any

import rules

from issues.models import Measurement
from kalibaru.core.access import has_account, is_moderator
from stakeholders.models import Organisation
from stakeholders.policies import acts_for, acts_for_some_verified, edits_organisation, not_suspended


@rules.predicate
def measures_for(user: Any, organisation: Organisation | None) -> bool:
    """The person writes for this verified organisation; without one named, for some verified organisation."""
    return acts_for_some_verified(user) if organisation is None else acts_for(user, organisation.pk)


@rules.predicate
def wrote_figure(user: Any, figure: Measurement | None) -> bool:
    """The person entered the figure."""
    return figure is not None and has_account(user) and figure.created_by_id == user.pk


@rules.predicate
def measured_for(user: Any, figure: Measurement | None) -> bool:
    """The figure was entered in the name of a verified organisation that the person writes for."""
    return figure is not None and acts_for(user, figure.organisation_id)


rules.add_perm("issues.moderate_issue", is_moderator)
rules.add_perm("issues.moderate_forum", is_moderator)
rules.add_perm("issues.manage_needs", is_moderator)
rules.add_perm("issues.set_stakes", is_moderator | (edits_organisation & not_suspended))
rules.add_perm("issues.enter_measurement", is_moderator | measures_for)
rules.add_perm("issues.edit_measurement", measured_for | (is_moderator & wrote_figure))
rules.add_perm("issues.correct_measurement", is_moderator | measured_for)
rules.add_perm("issues.approve_measurement", is_moderator & ~wrote_figure)
