"""Conversations in the back office: decided with the same services as on the desk; nobody rewrites another's words."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kalibaru.core.admin import HouseAdmin
from kalibaru.core.errors import Conflict
from kalibaru.discussions import services
from kalibaru.discussions.models import Comment, Report


def _for_each(request, queryset, deed) -> None:
    done = 0
    for row in queryset:
        try:
            deed(row)
        except Conflict as conflict:
            messages.warning(request, f"{row}: {conflict}")
        else:
            done += 1
    if done:
        messages.success(request, _("Selesai: %(done)s.") % {"done": done})


@admin.register(Comment)
class CommentAdmin(HouseAdmin):
    """Comments; hidden and shown by actions."""

    list_display = ("__str__", "author", "subject_type", "created_at", "hidden_at")
    list_filter = ("subject_type", ("hidden_at", admin.EmptyFieldListFilter))
    search_fields = ("body", "author__display_name")
    list_select_related = ("author",)
    fields = (
        "body",
        "author",
        "subject_type",
        "subject_id",
        "parent",
        "hidden_at",
        "hidden_by",
        "hidden_reason",
        "created_at",
    )
    actions = ("hide", "show_again")

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """Everything is read only."""
        return list(self.fields)

    def has_add_permission(self, request, obj=None) -> bool:
        """People comment on the page of the subject."""
        return False

    @admin.action(description=gettext_lazy("Sembunyikan komentar"))
    def hide(self, request, queryset):
        """Hide, with a reason that fits all."""
        reason = _("Melanggar aturan percakapan.")
        _for_each(request, queryset, lambda row: services.hide_comment(row, actor=request.user, reason=reason))

    @admin.action(description=gettext_lazy("Tampilkan lagi"))
    def show_again(self, request, queryset):
        """Show again."""
        _for_each(request, queryset, lambda row: services.unhide_comment(row, actor=request.user))


@admin.register(Report)
class ReportAdmin(HouseAdmin):
    """Reports; decided by actions."""

    list_display = ("comment", "reason", "note", "state", "created_by", "created_at")
    list_filter = ("state", "reason")
    list_select_related = ("comment", "created_by")
    ordering = ("created_at",)
    fields = ("comment", "reason", "note", "state", "created_by", "created_at", "decided_by", "decided_at")
    actions = ("uphold", "dismiss")

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """Everything is read only."""
        return list(self.fields)

    def has_add_permission(self, request, obj=None) -> bool:
        """People report on the portal."""
        return False

    @admin.action(description=gettext_lazy("Terima: sembunyikan komentarnya"))
    def uphold(self, request, queryset):
        """Hide the comments; the reporter's reason is the reason given."""
        _for_each(
            request,
            queryset.select_related("comment"),
            lambda row: services.uphold_report(row, actor=request.user, reason=row.get_reason_display()),
        )

    @admin.action(description=gettext_lazy("Tidak diterima: biarkan komentarnya"))
    def dismiss(self, request, queryset):
        """Leave the comments."""
        _for_each(request, queryset, lambda row: services.dismiss_report(row, actor=request.user))
