"""Comments under anything that can be discussed, and reports of what should not stand there."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionsConfig(AppConfig):
    name = "kalibaru.discussions"
    label = "discussions"
    verbose_name = _("Percakapan")

    def ready(self):
        """Load the policies, the kinds of event, and what this room knows about a person and a desk."""
        from kalibaru.discussions import desks, events, personal, policies  # noqa: F401

        desks.register()
