"""The app of the local profile: the mail viewer and its templates."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LocalConfig(AppConfig):
    name = "kalibaru.local"
    label = "local"
    verbose_name = _("Profil lokal")
