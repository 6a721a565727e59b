"""Comments under anything that can be discussed, and reports of what should not stand there."""

from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "kalibaru.discussions"
    label = "discussions"
    verbose_name = "Percakapan"

    def ready(self):
        """Load the policies and the kinds of event."""
        from kalibaru.discussions import events, policies  # noqa: F401
