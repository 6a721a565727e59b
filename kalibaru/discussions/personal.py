"""What this room knows about a person. Erasing the account takes the name off; the words stay in their conversation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kalibaru.accounts.personal import register_personal_data
from kalibaru.discussions.models import Comment, Report


def _comments(user: Any) -> list[dict[str, Any]]:
    return list(Comment.objects.filter(author=user).values("subject_type", "subject_id", "body", "created_at"))


def _reports(user: Any) -> list[dict[str, Any]]:
    return list(Report.objects.filter(created_by=user).values("comment_id", "reason", "note", "state", "created_at"))


register_personal_data("comments", _("Komentar"), _comments)
register_personal_data("reports", _("Laporan komentar"), _reports)
