"""The back office: the same rules as the portal, under the same names."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin

from kalibaru.core.access import PUBLIC, is_moderator, policy
from kalibaru.core.errors import not_found

Saved = Callable[[Any, Any], None]
_after_save: list[Saved] = []


def after_back_office_save(record: Saved) -> None:
    """Have `record(row, actor)` called, in the same transaction, for every row that the back office saves."""
    if record not in _after_save:
        _after_save.append(record)


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

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Record the deed once the row and what belongs to it are written."""
        super().save_related(request, form, formsets, change)
        for record in _after_save:
            record(self.subject_of(form.instance), request.user)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Return the row's public page; Django's own shortcut looks into tables that do not exist."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def subject_of(self, row: Any) -> Any:
        """Return the row on whose timeline a change of `row` stands: itself, unless it belongs to another."""
        return row

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


class CorrectionAdmin(HouseAdmin):
    """For rows that begin with a deed which others must hear of: mended here, begun on the pages of the portal."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody begins one here."""
        return False


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


@policy(PUBLIC)
def no_shortcut(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer 404 for Django's shortcut to any row of any table: it fails on the history, which has a view without one.

    `HouseAdmin` links straight to a row's public page instead.
    """
    return not_found(request)
