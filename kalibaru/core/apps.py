"""The ground floor: what every room uses and no room owns."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "kalibaru.core"
    label = "core"
    verbose_name = "Dasar"
