"""The heartbeat: outbox, inbox, mail and digest."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "kalibaru.notifications"
    label = "notifications"
    verbose_name = _("Pemberitahuan")

    def ready(self):
        """Make this room's permissions known, and listen to the back office and to mail providers."""
        from kalibaru.core.links import register_link
        from kalibaru.notifications import back_office, desks, personal, policies, reports  # noqa: F401

        register_link("follow_search", "follow_search")
        register_link("notification_settings", "notification_settings")
        back_office.register()
        desks.register()
        reports.listen()
