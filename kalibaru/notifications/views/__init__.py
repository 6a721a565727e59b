"""Following, the inbox, the settings, and what a link in a mail opens."""

from kalibaru.notifications.views.figures import figures
from kalibaru.notifications.views.following import follow
from kalibaru.notifications.views.guests import guest_confirm, guest_follow, guest_manage
from kalibaru.notifications.views.inbox import inbox, open_line, read_all
from kalibaru.notifications.views.searches import follow_search, stop_search
from kalibaru.notifications.views.settings import adopt, my_follows, notification_settings
from kalibaru.notifications.views.wishes import unsubscribe

__all__ = [
    "adopt",
    "figures",
    "follow",
    "follow_search",
    "guest_confirm",
    "guest_follow",
    "guest_manage",
    "inbox",
    "my_follows",
    "notification_settings",
    "open_line",
    "read_all",
    "stop_search",
    "unsubscribe",
]
