"""Priority problems, what is known about them, who has a stake, and where help is needed."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuesConfig(AppConfig):
    name = "issues"
    verbose_name = _("Masalah prioritas")

    def ready(self):
        """Make this room's permissions, subjects, events and searches known to the lower rooms."""
        from issues import cards, desks, events, extras, policies, searches  # noqa: F401
        from issues.models import Forum, PriorityIssue
        from kalibaru.core.links import register_link
        from kalibaru.core.search import SearchKind, register_search
        from kalibaru.core.subjects import SubjectKind, register_subject
        from kalibaru.core.workspace import register_card
        from kalibaru.notifications.events import register_event
        from kalibaru.notifications.searches import goal_topics

        register_event(*events.KINDS)
        register_subject(
            SubjectKind(
                "issue",
                _("Masalah prioritas"),
                PriorityIssue,
                PriorityIssue.objects.visible_to,
                discussable=True,
                topics=goal_topics,
            )
        )
        register_subject(
            SubjectKind("forum", _("Forum"), Forum, Forum.objects.visible_to, facets=searches.forum_facets)
        )
        register_search(SearchKind("issue", _("Masalah prioritas"), PriorityIssue.objects.visible_to, order=10))
        register_search(SearchKind("forum", _("Forum"), Forum.objects.visible_to, order=50))
        register_link("problems", "issues:list")
        register_link("loop:problem", "issues:list")
        register_link("loop:evidence", "issues:list", "#bukti")
        register_link("loop:forum", "forums:list")
        for card in cards.CARDS:
            register_card(card)
        searches.register()
        desks.register()
        extras.register()
