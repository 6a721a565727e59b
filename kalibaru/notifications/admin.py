"""The heartbeat in the back office: history is read, and a mail that did not arrive can be sent again."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kalibaru.core.admin import HouseAdmin, RecordAdmin
from kalibaru.notifications.models import (
    Delivery,
    Digest,
    Event,
    Guest,
    Notification,
    Preference,
    Rhythm,
    SavedSearch,
    Subscription,
    Suppression,
)
from kalibaru.notifications.services.again import send_again


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """What happened."""

    list_display = ("kind", "subject_type", "actor", "audience", "at", "dispatched_at")
    list_filter = ("audience", "subject_type", ("dispatched_at", admin.EmptyFieldListFilter))
    search_fields = ("kind", "subject_id")
    list_select_related = ("actor",)
    ordering = ("-id",)


@admin.register(Notification)
class NotificationAdmin(RecordAdmin):
    """Who was told."""

    list_display = ("event", "user", "category", "frequency", "direct", "at", "read_at")
    list_filter = ("category", "frequency", "direct")
    list_select_related = ("event", "user")
    search_fields = ("user__display_name", "user__email")
    ordering = ("-id",)


@admin.register(Digest)
class DigestAdmin(RecordAdmin):
    """Which windows were told."""

    list_display = ("user", "cadence", "period_start", "period_end", "empty")
    list_filter = ("cadence", "empty")
    list_select_related = ("user",)
    search_fields = ("user__display_name", "user__email")
    ordering = ("-period_end", "id")


@admin.register(Delivery)
class DeliveryAdmin(RecordAdmin):
    """Which mails went out, and which did not."""

    list_display = ("__str__", "user", "address", "state", "reason", "attempts", "due_at", "sent_at")
    list_filter = ("state", "reason")
    list_select_related = ("user",)
    search_fields = ("user__display_name", "user__email", "address", "error")
    ordering = ("-created_at",)
    actions = ("again",)

    @admin.action(description=gettext_lazy("Kirim lagi yang gagal atau mungkin terkirim"))
    def again(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Send once more."""
        done = sum(send_again(delivery, actor=request.user) for delivery in queryset)
        messages.success(request, _("Akan dikirim lagi: %(done)s.") % {"done": done})


@admin.register(Subscription)
class SubscriptionAdmin(HouseAdmin):
    """Who follows what."""

    list_display = ("topic", "user", "automatic", "reason", "created_at")
    list_filter = ("automatic", "reason")
    list_select_related = ("user",)
    search_fields = ("topic", "user__display_name", "user__email")
    raw_id_fields = ("user",)
    fixed = ("created_at",)


@admin.register(Preference)
class PreferenceAdmin(HouseAdmin):
    """Who wants mail how soon."""

    list_display = ("user", "category", "channel", "frequency")
    list_filter = ("category", "channel", "frequency")
    list_select_related = ("user",)
    search_fields = ("user__display_name", "user__email")
    raw_id_fields = ("user",)


@admin.register(Rhythm)
class RhythmAdmin(HouseAdmin):
    """When whose digests come, and when they want to be left alone."""

    list_display = ("user", "digest_weekday", "digest_hour", "paused_until", "quiet_from", "quiet_until", "figures")
    list_select_related = ("user",)
    search_fields = ("user__display_name", "user__email")
    raw_id_fields = ("user",)


@admin.register(SavedSearch)
class SavedSearchAdmin(RecordAdmin):
    """Who follows which search."""

    list_display = ("name", "user", "kind", "created_at")
    list_filter = ("kind",)
    list_select_related = ("user",)
    search_fields = ("name", "user__display_name", "user__email")
    ordering = ("-created_at",)


@admin.register(Guest)
class GuestAdmin(RecordAdmin):
    """Who follows by e-mail without an account, and what they agreed to when."""

    list_display = ("email", "consented_at")
    search_fields = ("email",)
    ordering = ("-consented_at",)


@admin.register(Suppression)
class SuppressionAdmin(RecordAdmin):
    """Which addresses refuse our mail, and why."""

    list_display = ("address", "reason", "since", "words")
    list_filter = ("reason",)
    search_fields = ("address", "words")
    ordering = ("-since",)
