"""The ground floor: what every room uses and no room owns."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "kalibaru.core"
    label = "core"
    verbose_name = _("Dasar")

    def ready(self):
        """Hold every form to plain text."""
        from kalibaru.core.plain_text import hold_every_form_to_it

        hold_every_form_to_it()
