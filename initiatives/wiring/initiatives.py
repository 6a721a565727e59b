"""Make joint initiatives known: as something to follow, discuss, find, and work on."""

from django.utils.translation import gettext_lazy as _

from initiatives.cards.initiatives import cards
from initiatives.events.initiatives import KINDS
from initiatives.models import Initiative
from initiatives.panels.initiatives import panel
from initiatives.services.partners import take_over_partnerships
from kalibaru.core.search import SearchKind, register_search
from kalibaru.core.subjects import SubjectKind, register_subject
from kalibaru.core.workspace import register_card
from kalibaru.notifications.events import register_event
from stakeholders.extras import register_merge, register_panel


def register() -> None:
    """Called once from `apps.py`."""
    register_event(*KINDS)
    register_subject(
        SubjectKind(
            "initiative",
            _("Inisiatif"),
            Initiative,
            Initiative.objects.visible_to,
            discussable=True,
        )
    )
    register_search(
        SearchKind(
            "initiative",
            _("Inisiatif"),
            lambda user: Initiative.objects.published(),
            order=20,
        )
    )
    for card in cards():
        register_card(card)
    register_panel(panel())
    register_merge(take_over_partnerships)
