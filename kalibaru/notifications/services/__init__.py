"""Everything that writes in this room."""

from kalibaru.notifications.services.following import end_by_itself, follow, follow_by_itself, unfollow
from kalibaru.notifications.services.mail import notify_address

__all__ = ["end_by_itself", "follow", "follow_by_itself", "notify_address", "unfollow"]
