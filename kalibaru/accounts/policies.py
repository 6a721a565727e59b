"""Who may: everybody over their own account."""

import rules

from kalibaru.core.access import has_account

rules.add_perm("accounts.manage_own_account", has_account)
