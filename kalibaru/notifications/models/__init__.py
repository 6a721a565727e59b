"""Event → Notification → Delivery or Digest."""

from kalibaru.notifications.models.choice import (
    Category,
    Channel,
    Frequency,
    Preference,
    Rhythm,
    StoppedFollow,
    Subscription,
)
from kalibaru.notifications.models.event import Event
from kalibaru.notifications.models.guest import Guest
from kalibaru.notifications.models.posting import Allowance, MailServer, Pulse, Suppression, Tally
from kalibaru.notifications.models.push import Device, Knock
from kalibaru.notifications.models.search import SavedSearch
from kalibaru.notifications.models.telling import Delivery, Digest, Notification

__all__ = [
    "Allowance",
    "Category",
    "Channel",
    "Delivery",
    "Device",
    "Digest",
    "Event",
    "Frequency",
    "Guest",
    "Knock",
    "MailServer",
    "Notification",
    "Preference",
    "Pulse",
    "Rhythm",
    "SavedSearch",
    "StoppedFollow",
    "Subscription",
    "Suppression",
    "Tally",
]
