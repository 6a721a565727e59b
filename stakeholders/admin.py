"""The back office of organisations. States change by actions that call the services, never by a field."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import TransitionNotAllowed
from unfold.admin import TabularInline

from kalibaru.core.admin import HouseAdmin, RecordAdmin
from stakeholders import services
from stakeholders.models import FormerSlug, Membership, Organisation, Verification


def each(request: HttpRequest, rows: QuerySet, act: Callable[[Any], Any]) -> None:
    """Do a deed to each row; say how many it was possible for, and why not for the others."""
    done = 0
    for row in rows:
        try:
            act(row)
            done += 1
        except TransitionNotAllowed:
            messages.warning(request, _("%(row)s: tidak bisa dalam keadaan ini.") % {"row": row})
        except ValidationError as error:
            messages.warning(request, f"{row}: {' '.join(error.messages)}")
    messages.info(request, _("%(n)s baris diubah.") % {"n": done})


class MembershipInline(TabularInline):
    """The people of an organisation, to be read; they change by the portal's members page."""

    model = Membership
    extra = 0
    can_delete = False
    fields = readonly_fields = ("user", "email", "role", "state", "updated_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People come by invitation or request."""
        return False


class VerificationInline(TabularInline):
    """The decisions about an organisation."""

    model = Verification
    extra = 0
    can_delete = False
    fields = readonly_fields = ("created_at", "decision", "reason", "created_by")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Decisions come by deeds."""
        return False


@admin.register(Organisation)
class OrganisationAdmin(HouseAdmin):
    """Organisations of every state."""

    list_display = ("name", "acronym", "platform", "kind", "state", "submitted_at", "is_demo")
    list_filter = ("state", "platform", "kind", "is_demo")
    search_fields = ("name", "acronym", "slug")
    ordering = ("name",)
    fixed = ("slug", "submitted_at", "merged_into")
    autocomplete_fields = ("areas",)
    raw_id_fields = ("logo", "documents")
    inlines = (MembershipInline, VerificationInline)
    actions = ("verify", "restore")
    exclude = ("search", "submission_key")

    @admin.action(description=gettext_lazy("Verifikasi yang menunggu"))
    def verify(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Verify pending organisations."""
        each(request, queryset, lambda row: services.verify_organisation(row, actor=request.user))

    @admin.action(description=gettext_lazy("Pulihkan yang ditangguhkan"))
    def restore(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Lift suspensions."""
        each(request, queryset, lambda row: services.restore_organisation(row, actor=request.user))

    def view_on_site(self, obj: Organisation) -> str:
        """Lead to the page where deeds that need a reason are done: reject, ask, suspend, merge."""
        return reverse("stakeholders:decide", args=[obj.slug])


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    """Who belongs where; the members page of the portal changes it, with the same rules for everybody."""

    list_display = ("organisation", "user", "email", "role", "state", "updated_at")
    list_filter = ("state", "role")
    list_select_related = ("organisation", "user")
    search_fields = ("organisation__name", "user__display_name")


@admin.register(Verification)
class VerificationAdmin(RecordAdmin):
    """Every decision of the secretariat."""

    list_display = ("organisation", "decision", "created_by", "created_at")
    list_filter = ("decision",)
    list_select_related = ("organisation", "created_by")
    search_fields = ("organisation__name", "reason")
    date_hierarchy = "created_at"


@admin.register(FormerSlug)
class FormerSlugAdmin(RecordAdmin):
    """Old addresses and where they lead."""

    list_display = ("slug", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("slug", "organisation__name")
