"""Pages that compose all rooms."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "kalibaru.portal"
    label = "portal"
    verbose_name = "Portal"

    def ready(self):
        """Make this room's permissions known."""
        from kalibaru.portal import policies  # noqa: F401
