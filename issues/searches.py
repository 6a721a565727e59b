"""Which searches of problems and forums can be followed."""

from django.utils.translation import gettext_lazy as _

from issues.models import Forum, PriorityIssue
from kalibaru.notifications.searches import (
    Savable,
    Term,
    area_term,
    choice_term,
    goal_term,
    register_savable,
    subject_term,
)


def forum_facets(forum: Forum) -> list[str]:
    """Return what a followed search may ask of a forum besides its topics."""
    return [f"kind:{forum.kind}", f"year:{forum.on.year}"]


def register() -> None:
    """Make the listings known; called from `apps.py`."""
    register_savable(Savable("issue", _("Masalah prioritas"), "issues:list", {"sdg": goal_term, "area": area_term}))
    register_savable(
        Savable(
            "forum",
            _("Forum"),
            "forums:list",
            {
                "kind": choice_term("kind", Forum.Kind.choices),
                "issue": subject_term("issue", PriorityIssue.objects.published),
                "year": _year,
            },
        )
    )


def _year(value: str) -> Term | None:
    return Term(f"year:{value}", value) if value.isdecimal() and len(value) == 4 else None
