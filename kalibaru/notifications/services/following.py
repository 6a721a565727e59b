"""Follow and stop following. Both may be said twice."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from kalibaru.core.access import require
from kalibaru.core.subjects import find_subject, subject_kind
from kalibaru.notifications.models import Subscription


def follow(topic: str, *, user: Any, automatic: bool = False) -> bool:
    """Let a person hear of a topic; return whether they did not before.

    Raises ObjectDoesNotExist for what the person may not see or nobody can follow: a guessed topic tells nothing.
    automatic: it follows from another deed of the person, who is told so and can undo it.
    """
    require(user, "notifications.follow")
    key, _colon, pk = topic.partition(":")
    kind = subject_kind(key)
    if kind is None or not kind.followable or find_subject(key, pk, user) is None:
        raise ObjectDoesNotExist(topic)
    _row, new = Subscription.objects.get_or_create(topic=topic, user=user, defaults={"automatic": automatic})
    return new


def unfollow(topic: str, *, user: Any) -> bool:
    """Stop hearing of a topic, visible or not; return whether the person followed it."""
    require(user, "notifications.follow")
    deleted, _per_model = Subscription.objects.filter(topic=topic, user=user).delete()
    return bool(deleted)
