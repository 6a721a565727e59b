"""Event → Notification → Delivery or Digest."""

from kalibaru.notifications.models.choice import Category, Frequency, Preference, Subscription
from kalibaru.notifications.models.event import Event
from kalibaru.notifications.models.telling import Delivery, Digest, Notification

__all__ = ["Category", "Delivery", "Digest", "Event", "Frequency", "Notification", "Preference", "Subscription"]
