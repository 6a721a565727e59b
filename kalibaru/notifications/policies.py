"""Who may follow, and whose inbox is whose."""

from typing import Any

import rules

from kalibaru.core.access import has_account, is_moderator


@rules.predicate
def is_own(user: Any, row: Any) -> bool:
    """The row was made for this person."""
    return row is not None and row.user_id == user.pk


rules.add_perm("notifications.follow", has_account)
rules.add_perm("notifications.read_inbox", has_account)
rules.add_perm("notifications.read_notification", has_account & is_own)
rules.add_perm("notifications.send_again", is_moderator)
rules.add_perm("notifications.operate", is_moderator)
