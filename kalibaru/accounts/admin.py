"""People in the back office. Moderators block and unblock; rights are given by a superuser only."""

from django.contrib import admin
from django.http import HttpRequest

from kalibaru.accounts.models import User
from kalibaru.core.admin import HouseAdmin


@admin.register(User)
class UserAdmin(HouseAdmin):
    """People, without their passwords."""

    list_display = ("display_name", "email", "is_active", "is_staff", "is_demo", "created_at")
    list_filter = ("is_active", "is_staff", "is_demo", "groups")
    search_fields = ("display_name", "email")
    fields = (
        "email",
        "display_name",
        "language",
        "time_zone",
        "is_active",
        "is_staff",
        "is_superuser",
        "groups",
        "consent_version",
        "consented_at",
        "is_demo",
        "erased_at",
        "last_login",
        "created_at",
    )
    fixed = ("email", "consent_version", "consented_at", "is_demo", "erased_at", "last_login", "created_at")
    filter_horizontal = ("groups",)

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """Nobody but a superuser gives rights."""
        rights = [] if request.user.is_superuser else ["is_staff", "is_superuser", "groups"]
        return [*super().get_readonly_fields(request, obj), *rights]

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        """People sign up themselves, and agree to it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """A moderator cannot block a superuser, nor bring back an erased account."""
        if obj is not None and (obj.erased_at or (obj.is_superuser and not request.user.is_superuser)):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """An account is blocked, or erased by its owner; its row stays for the history."""
        return False
