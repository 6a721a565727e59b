"""Reading the inbox."""

from typing import Any

from django.utils import timezone

from kalibaru.core.access import require
from kalibaru.notifications.models import Notification


def mark_read(notification: Notification, *, user: Any) -> None:
    """Note that the person has read one line; the first time counts."""
    require(user, "notifications.read_notification", notification)
    Notification.objects.filter(pk=notification.pk, read_at__isnull=True).update(read_at=timezone.now())


def mark_all_read(user: Any, *, up_to: int) -> int:
    """Note that the person has read everything up to a line; what came after the page was shown stays unread."""
    require(user, "notifications.read_inbox")
    return user.notifications.in_inbox().filter(pk__lte=up_to, read_at__isnull=True).update(read_at=timezone.now())
