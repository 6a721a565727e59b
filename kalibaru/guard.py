"""What must be true before a server may answer the public."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseError


def unsafe_reasons() -> list[str]:
    """Return why this configuration must not serve the public; an empty list means it may."""
    if settings.DEBUG:
        return []
    reasons = []
    if settings.SECRET_KEY == settings.DEFAULT_SECRET_KEY or len(settings.SECRET_KEY) < 32:
        reasons.append("SECRET_KEY is the default one or shorter than 32 characters; set your own.")
    if not settings.ALLOWED_HOSTS or any("*" in host for host in settings.ALLOWED_HOSTS):
        reasons.append("ALLOWED_HOSTS is empty or has a wildcard; name the hosts you serve.")
    if demo := _demo_accounts():
        reasons.append(
            f"{demo} demo account(s) with a published password exist; remove them with "
            "`manage.py remove_demo` or use a fresh database."
        )
    return reasons


def _demo_accounts() -> int:
    from kalibaru.accounts.models import User

    try:
        return User.objects.filter(is_demo=True, is_active=True).count()
    except DatabaseError:
        # A database that is down or not yet migrated is /readyz's business, not a reason to stay down.
        return 0


def refuse_unsafe_start() -> None:
    """Raise ImproperlyConfigured with every reason at once, so that an operator mends them in one go."""
    if reasons := unsafe_reasons():
        raise ImproperlyConfigured("Kalibaru HUB refuses to start: " + " ".join(reasons))
