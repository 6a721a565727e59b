"""Why a person hears of something: what of its topics they follow, with the name each topic has today."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from kalibaru.notifications.models import Notification, SavedSearch, Subscription
from kalibaru.notifications.topics import named


@dataclass(frozen=True)
class Followed:
    """What a person follows, by name: `wish` says it to a link that ends it.

    because: why the follow began by itself; "" for one that the person chose.
    """

    wish: str
    title: str
    because: str = ""


class Why:
    """The follows that concern a batch of notifications: two queries, and one per kind of subject for the names."""

    def __init__(self, notifications: Sequence[Notification]):
        topics = {topic for row in notifications for topic in row.event.topics}
        people = {row.user_id for row in notifications}
        rows = Subscription.objects.filter(user__in=people, topic__in=topics)
        self._reasons = {(row.user_id, row.topic): row.reason for row in rows}
        self._names = named({topic for _user, topic in self._reasons}, AnonymousUser())
        searches = {pk for row in notifications for pk in row.searches}
        self._searches = SavedSearch.objects.in_bulk(searches) if searches else {}

    def still(self, row: Notification) -> bool:
        """Return whether it was addressed to the person, or the person still follows what brought it."""
        return (
            row.direct
            or any((row.user_id, topic) in self._reasons for topic in row.event.topics)
            or any(pk in self._searches for pk in row.searches)
        )

    def followed(self, row: Notification) -> list[Followed]:
        """Return the follows that brought it, those with a name that may be shown."""
        topics = [topic for topic in row.event.topics if (row.user_id, topic) in self._reasons]
        by_topic = [
            Followed(f"topic:{topic}", self._names[topic].title, self._because(row, topic))
            for topic in topics
            if topic in self._names
        ]
        searches = [self._searches[pk] for pk in row.searches if pk in self._searches]
        return by_topic + [Followed(f"search:{search.pk}", search.name) for search in searches]

    def _because(self, row: Notification, topic: str) -> str:
        reason = self._reasons[row.user_id, topic]
        return str(Subscription.Reason(reason).label) if reason else ""
