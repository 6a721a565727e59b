"""Programmes, proposals, and the joint initiatives they become."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("Inisiatif")

    def ready(self):
        """Make this room's permissions, subjects, events and cards known."""
        from initiatives import desks, personal, policies  # noqa: F401
        from initiatives.wiring import initiatives, programmes, proposals
        from kalibaru.core.links import register_link

        register_link("loop:proposal", "proposals:list")
        register_link("loop:initiative", "initiatives:list")
        for station, fragment in (("commitments", "#janji"), ("results", "#hasil"), ("lessons", "#pelajaran")):
            register_link(f"loop:{station}", "initiatives:list", fragment)
        initiatives.register()
        programmes.register()
        proposals.register()
        personal.register()
        desks.register()
