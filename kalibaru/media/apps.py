"""Photos and attachments: checked, re-encoded, sized."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "kalibaru.media"
    label = "media"
    verbose_name = _("Berkas")

    def ready(self):
        """Load the policies."""
        from kalibaru.media import policies  # noqa: F401
