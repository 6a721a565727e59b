"""Areas in the back office."""

from django.contrib import admin

from kalibaru.core.admin import HouseAdmin
from kalibaru.places.models import Area


@admin.register(Area)
class AreaAdmin(HouseAdmin):
    """The tree of areas. The code is an address and a key: it is set once."""

    list_display = ("code", "name", "level", "parent")
    list_filter = ("level",)
    search_fields = ("code", "name", "bps_code")
    list_select_related = ("parent",)
    autocomplete_fields = ("parent",)
    ordering = ("code",)

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """Fix the code of an area that exists."""
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]
