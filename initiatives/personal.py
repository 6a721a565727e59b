"""What this room knows about a person: what they wrote. It stays when they leave, without their name."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from initiatives.models import ProposalMessage, Update
from kalibaru.accounts.personal import register_personal_data


def _messages(user: Any) -> list[dict[str, Any]]:
    rows = ProposalMessage.objects.filter(author=user).select_related("proposal").order_by("created_at")
    return [{"proposal": row.proposal.title, "body": row.body, "at": row.created_at} for row in rows]


def _updates(user: Any) -> list[dict[str, Any]]:
    rows = Update.objects.filter(author=user).select_related("initiative").order_by("published_at")
    return [
        {"initiative": row.initiative.title, "title": row.title, "body": row.body, "at": row.published_at}
        for row in rows
    ]


def register() -> None:
    """Add both to a person's own copy."""
    register_personal_data("proposal_messages", _("Pesan usulan"), _messages)
    register_personal_data("updates", _("Kabar inisiatif"), _updates)
