"""Photos and attachments: checked, re-encoded, sized."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "kalibaru.media"
    label = "media"
    verbose_name = "Berkas"
