"""Make programmes known: as something to follow, discuss and find, as work that waits, and on other pages."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.cards.programmes import CARDS
from initiatives.events.imports import KINDS as IMPORT_KINDS
from initiatives.events.programmes import KINDS
from initiatives.models import Programme
from initiatives.panels import programmes as panels
from initiatives.services.imports import move_imports
from initiatives.services.programmes import move_programmes
from issues.models import PriorityIssue
from issues.panels import register_panel, register_step
from kalibaru.core.search import SearchKind, register_search
from kalibaru.core.subjects import SubjectKind, register_subject
from kalibaru.core.workspace import register_card
from kalibaru.notifications.events import register_event
from kalibaru.notifications.searches import (
    Savable,
    Term,
    area_term,
    choice_term,
    goal_term,
    goal_topics,
    register_savable,
    subject_term,
)
from stakeholders import extras
from stakeholders.models import Organisation, Platform


def _facets(programme: Programme) -> list[str]:
    """Return what a followed search may ask of a programme besides its topics."""
    years = programme.years.values_list("year", flat=True)
    return [
        f"state:{programme.state}",
        f"platform:{programme.organisation.platform}",
        *(f"year:{year}" for year in years),
    ]


def _year(value: str) -> Term | None:
    if not value.isdecimal() or not 2000 <= int(value[:9]) <= 2100:
        return None
    return Term(f"year:{int(value)}", value)


def register() -> None:
    """Called once from `apps.py`."""
    register_event(*KINDS, *IMPORT_KINDS)
    register_subject(
        SubjectKind(
            "programme",
            _("Program"),
            Programme,
            Programme.objects.visible_to,
            discussable=True,
            topics=goal_topics,
            facets=_facets,
        )
    )
    register_savable(
        Savable(
            "programme",
            _("Program"),
            "programmes:list",
            {
                "issue": subject_term("issue", PriorityIssue.objects.published),
                "area": area_term,
                "organisation": subject_term("organisation", Organisation.objects.listed),
                "year": _year,
                "sdg": goal_term,
                "state": choice_term("state", Programme.State.choices),
                "platform": choice_term("platform", Platform.choices),
            },
        )
    )
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
    extras.register_merge(move_imports)
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
