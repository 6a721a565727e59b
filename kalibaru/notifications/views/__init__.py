"""Following, the inbox, the settings, and what a link in a mail opens."""

from kalibaru.notifications.views.address import address_check, address_confirm, mail_report
from kalibaru.notifications.views.figures import figures
from kalibaru.notifications.views.following import follow
from kalibaru.notifications.views.guests import guest_confirm, guest_follow, guest_manage
from kalibaru.notifications.views.inbox import inbox, open_line, read_all
from kalibaru.notifications.views.operations import metrics, operations
from kalibaru.notifications.views.push import push_start, push_stop, service_worker
from kalibaru.notifications.views.searches import follow_search, stop_search
from kalibaru.notifications.views.settings import adopt, my_follows, notification_settings
from kalibaru.notifications.views.wishes import unsubscribe

__all__ = [
    "address_check",
    "address_confirm",
    "adopt",
    "figures",
    "follow",
    "follow_search",
    "guest_confirm",
    "guest_follow",
    "guest_manage",
    "inbox",
    "mail_report",
    "metrics",
    "my_follows",
    "notification_settings",
    "open_line",
    "operations",
    "push_start",
    "push_stop",
    "read_all",
    "service_worker",
    "stop_search",
    "unsubscribe",
]
