"""The heartbeat: outbox, inbox, mail and digest."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "kalibaru.notifications"
    label = "notifications"
    verbose_name = "Pemberitahuan"

    def ready(self):
        """Make this room's permissions known, and listen to the back office."""
        from kalibaru.core.links import register_link
        from kalibaru.notifications import back_office, personal, policies  # noqa: F401

        register_link("notification_settings", "notification_settings")
        back_office.register()
