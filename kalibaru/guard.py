"""What must be true before a server may answer the public."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseError

LEAST_DIFFERENT_SIGNS = 8


def unsafe_reasons() -> list[str]:
    """Return why this configuration must not serve the public; an empty list means it may."""
    if settings.DEBUG and settings.LOCAL_PROFILE:
        return []
    reasons = []
    if settings.DEBUG:
        reasons.append("DEBUG is on outside the local profile; it shows settings and code to everybody.")
    secret = settings.SECRET_KEY
    if secret == settings.DEFAULT_SECRET_KEY or len(secret) < 32 or len(set(secret)) < LEAST_DIFFERENT_SIGNS:
        reasons.append("SECRET_KEY is the default one, shorter than 32 characters or too regular; set your own.")
    if not settings.ALLOWED_HOSTS or any("*" in host or host.startswith(".") for host in settings.ALLOWED_HOSTS):
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
