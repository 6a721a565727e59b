"""Comments under anything that can be discussed, and reports of what should not stand there."""

from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "kalibaru.discussions"
    label = "discussions"
    verbose_name = "Percakapan"

    def ready(self):
        """Load the policies, the kinds of event, and what this room knows about a person."""
        from kalibaru.discussions import events, personal, policies  # noqa: F401
