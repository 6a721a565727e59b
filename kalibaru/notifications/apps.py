"""The heartbeat: outbox, inbox, mail and digest."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "kalibaru.notifications"
    label = "notifications"
    verbose_name = "Pemberitahuan"

    def ready(self):
        """Make this room's permissions known."""
        from kalibaru.notifications import personal, policies  # noqa: F401
