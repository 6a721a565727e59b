"""Who may: everybody with an account speaks and reports, as a person; the secretariat decides."""

import rules

from kalibaru.core.access import has_account, is_moderator

rules.add_perm("discussions.comment", has_account)
rules.add_perm("discussions.report", has_account)
rules.add_perm("discussions.moderate", is_moderator)
