"""Who may, on problems, needs, stakes and forums."""

import rules

from kalibaru.core.access import is_moderator
from stakeholders.policies import edits_organisation, not_suspended

rules.add_perm("issues.moderate_issue", is_moderator)
rules.add_perm("issues.moderate_forum", is_moderator)
rules.add_perm("issues.manage_needs", is_moderator)
rules.add_perm("issues.set_stakes", is_moderator | (edits_organisation & not_suspended))
