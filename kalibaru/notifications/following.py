"""What a person follows, asked for many rows at once."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from kalibaru.core.subjects import topic_of
from kalibaru.notifications.models import Subscription


def followed_topics(user: Any, rows: Iterable[Model]) -> set[str]:
    """Return the topics of those rows that the person follows (one query; none for a visitor)."""
    topics = {topic_of(row) for row in rows}
    if not topics or not user.is_authenticated:
        return set()
    return set(Subscription.objects.filter(user=user, topic__in=topics).values_list("topic", flat=True))
