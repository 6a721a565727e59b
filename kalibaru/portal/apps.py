"""Pages that compose all rooms."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "kalibaru.portal"
    label = "portal"
    verbose_name = "Portal"
