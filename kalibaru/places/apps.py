"""Areas: from province to RW, and the cities of CCRS."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PlacesConfig(AppConfig):
    name = "kalibaru.places"
    label = "places"
    verbose_name = pgettext_lazy("banyak", "Wilayah")

    def ready(self):
        """Make areas known as something to follow."""
        from kalibaru.core.subjects import SubjectKind, register_subject
        from kalibaru.places.models import Area

        register_subject(
            SubjectKind(
                "area",
                pgettext_lazy("banyak", "Wilayah"),
                Area,
                lambda user: Area.objects.all(),
                title="name",
            )
        )
