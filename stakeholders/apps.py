"""Organisations: government, business, civil society, academia."""

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "stakeholders"
    verbose_name = "Mitra"

    def ready(self):
        """Make this room's permissions, subjects and events known."""
        from stakeholders import policies  # noqa: F401
