"""Everything that writes in this room."""

from kalibaru.notifications.services.following import follow, unfollow
from kalibaru.notifications.services.mail import notify_address

__all__ = ["follow", "notify_address", "unfollow"]
