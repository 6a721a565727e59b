"""Make programmes known: as something to follow, discuss and find, as work that waits, and on other pages."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.cards.programmes import CARDS
from initiatives.events.programmes import KINDS
from initiatives.models import Programme
from initiatives.panels import programmes as panels
from initiatives.services.programmes import move_programmes
from issues.panels import register_panel, register_step
from kalibaru.core.search import SearchKind, register_search
from kalibaru.core.subjects import SubjectKind, register_subject
from kalibaru.core.workspace import register_card
from kalibaru.notifications.events import register_event
from stakeholders import extras


def register() -> None:
    """Called once from `apps.py`."""
    register_event(*KINDS)
    register_subject(SubjectKind("programme", _("Program"), Programme, Programme.objects.visible_to, discussable=True))
    register_search(
        SearchKind("programme", _("Program"), lambda user: Programme.objects.public(), title="activity_name", order=40)
    )
    for card in CARDS:
        register_card(card)
    extras.register_panel(
        extras.Panel(
            "programmes",
            _("Program"),
            panels.of_organisation,
            "programmes/parts/of_organisation.html",
            order=30,
            more=lambda organisation: f"{reverse('programmes:list')}?organisation={organisation.slug}",
        )
    )
    extras.register_merge(move_programmes)
    register_panel(
        "initiatives",
        _("Yang sedang dikerjakan bersama"),
        10,
        panels.initiatives_of_issue,
        "programmes/parts/initiatives_of_issue.html",
        station="initiative",
    )
    register_panel("programmes", _("Program pemerintah"), 20, panels.of_issue, "programmes/parts/of_issue.html")
    register_step("programme", 10, panels.log_step)
    register_step("proposal", 20, panels.propose_step)
