"""Who may, on programmes."""

from typing import Any

import rules

from initiatives.models import Programme
from kalibaru.core.access import has_account, is_moderator
from stakeholders.models import Organisation, Platform
from stakeholders.policies import acts_for


@rules.predicate
def acts_for_some_government(user: Any) -> bool:
    """The person owns or edits a verified government organisation."""
    mine = Organisation.objects.of(user, "owner", "editor") if has_account(user) else Organisation.objects.none()
    return mine.filter(platform=Platform.GOVERNMENT, state=Organisation.State.VERIFIED).exists()


@rules.predicate
def is_verified_government(user: Any, organisation: Organisation | None) -> bool:
    """The organisation is a verified one of government; whoever asks."""
    return (
        organisation is not None
        and organisation.platform == Platform.GOVERNMENT
        and organisation.state == Organisation.State.VERIFIED
    )


@rules.predicate
def acts_for_it(user: Any, organisation: Organisation | None) -> bool:
    """The person owns or edits this organisation, and it is verified."""
    return organisation is not None and acts_for(user, organisation.pk)


@rules.predicate
def acts_for_implementer(user: Any, programme: Programme | None) -> bool:
    """The person owns or edits the organisation that runs the programme, and it is verified."""
    return programme is not None and acts_for(user, programme.organisation_id)


rules.add_perm("initiatives.log_programme", is_moderator | acts_for_some_government)
rules.add_perm("initiatives.log_programme_for", is_verified_government & (is_moderator | acts_for_it))
rules.add_perm("initiatives.edit_programme", is_moderator | acts_for_implementer)
