"""The secretariat sends once more what did not arrive."""

from typing import Any

from django.utils import timezone

from kalibaru.core.access import require
from kalibaru.notifications.models import Delivery

State = Delivery.State


def send_again(delivery: Delivery, *, actor: Any) -> bool:
    """Queue a mail that failed or perhaps arrived; return whether it was one of those.

    Its Message-ID stays, so whoever got it before sees one mail.
    """
    require(actor, "notifications.send_again", delivery)
    now = timezone.now()
    again = Delivery.objects.filter(pk=delivery.pk, state__in=[State.FAILED, State.UNCERTAIN])
    # Three days are counted from `created_at`: a mail sent again gets them anew.
    return bool(
        again.update(
            state=State.WAITING, reason="", handed_at=None, due_at=now, created_at=now, attempts=0, updated_at=now
        )
    )
