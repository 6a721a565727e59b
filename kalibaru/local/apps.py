"""The app of the local profile: the mail viewer and its templates."""

from django.apps import AppConfig


class LocalConfig(AppConfig):
    name = "kalibaru.local"
    label = "local"
    verbose_name = "Profil lokal"
