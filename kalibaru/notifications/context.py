"""How many lines of the inbox are unread."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def unread(request: HttpRequest) -> dict[str, object]:
    """Return `unread_count`, counted (to 100 at most) only if the page shows it."""
    return {"unread_count": SimpleLazyObject(lambda: _count(request))}


def _count(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    return user.notifications.in_inbox().filter(read_at__isnull=True)[:100].count()
