"""Following, the inbox, the settings, and what a link in a mail opens."""

from kalibaru.notifications.views.following import follow

__all__ = ["follow"]
