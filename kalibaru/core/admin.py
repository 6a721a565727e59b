"""The back office: the same rules as the portal, under the same names."""

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin

from kalibaru.core.access import is_moderator


class HouseAdmin(ModelAdmin):
    """Base of every admin page: open to moderators; states and history are read, never typed.

    A state changes by an admin action that calls the service a person would use, never by a field;
    triggers (pghistory) and Django's log record who changed the rest.
    """

    fixed: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return the declared read-only fields, the class's `fixed` ones, and states."""
        names = {field.name for field in self.model._meta.fields}
        usual = {"state", "created_at", "created_by", "updated_at"} & names
        return [*super().get_readonly_fields(request, obj), *self.fixed, *sorted(usual)]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Remember who made the row."""
        if not change and hasattr(obj, "created_by_id"):
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Moderators see every section."""
        return is_moderator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Moderators read every row."""
        return is_moderator(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Moderators add rows."""
        return is_moderator(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Moderators change rows."""
        return is_moderator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a superuser deletes; everybody else uses the states."""
        return request.user.is_superuser


class RecordAdmin(HouseAdmin):
    """For rows that are history: to be read, never written by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody adds history by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody rewrites history."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes history."""
        return False
