"""Make proposals known: as a subject of events, as work that waits, and to a merge of organisations."""

from django.utils.translation import gettext_lazy as _

from initiatives.cards.proposals import CARDS
from initiatives.events.proposals import KINDS
from initiatives.models import Proposal
from initiatives.services.co_sponsors import take_over_proposals
from kalibaru.core.subjects import SubjectKind, register_subject
from kalibaru.core.workspace import register_card
from kalibaru.notifications.events import register_event
from stakeholders.extras import register_merge


def register() -> None:
    """Called once from `apps.py`. A proposal is not followed: its parties are told, and the initiative can be."""
    register_event(*KINDS)
    register_subject(
        SubjectKind("proposal", _("Usulan"), Proposal, Proposal.objects.visible_to, title="heading", followable=False)
    )
    for card in CARDS:
        register_card(card)
    register_merge(take_over_proposals)
