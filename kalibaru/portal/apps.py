"""Pages that compose all rooms."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "kalibaru.portal"
    label = "portal"
    verbose_name = _("Portal")

    def ready(self):
        """Make this room's permissions and pages known."""
        from kalibaru.core.links import register_link
        from kalibaru.portal import policies  # noqa: F401

        register_link("home", "home")
        register_link("area", "area")
        register_link("desk", "moderation")
        register_link("privacy", "privacy")
