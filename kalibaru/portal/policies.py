"""Who may open the pages that compose all rooms."""

import rules

from kalibaru.core.access import is_moderator

rules.add_perm("portal.moderate", is_moderator)
rules.add_perm("portal.see_styleguide", is_moderator)
