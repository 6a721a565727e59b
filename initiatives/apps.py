"""Programmes, proposals, and the joint initiatives they become."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = "Inisiatif"

    def ready(self):
        """Make this room's permissions, subjects, events and cards known."""
        from initiatives import personal, policies  # noqa: F401
        from initiatives.wiring import initiatives, programmes, proposals

        initiatives.register()
        programmes.register()
        proposals.register()
        personal.register()
