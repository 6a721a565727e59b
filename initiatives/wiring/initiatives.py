"""Make joint initiatives known: as something to follow, discuss, find, and work on."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.cards.initiatives import cards
from initiatives.events.initiatives import KINDS
from initiatives.models import Initiative
from initiatives.panels.initiatives import panel
from initiatives.services.partners import take_over_partnerships
from issues.models import PriorityIssue
from kalibaru.core.search import SearchKind, register_search
from kalibaru.core.subjects import PlainTopic, SubjectKind, register_plain_topic, register_subject
from kalibaru.core.workspace import register_card
from kalibaru.notifications.events import register_event
from kalibaru.notifications.searches import (
    Savable,
    area_term,
    choice_term,
    goal_term,
    goal_title,
    goal_topics,
    register_savable,
    subject_term,
)
from stakeholders.extras import register_merge, register_panel
from stakeholders.models import Platform


def _facets(initiative: Initiative) -> list[str]:
    """Return what a followed search may ask of an initiative besides its topics."""
    return [f"state:{initiative.state}", *(f"platform:{platform}" for platform in initiative.platforms)]


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
            topics=goal_topics,
            facets=_facets,
        )
    )
    register_plain_topic(
        PlainTopic(
            "goal", _("Tujuan SDG"), goal_title, lambda number: f"{reverse('initiatives:list')}?sdg={int(number)}"
        )
    )
    register_savable(
        Savable(
            "initiative",
            _("Inisiatif"),
            "initiatives:list",
            {
                "issue": subject_term("issue", PriorityIssue.objects.published),
                "area": area_term,
                "sdg": goal_term,
                "state": choice_term("state", Initiative.State.choices),
                "platform": choice_term("platform", Platform.choices),
            },
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
