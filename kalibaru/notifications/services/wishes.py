"""What a signed link in a mail asks for. The link is the proof: it works without signing in."""

from django.db import transaction

from kalibaru.accounts.models import User
from kalibaru.notifications.links import DIGEST, Wish
from kalibaru.notifications.models import Category, Frequency, Rhythm
from kalibaru.notifications.preferences import preferences_of
from kalibaru.notifications.services.following import unfollow
from kalibaru.notifications.services.guests import erase_guest, forget_if_idle
from kalibaru.notifications.services.preferences import choose
from kalibaru.notifications.services.searches import forget_search


def grant(wish: Wish) -> None:
    """Stop what the link names. A second click changes nothing, and an account that is gone needs nothing."""
    user = User.objects.filter(pk=wish.user_id, is_active=True).select_related("guest").first()
    if user is None:
        return
    sort, _colon, rest = wish.what.partition(":")
    with transaction.atomic():
        if sort == DIGEST and hasattr(user, "guest"):
            # Without an account there is nothing left to choose: no more mail means no more address.
            erase_guest(user.guest)
        elif sort == "topic":
            unfollow(rest, user=user)
            forget_if_idle(user.pk)
        elif sort == "search":
            forget_search(rest, user=user)
        elif sort == "category" and rest in Category.values:
            choose(user, {rest: Frequency.OFF})
        elif sort == DIGEST:
            _stop_digest(user, rest or Frequency.WEEKLY)


def _stop_digest(user: User, cadence: str) -> None:
    digested = [key for key, word in preferences_of(user).items() if word == cadence]
    choose(user, dict.fromkeys(digested, Frequency.OFF))
    if cadence == Frequency.WEEKLY:
        Rhythm.objects.update_or_create(user=user, defaults={"figures": False})
