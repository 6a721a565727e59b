"""Back office of programmes."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_fsm import TransitionNotAllowed
from unfold.admin import TabularInline

from initiatives.models import Programme, ProgrammeLog, ProgrammeYear
from initiatives.services import programmes as services
from kalibaru.core.access import is_moderator
from kalibaru.core.admin import HouseAdmin


def _each(service: Callable[..., Any], request: HttpRequest, rows: Any) -> None:
    """Call the service a person would use on each row; say how many rows refused."""
    refused = 0
    for row in rows:
        try:
            service(row, actor=request.user)
        except TransitionNotAllowed:
            refused += 1
    if refused:
        messages.warning(request, _("%(number)d program dilewati: keadaannya tidak cocok.") % {"number": refused})


class YearInline(TabularInline):
    """The table of years."""

    model = ProgrammeYear
    extra = 0
    fields = ("year", "target", "realisation_s1", "realisation", "budget", "spent_s1", "spent", "note")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Moderators read and write it."""
        return is_moderator(request.user)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(Programme)
class ProgrammeAdmin(HouseAdmin):
    list_display = ("activity_name", "organisation", "funding_source", "state", "is_demo")
    list_filter = ("state", "funding_source", "is_demo")
    list_select_related = ("organisation",)
    search_fields = ("programme_name", "activity_name", "sub_activity_name", "organisation__name")
    autocomplete_fields = ("organisation", "issues", "areas")
    fixed = ("published_at",)
    inlines = (YearInline,)
    actions = ("publish", "finish")

    @admin.action(description=_("Terbitkan"))
    def publish(self, request: HttpRequest, rows: Any) -> None:
        """Show the chosen drafts to everybody."""
        _each(services.publish_programme, request, rows)

    @admin.action(description=_("Nyatakan selesai"))
    def finish(self, request: HttpRequest, rows: Any) -> None:
        """End the chosen programmes."""
        _each(services.finish_programme, request, rows)


@admin.register(ProgrammeLog)
class ProgrammeLogAdmin(HouseAdmin):
    list_display = ("on", "programme", "created_by")
    list_select_related = ("programme", "created_by")
    date_hierarchy = "on"
    search_fields = ("note", "programme__activity_name")
    raw_id_fields = ("programme", "photos")
