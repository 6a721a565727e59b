"""Pages that compose all rooms."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "kalibaru.portal"
    label = "portal"
    verbose_name = _("Portal")

    def ready(self):
        """Make this room's permissions and pages known, and that the search over everything can be followed."""
        from kalibaru.core.links import register_link
        from kalibaru.notifications.searches import Savable, register_savable
        from kalibaru.portal import policies  # noqa: F401

        register_savable(Savable("", _("Semua"), "search"))
        register_link("home", "home")
        register_link("area", "area")
        register_link("desk", "moderation")
        register_link("privacy", "privacy")
