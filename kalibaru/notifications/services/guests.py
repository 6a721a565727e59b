"""Follow by e-mail without an account.

No row but the letter itself holds an address before its owner has confirmed it: what was asked for travels in the
signed link.
Whether an address has an account is told to nobody but its mailbox.
"""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kalibaru.accounts.models import User
from kalibaru.core.access import require
from kalibaru.notifications import links
from kalibaru.notifications.models import Category, Delivery, Frequency, Guest, StoppedFollow, Subscription
from kalibaru.notifications.services.following import follow, unfollow
from kalibaru.notifications.services.mail import notify_address
from kalibaru.notifications.services.preferences import choose
from kalibaru.notifications.services.suppression import lift
from kalibaru.notifications.topics import find_topic

CONSENT = _("Saya setuju alamat surel saya disimpan untuk mengirim kabar yang saya ikuti, sampai saya berhenti.")
FREQUENCIES = (Frequency.WEEKLY, Frequency.DAILY)


def ask_to_follow(email: str, topic: str, *, frequency: str, language: str) -> None:
    """Write to an address how to confirm or, if it has an account, how to follow with it."""
    email = email.strip().lower()
    if (found := find_topic(topic, AnonymousUser())) is None:
        raise ObjectDoesNotExist(topic)
    if _account(email):
        url = f"{reverse('follow')}?{urlencode({'topic': topic})}"
        template = "follow_sign_in"
    else:
        url = reverse("guest_confirm", args=[links.sign_request(links.Request(email, topic, frequency, language))])
        template = "follow_confirm"
    notify_address(email, template, {"title": found.title, "link": links.whole(url)}, language=language)


def confirm(request: links.Request) -> User | None:
    """Begin the follow that an address asked for; return its user row, or None if the address has an account now."""
    with transaction.atomic():
        if _account(request.email):
            return None
        with translation.override(request.language):
            consent = str(CONSENT)
        user = _guest_user(request, consent)
        follow(request.topic, user=user)
        choose(user, dict.fromkeys((Category.FOLLOWED, Category.FORUM), request.frequency))
        # Whoever opened the link has read a letter of ours there.
        lift(request.email.lower())
    return user


def set_frequency(guest: Guest, frequency: str) -> None:
    """Change how often a guest hears."""
    choose(guest.user, dict.fromkeys((Category.FOLLOWED, Category.FORUM), frequency))


def stop_one(guest: Guest, topic: str) -> bool:
    """Stop one follow; with the last one the address goes too. Return whether anything is still followed."""
    with transaction.atomic():
        unfollow(topic, user=guest.user)
        return not forget_if_idle(guest.user_id)


def forget_if_idle(user_id: UUID) -> bool:
    """Erase a guest who follows nothing any more; return whether that was so."""
    guest = Guest.objects.filter(user=user_id).first()
    if guest is None or guest.user.subscriptions.exists():
        return False
    erase_guest(guest)
    return True


def erase_guest(guest: Guest) -> None:
    """Erase the address, what it followed, and every mail to it."""
    with transaction.atomic():
        Delivery.objects.filter(user=None, address__iexact=guest.email).delete()
        guest.user.delete()


def guest_of(user: Any) -> Guest | None:
    """Return the guest whose address this account has proved to own."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return Guest.objects.filter(email__in=[email.lower() for email in proved]).first()


def adopt_guest(*, user: Any) -> int:
    """Move what one's address follows without account into the account; return how many follows are new there."""
    require(user, "notifications.follow")
    with transaction.atomic():
        guest = guest_of(user)
        if guest is None:
            return 0
        topics = set(guest.user.subscriptions.values_list("topic", flat=True))
        topics -= set(user.subscriptions.values_list("topic", flat=True))
        rows = [Subscription(user=user, topic=topic) for topic in sorted(topics)]
        made = Subscription.objects.bulk_create(rows, ignore_conflicts=True)
        StoppedFollow.objects.filter(user=user, topic__in=topics).delete()
        erase_guest(guest)
    return len(made)


def _account(email: str) -> bool:
    return EmailAddress.objects.filter(email__iexact=email, verified=True, user__is_active=True).exists()


def _guest_user(request: links.Request, consent: str) -> User:
    """Return the user row of an address: the one it has, or a new one without any way to sign in."""
    guest = Guest.objects.select_for_update().filter(email__iexact=request.email).first()
    if guest is None:
        pk = uuid4()
        user = User.objects.create_user(f"{pk}@tanpa-akun.invalid", None, pk=pk, language=request.language)
        guest = Guest.objects.create(user=user, email=request.email, consent=consent)
    return guest.user
