"""What a signed link in a mail asks for. The link is the proof: it works without signing in."""

from django.db import transaction

from kalibaru.accounts.models import User
from kalibaru.notifications.links import DIGEST, Wish
from kalibaru.notifications.models import Category, Frequency, Subscription
from kalibaru.notifications.preferences import preferences_of
from kalibaru.notifications.services.preferences import choose


def grant(wish: Wish) -> None:
    """Stop what the link names. A second click changes nothing, and an account that is gone needs nothing."""
    user = User.objects.filter(pk=wish.user_id, is_active=True).first()
    if user is None:
        return
    sort, _colon, rest = wish.what.partition(":")
    with transaction.atomic():
        if sort == "topic":
            Subscription.objects.filter(user=user, topic=rest).delete()
        elif sort == "category" and rest in Category.values:
            choose(user, {rest: Frequency.OFF})
        elif wish.what == DIGEST:
            weekly = [key for key, word in preferences_of(user).items() if word == Frequency.WEEKLY]
            choose(user, dict.fromkeys(weekly, Frequency.OFF))
