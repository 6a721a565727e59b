"""The back office of joint initiatives: states change by the services a person would use."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import TransitionNotAllowed
from unfold.admin import TabularInline

from initiatives.models import Action, Initiative, Lesson, Partner, Target, Update
from initiatives.services import initiatives as services
from initiatives.services import milestones
from initiatives.services.facets import refresh_facets
from kalibaru.core.access import is_moderator
from kalibaru.core.admin import CorrectionAdmin, RecordAdmin


def act_on(request: HttpRequest, rows: QuerySet, act: Callable[..., Any], done: str) -> None:
    """Run a service on each chosen row, and say for which it was not possible."""
    for row in rows:
        try:
            act(row, actor=request.user)
        except (TransitionNotAllowed, ValidationError) as error:
            why = " ".join(error.messages) if isinstance(error, ValidationError) else _("keadaannya tidak cocok")
            messages.error(request, f"{row}: {why}")
        else:
            messages.success(request, f"{row}: {done}")


class ModeratorInline(TabularInline):
    """Rows of an initiative, mended here by moderators; new ones begin in the portal, where others are told."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Moderators read and write them."""
        return is_moderator(request.user)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody adds one here."""
        return False

    has_delete_permission = has_add_permission


class PartnerInline(ModeratorInline):
    """The organisations that take part, to be read: roles have rules (one lead, verified only) of their own."""

    model = Partner
    fields = ("organisation", "role")
    readonly_fields = ("organisation", "role")


class ActionInline(ModeratorInline):
    """The milestones."""

    model = Action
    autocomplete_fields = ("organisation",)
    fields = ("title", "organisation", "due_on", "state")
    readonly_fields = ("state",)


class TargetInline(ModeratorInline):
    """The targets."""

    model = Target
    fields = ("name", "unit", "baseline", "goal", "reached")


class WorkAdmin(CorrectionAdmin):
    """Rows of an initiative, mended one by one."""

    def subject_of(self, row: Any) -> Initiative:
        """Return the initiative, on whose timeline the change stands."""
        return row.initiative


@admin.register(Initiative)
class InitiativeAdmin(CorrectionAdmin):
    """Initiatives with their partners, milestones and targets."""

    list_display = ("title", "state", "published_at", "ends_on", "is_demo")
    list_filter = ("state", "is_demo", "issues")
    search_fields = ("title", "summary")
    autocomplete_fields = ("issues", "areas")
    raw_id_fields = ("cover",)
    fixed = ("published_at", "from_proposal", "state_reason")
    inlines = (PartnerInline, ActionInline, TargetInline)
    actions = ("publish", "start", "resume")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keep the arrays that listings filter by."""
        super().save_related(request, form, formsets, change)
        refresh_facets([form.instance.pk])

    @admin.action(description=gettext_lazy("Terbitkan"))
    def publish(self, request: HttpRequest, rows: QuerySet) -> None:
        """Make public."""
        act_on(request, rows, services.publish_initiative, _("terbit"))

    @admin.action(description=gettext_lazy("Mulai"))
    def start(self, request: HttpRequest, rows: QuerySet) -> None:
        """Begin the work."""
        act_on(request, rows, services.start_initiative, _("berjalan"))

    @admin.action(description=gettext_lazy("Jalankan lagi"))
    def resume(self, request: HttpRequest, rows: QuerySet) -> None:
        """Go on with the work."""
        act_on(request, rows, services.resume_initiative, _("berjalan lagi"))


@admin.register(Partner)
class PartnerAdmin(RecordAdmin):
    """Who takes part in what."""

    list_display = ("initiative", "organisation", "role")
    list_filter = ("role",)
    search_fields = ("initiative__title", "organisation__name")
    autocomplete_fields = ("initiative", "organisation")
    list_select_related = ("initiative", "organisation")


@admin.register(Action)
class ActionAdmin(WorkAdmin):
    """Milestones."""

    list_display = ("title", "initiative", "organisation", "due_on", "state")
    list_filter = ("state",)
    search_fields = ("title", "initiative__title")
    autocomplete_fields = ("initiative", "organisation")
    list_select_related = ("initiative", "organisation")
    fixed = ("done_at",)
    actions = ("finish", "drop")

    @admin.action(description=gettext_lazy("Tandai selesai"))
    def finish(self, request: HttpRequest, rows: QuerySet) -> None:
        """Say that it was done."""
        act_on(request, rows.select_related("initiative"), milestones.finish_action, _("selesai"))

    @admin.action(description=gettext_lazy("Tandai tidak jadi"))
    def drop(self, request: HttpRequest, rows: QuerySet) -> None:
        """Say that it will not be done."""
        act_on(request, rows.select_related("initiative"), milestones.drop_action, _("tidak jadi"))


@admin.register(Target)
class TargetAdmin(WorkAdmin):
    """Targets and what is reached of them."""

    list_display = ("name", "initiative", "goal", "reached", "unit")
    search_fields = ("name", "initiative__title")
    autocomplete_fields = ("initiative",)
    list_select_related = ("initiative",)


@admin.register(Update)
class UpdateAdmin(WorkAdmin):
    """News."""

    list_display = ("title", "initiative", "organisation", "published_at", "is_demo")
    search_fields = ("title", "initiative__title")
    autocomplete_fields = ("initiative", "organisation")
    raw_id_fields = ("photos", "author")
    list_select_related = ("initiative", "organisation")
    date_hierarchy = "published_at"


@admin.register(Lesson)
class LessonAdmin(WorkAdmin):
    """What was learnt."""

    list_display = ("text", "kind", "initiative")
    list_filter = ("kind",)
    search_fields = ("text", "initiative__title")
    autocomplete_fields = ("initiative",)
    list_select_related = ("initiative",)
