"""Follow and stop following. Both may be said twice."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Model

from kalibaru.core.access import require
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.models import StoppedFollow, Subscription
from kalibaru.notifications.topics import find_topic


def follow(topic: str, *, user: Any) -> bool:
    """Let a person hear of a topic because they ask for it; return whether they did not before.

    Raises ObjectDoesNotExist for what the person may not see or nobody can follow: a guessed topic tells nothing.
    """
    require(user, "notifications.follow")
    if find_topic(topic, user) is None:
        raise ObjectDoesNotExist(topic)
    with transaction.atomic():
        row, new = Subscription.objects.get_or_create(topic=topic, user=user)
        if row.automatic:
            Subscription.objects.filter(pk=row.pk).update(automatic=False, reason="")
        StoppedFollow.objects.filter(topic=topic, user=user).delete()
    return new


def follow_by_itself(row: Model, users: Iterable[UUID | None], reason: str) -> int:
    """Let people hear of a row because of what they did, in the caller's transaction; return how many begin to.

    They are told why, and can stop; whoever stopped following it before does not begin again.
    """
    topic, people = topic_of(row), {pk for pk in users if pk}
    people -= set(StoppedFollow.objects.filter(topic=topic, user__in=people).values_list("user", flat=True))
    people -= set(Subscription.objects.filter(topic=topic, user__in=people).values_list("user", flat=True))
    rows = [Subscription(topic=topic, user_id=pk, automatic=True, reason=reason) for pk in sorted(people, key=str)]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def end_by_itself(row: Model, user: Any, reason: str) -> None:
    """Take back a follow that began for a reason which is gone; one the person chose since then stays."""
    Subscription.objects.filter(topic=topic_of(row), user=user, automatic=True, reason=reason).delete()


def unfollow(topic: str, *, user: Any) -> bool:
    """Stop hearing of a topic, visible or not; return whether the person followed it. It never begins by itself."""
    require(user, "notifications.follow")
    with transaction.atomic():
        deleted, _per_model = Subscription.objects.filter(topic=topic, user=user).delete()
        if deleted:
            StoppedFollow.objects.get_or_create(topic=topic, user=user)
    return bool(deleted)
