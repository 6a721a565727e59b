"""One initiative, whole."""

from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Prefetch, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from initiatives.models import Action, Initiative, Lesson, Partner, Target, Update
from initiatives.policies.initiatives import edits_partner
from initiatives.services.initiatives import OPEN
from issues.models import PriorityIssue
from kalibaru.core.access import PUBLIC, may, policy
from kalibaru.core.sdg import Goal
from kalibaru.core.subjects import topic_of
from kalibaru.discussions.threads import thread
from kalibaru.notifications.following import followed_topics
from kalibaru.notifications.timeline import timeline
from kalibaru.notifications.visitors import same_for_visitors
from kalibaru.places.models import Area

UPDATES_SHOWN = 6
# A row of a life cycle reads its state whatever is shown: without it here, that is a query for each row.
_ORGANISATION = ("organisation__slug", "organisation__name", "organisation__acronym", "organisation__state")
_NEXT = {
    Initiative.State.PLANNED: ["start", "cancel"],
    Initiative.State.ACTIVE: ["complete", "pause", "cancel"],
    Initiative.State.PAUSED: ["resume", "cancel"],
}


def found(request: HttpRequest, slug: str, rows: QuerySet | None = None) -> Initiative:
    """Return the initiative if this reader may see it, else 404."""
    asked = Initiative.objects.all() if rows is None else rows
    return get_object_or_404(asked.visible_to(request.user), slug=slug)


@policy(PUBLIC)
@same_for_visitors
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what, who, where, since when, what comes next, and what came of it."""
    initiative = found(request, slug, _whole())
    return render(request, "initiatives/detail.html", _context(request, initiative))


@cache
def _whole() -> QuerySet:
    """Everything of one initiative in few queries: short rows come along as JSON."""
    return (
        Initiative.objects.defer("search")
        .select_related("cover")
        .annotate(
            target_rows=_along(Target, "name", "unit", "goal", "reached"), lesson_rows=_along(Lesson, "kind", "text")
        )
        .prefetch_related(
            Prefetch("issues", PriorityIssue.objects.only("slug", "title")),
            Prefetch("areas", Area.objects.only("code", "name", "level")),
            Prefetch("partners", _shown(Partner, "role", "initiative_id", *_ORGANISATION).order_by("created_at", "id")),
            Prefetch("actions", _shown(Action, "initiative_id", "title", "due_on", "state", "done_at", *_ORGANISATION)),
        )
    )


def _shown(model: type[Model], *columns: str) -> QuerySet:
    return model._default_manager.select_related("organisation").only(*columns)


def _along(model: type[Model], *columns: str) -> ArraySubquery:
    rows = model._default_manager.filter(initiative=OuterRef("pk")).order_by("created_at", "id")
    return ArraySubquery(rows.values(row=JSONObject(**{column: column for column in columns})))


def _context(request: HttpRequest, initiative: Initiative) -> dict[str, Any]:
    user = request.user
    partners = list(initiative.partners.all())
    lead = next((partner.organisation for partner in partners if partner.role == Partner.Role.LEAD), None)
    issues, areas = list(initiative.issues.all()), list(initiative.areas.all())
    follow = [
        ("initiative", initiative),
        *(("issue", row) for row in issues[:1]),
        *(("area", row) for row in areas[:1]),
    ]
    follow += [("organisation", lead)] if lead else []
    followed = followed_topics(user, [row for _kind, row in follow])
    actions = list(initiative.actions.all())
    edits = may(user, "initiatives.edit_initiative", initiative)
    return {
        "initiative": initiative,
        "lead": lead,
        "roles": [
            (label, [partner.organisation for partner in partners if partner.role == role])
            for role, label in Partner.Role.choices
        ],
        "issues": issues,
        "areas": areas,
        "goals": [Goal(number) for number in initiative.sdg_goals if number in Goal.values],
        "targets": [Target(**row) for row in initiative.target_rows],
        "lessons": [Lesson(**row) for row in initiative.lesson_rows],
        "ahead": [action for action in actions if action.state == Action.State.OPEN],
        "behind": [action for action in actions if action.state != Action.State.OPEN],
        "may_finish": _may_finish(user, initiative, actions),
        "updates": list(_updates(initiative)[:UPDATES_SHOWN]),
        "entries": timeline(initiative, user, parties=edits or edits_partner(user, initiative)),
        "follow": [(kind, row, topic_of(row), topic_of(row) in followed) for kind, row in follow],
        "thread": thread(request, initiative),
        "edits": edits,
        "publishes": may(user, "initiatives.publish_initiative", initiative) and not initiative.published_at,
        "reports": may(user, "initiatives.publish_update", initiative),
        "next_deeds": _NEXT.get(initiative.state, []),
    }


def _updates(initiative: Initiative) -> QuerySet[Update]:
    shown = _shown(Update, "initiative_id", "title", "body", "published_at", "is_demo", *_ORGANISATION)
    return shown.filter(initiative=initiative).prefetch_related("photos")


def _may_finish(user: Any, initiative: Initiative, actions: list[Action]) -> set[Any]:
    """Return the milestones whose button is shown: none once the initiative is closed."""
    if not user.is_authenticated or initiative.state not in OPEN:
        return set()
    return {action.pk for action in actions if may(user, "initiatives.finish_action", action)}
