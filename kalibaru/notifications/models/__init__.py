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
from kalibaru.notifications.models.search import SavedSearch
from kalibaru.notifications.models.telling import Delivery, Digest, Notification

__all__ = [
    "Category",
    "Channel",
    "Delivery",
    "Digest",
    "Event",
    "Frequency",
    "Guest",
    "Notification",
    "Preference",
    "Rhythm",
    "SavedSearch",
    "StoppedFollow",
    "Subscription",
]
