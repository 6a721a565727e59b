"""Files in the back office: looked at and described; their content is never replaced by hand."""

from django.contrib import admin

from kalibaru.core.admin import HouseAdmin
from kalibaru.media.models import Attachment, Photo


@admin.register(Photo)
class PhotoAdmin(HouseAdmin):
    """Photos; only the description may be mended."""

    list_display = ("alt", "width", "height", "created_by", "created_at")
    search_fields = ("alt",)
    list_select_related = ("created_by",)
    fixed = ("image", "small", "width", "height", "small_width", "small_height")

    def has_add_permission(self, request, obj=None) -> bool:
        """Photos come through the portal's forms, which check and re-encode them."""
        return False


@admin.register(Attachment)
class AttachmentAdmin(HouseAdmin):
    """Documents; only the name may be mended."""

    list_display = ("name", "content_type", "size", "created_by", "created_at")
    search_fields = ("name", "sha256")
    list_select_related = ("created_by",)
    fields = ("name", "content_type", "size", "sha256", "created_by", "created_at", "updated_at")
    fixed = ("content_type", "size", "sha256")

    def has_add_permission(self, request, obj=None) -> bool:
        """Documents come through the portal's forms, which check them."""
        return False
