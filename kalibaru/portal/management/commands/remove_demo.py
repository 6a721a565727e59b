"""Take the demonstration set out of a portal that goes public."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError


class Command(BaseCommand):
    """Demonstration rows go; demonstration accounts stay as names on what they did, but nobody can use them."""

    help = __doc__

    @transaction.atomic
    def handle(self, *args, **options):
        """Close the accounts first, then delete rows until nothing more can go."""
        closed = self._close_accounts()
        left = [model for model in apps.get_models() if _is_content(model)]
        while left:
            kept = [model for model in left if not _deleted(model)]
            if len(kept) == len(left):
                break
            left = kept
        self.stdout.write(f"Demonstration accounts closed: {closed}.")
        for model in left:
            count = model._default_manager.filter(is_demo=True).count()
            self.stdout.write(f"Kept, because real rows depend on them: {count} {model._meta.verbose_name}.")

    def _close_accounts(self) -> int:
        accounts = get_user_model().objects.filter(is_demo=True)
        known = {str(pk) for pk in accounts.values_list("pk", flat=True)}
        for session in Session.objects.iterator():
            if session.get_decoded().get("_auth_user_id") in known:
                session.delete()
        for account in accounts:
            account.is_active = account.is_staff = account.is_superuser = False
            account.set_unusable_password()
            account.save(update_fields=["is_active", "is_staff", "is_superuser", "password"])
            account.groups.clear()
        return len(known)


def _is_content(model) -> bool:
    named = {field.name for field in model._meta.get_fields()}
    history = hasattr(model, "pgh_tracked_model")
    return "is_demo" in named and not history and model is not get_user_model()


def _deleted(model) -> bool:
    try:
        with transaction.atomic():
            model._default_manager.filter(is_demo=True).delete()
    except (ProtectedError, RestrictedError):
        return False
    return True
