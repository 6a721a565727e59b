"""Back office of problems, facts, indicators, needs, stakes and forums."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_fsm import TransitionNotAllowed
from unfold.admin import TabularInline

from issues import measurement_services, services
from issues.models import Fact, Forum, Indicator, Measurement, Need, PriorityIssue, Stake
from kalibaru.core.access import is_moderator
from kalibaru.core.admin import HouseAdmin, RecordAdmin


def deed(service: Callable[..., Any], label: Any) -> Callable[..., None]:
    """Return an admin action that calls a service on each chosen row and says which rows it could not."""

    @admin.action(description=label)
    def action(_admin: HouseAdmin, request: HttpRequest, rows: Any) -> None:
        refused = 0
        for row in rows:
            try:
                service(row, actor=request.user)
            except (TransitionNotAllowed, PermissionDenied, ValidationError):
                refused += 1
        if refused:
            messages.warning(request, _("%(number)d baris dilewati: keadaannya tidak cocok.") % {"number": refused})

    action.__name__ = service.__name__
    return action


class ModeratorInline(TabularInline):
    """Rows of a problem, edited on its page."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Moderators read them."""
        return is_moderator(request.user)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class FactInline(ModeratorInline):
    model = Fact
    fields = ("text", "as_of", "certainty", "source_title", "source_url", "is_demo", "order")


class IndicatorInline(ModeratorInline):
    model = Indicator
    fields = (
        "code",
        "name",
        "unit",
        "direction",
        "baseline",
        "baseline_year",
        "target",
        "target_year",
        "source_title",
        "source_url",
        "is_demo",
        "order",
    )


@admin.register(PriorityIssue)
class PriorityIssueAdmin(HouseAdmin):
    list_display = ("title", "state", "order", "is_demo")
    list_filter = ("state", "is_demo")
    search_fields = ("title", "summary")
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("areas",)
    raw_id_fields = ("cover",)
    inlines = (FactInline, IndicatorInline)
    actions = (
        deed(services.publish_issue, _("Terbitkan")),
        deed(services.archive_issue, _("Arsipkan")),
    )


@admin.register(Fact)
class FactAdmin(HouseAdmin):
    list_display = ("text", "issue", "certainty", "as_of", "is_demo")
    list_filter = ("certainty", "issue", "is_demo")
    list_select_related = ("issue",)
    search_fields = ("text",)


@admin.register(Indicator)
class IndicatorAdmin(HouseAdmin):
    list_display = ("name", "issue", "unit", "baseline", "target", "is_demo")
    list_filter = ("issue", "is_demo")
    list_select_related = ("issue",)
    search_fields = ("name", "code")


@admin.register(Measurement)
class MeasurementAdmin(RecordAdmin):
    """Figures are entered in the portal, where they are checked; here they are read, and decided in one press."""

    list_display = ("indicator", "period", "area", "value", "state", "organisation", "version", "is_demo")
    list_filter = ("state", "year", "is_demo")
    list_select_related = ("indicator", "area", "organisation")
    search_fields = ("indicator__name", "indicator__code")
    actions = (deed(measurement_services.approve_measurement, _("Setujui")),)


@admin.register(Need)
class NeedAdmin(HouseAdmin):
    list_display = ("title", "issue", "kind", "by_when", "state", "is_demo")
    list_filter = ("state", "kind", "issue", "is_demo")
    list_select_related = ("issue",)
    search_fields = ("title",)
    actions = (
        deed(services.meet_need_partly, _("Terpenuhi sebagian")),
        deed(services.meet_need, _("Terpenuhi")),
        deed(services.close_need, _("Tutup")),
    )


@admin.register(Stake)
class StakeAdmin(HouseAdmin):
    list_display = ("organisation", "issue", "note")
    list_filter = ("issue",)
    list_select_related = ("organisation", "issue")
    search_fields = ("organisation__name",)
    autocomplete_fields = ("organisation",)


@admin.register(Forum)
class ForumAdmin(HouseAdmin):
    list_display = ("title", "kind", "on", "state", "is_demo")
    list_filter = ("state", "kind", "is_demo")
    search_fields = ("title", "summary")
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("issues", "organisers")
    actions = (deed(services.publish_forum, _("Terbitkan")),)
