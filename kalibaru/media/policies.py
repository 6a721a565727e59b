"""Who may bring a file: anybody with an account; what it is attached to is guarded by its own room."""

import rules

from kalibaru.core.access import has_account

rules.add_perm("media.keep_file", has_account)
