"""Who may: everybody with an account speaks and reports, as a person; authors take back; the secretariat decides."""

from typing import Any

import rules

from kalibaru.core.access import has_account, is_moderator
from kalibaru.discussions.models import Comment


@rules.predicate
def is_author(user: Any, comment: Comment | None) -> bool:
    """The comment is the person's own."""
    return comment is not None and comment.author_id is not None and comment.author_id == user.pk


rules.add_perm("discussions.comment", has_account)
rules.add_perm("discussions.report", has_account & ~is_author)
rules.add_perm("discussions.withdraw", has_account & is_author)
rules.add_perm("discussions.moderate", is_moderator)
