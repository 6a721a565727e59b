"""Addresses that refuse our mail: no more goes there until their owner confirms the address again."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from kalibaru.core.access import require
from kalibaru.notifications import links
from kalibaru.notifications.models import Delivery, Suppression
from kalibaru.notifications.services.mail import notify_address
from kalibaru.notifications.suppressed import ADDRESS_CHECK

_SALT = "notifications.address"
_LINK_SECONDS = 24 * 3600


def suppress(address: str, reason: str, words: str = "") -> None:
    """Send nothing more to an address. The first reason stays."""
    Suppression.objects.get_or_create(
        address=address.strip().lower(), defaults={"reason": reason, "words": words, "since": timezone.now()}
    )


def bounced(message_id: str, words: str) -> bool:
    """Note of a mail that the server had accepted that it came back; return whether it was ours."""
    try:
        pk = UUID(message_id.strip("<> ").partition("@")[0])
    except ValueError:
        return False
    failed = {"state": Delivery.State.FAILED, "reason": Delivery.Reason.REFUSED, "error": words[:500]}
    return bool(Delivery.objects.filter(pk=pk, state=Delivery.State.SENT).update(**failed, updated_at=timezone.now()))


def ask_to_confirm(*, user: Any) -> bool:
    """Send one letter to the person's own suppressed address, with a link that lifts the suppression."""
    require(user, "notifications.read_inbox")
    if not Suppression.objects.filter(address=user.email.lower()).exists():
        return False
    token = signing.dumps(user.email.lower(), salt=_SALT)
    with translation.override(user.language):
        link = links.whole(reverse("address_confirm", args=[token]))
    notify_address(user.email, ADDRESS_CHECK, {"link": link}, language=user.language)
    return True


def read_token(token: str) -> str | None:
    """Return the address that a link of that letter confirms; None if it is forged or too old."""
    try:
        return str(signing.loads(token, salt=_SALT, max_age=_LINK_SECONDS))
    except signing.BadSignature:
        return None


def lift(address: str) -> bool:
    """Let mail go there again, for whoever opened the link has read a letter of ours there."""
    with transaction.atomic():
        gone, _per_model = Suppression.objects.filter(address=address).delete()
    return bool(gone)
