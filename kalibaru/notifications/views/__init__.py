"""Following, the inbox, the settings, and what a link in a mail opens."""

from kalibaru.notifications.views.following import follow
from kalibaru.notifications.views.inbox import inbox, open_line, read_all
from kalibaru.notifications.views.settings import notification_settings
from kalibaru.notifications.views.wishes import unsubscribe

__all__ = ["follow", "inbox", "notification_settings", "open_line", "read_all", "unsubscribe"]
