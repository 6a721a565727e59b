"""Photos and attachments: checked, re-encoded, sized."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "kalibaru.media"
    label = "media"
    verbose_name = "Berkas"

    def ready(self):
        """Load the policies."""
        from kalibaru.media import policies  # noqa: F401
