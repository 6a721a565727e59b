"""Who may, on spreadsheets of programmes: who may log a programme by hand may log a thousand."""

from typing import Any

import rules

from initiatives.models import ProgrammeImport
from initiatives.policies.programmes import acts_for_it, acts_for_some_government, is_verified_government
from kalibaru.core.access import is_moderator
from stakeholders.policies import acts_for


@rules.predicate
def acts_for_importer(user: Any, row: ProgrammeImport | None) -> bool:
    """The person owns or edits the organisation whose sheet it is, and it is verified."""
    return row is not None and acts_for(user, row.organisation_id)


@rules.predicate
def is_of_government(user: Any, row: ProgrammeImport | None) -> bool:
    """The sheet is one of a verified organisation of government; whoever asks."""
    return row is not None and is_verified_government.test(user, row.organisation)


rules.add_perm("initiatives.import_programmes", is_moderator | acts_for_some_government)
rules.add_perm("initiatives.import_programmes_for", is_verified_government & (is_moderator | acts_for_it))
rules.add_perm("initiatives.handle_import", is_of_government & (is_moderator | acts_for_importer))
rules.add_perm("initiatives.record_realisation", is_verified_government & (is_moderator | acts_for_it))
