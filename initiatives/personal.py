"""What this room knows about a person: what they wrote, and that they review. It stays when they leave, nameless."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.events.proposals import REVIEWER_NAMED
from initiatives.models import ProposalMessage, Update
from kalibaru.accounts.personal import register_personal_data
from kalibaru.notifications.models import Event


def _messages(user: Any) -> list[dict[str, Any]]:
    rows = ProposalMessage.objects.filter(author=user).select_related("proposal").order_by("created_at")
    return [{"proposal": row.proposal.title, "body": row.body, "at": row.created_at} for row in rows]


def _updates(user: Any) -> list[dict[str, Any]]:
    rows = Update.objects.filter(author=user).select_related("initiative").order_by("published_at")
    return [
        {"initiative": row.initiative.title, "title": row.title, "body": row.body, "at": row.published_at}
        for row in rows
    ]


def _forget_reviewer(user: Any) -> None:
    """Take the name out of the events that name the person as reviewer: no other event carries a name of its own."""
    named = list(Event.objects.filter(kind=REVIEWER_NAMED, recipients__contains=[user.pk]))
    for event in named:
        event.payload["reviewer"] = gettext("Akun dihapus")
    Event.objects.bulk_update(named, ["payload"])


def register() -> None:
    """Add both to a person's own copy."""
    register_personal_data("proposal_messages", _("Pesan usulan"), _messages, _forget_reviewer)
    register_personal_data("updates", _("Kabar inisiatif"), _updates)
