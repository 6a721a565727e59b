"""Back office of the matrices' layout; imports are history, to be read."""

from django.contrib import admin

from initiatives.models import MatrixLayout, ProgrammeImport
from kalibaru.core.admin import HouseAdmin, RecordAdmin


@admin.register(MatrixLayout)
class MatrixLayoutAdmin(HouseAdmin):
    list_display = ("matrix", "money_unit", "updated_at")


@admin.register(ProgrammeImport)
class ProgrammeImportAdmin(RecordAdmin):
    list_display = ("name", "organisation", "state", "created_by", "created_at")
    list_filter = ("state",)
    list_select_related = ("organisation", "created_by")
    search_fields = ("name", "organisation__name")
    exclude = ("file", "mapping", "counts")
