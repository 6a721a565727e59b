"""What a mail provider reports later: mail that came back, complaints. django-anymail reads its words."""

import logging
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from anymail.urls import urlpatterns
from django.conf import settings

from kalibaru.notifications.models import Suppression
from kalibaru.notifications.services.suppression import bounced, suppress

logger = logging.getLogger(__name__)
# A mailbox that is full or a server that is slow says nothing about the next letter.
_FOR_GOOD = {RejectReason.BOUNCED, RejectReason.INVALID}
# Where providers say in their own words that it may work the next time; anymail has no word for it.
_SORT_OF_BOUNCE = ("Type", "type", "bounceType", "bounce_type", "severity", "event")


def listen() -> None:
    """Hear of every report that anymail has checked and read."""
    tracking.connect(_reported, dispatch_uid="notifications.reports")


def reader(provider: str) -> Any:
    """Return anymail's view for the configured provider; None for any other, and without a secret."""
    if not settings.MAIL_WEBHOOK_SECRET or provider != settings.MAIL_WEBHOOK_PROVIDER:
        return None
    names = {f"{provider}_tracking_webhook", f"{provider}_webhook"}
    view = next((one.callback for one in urlpatterns if one.name in names), None)
    if view is None:
        logger.error("MAIL_WEBHOOK_PROVIDER=%s is no provider that anymail knows", provider)
    return view


def _reported(sender: Any, event: AnymailTrackingEvent, **_more: Any) -> None:
    words = event.mta_response or event.description or ""
    if event.event_type == EventType.COMPLAINED and event.recipient:
        suppress(event.recipient, Suppression.Reason.COMPLAINED, words)
    if event.event_type == EventType.BOUNCED:
        bounced(event.message_id or "", words)
        if event.reject_reason in _FOR_GOOD and event.recipient and not _is_soft(event.esp_event):
            suppress(event.recipient, Suppression.Reason.BOUNCED, words)


def _is_soft(report: Any) -> bool:
    get = getattr(report, "get", None)
    words = [str(get(key, "")).lower() for key in _SORT_OF_BOUNCE] if get else []
    return any(word.startswith(("soft", "transient", "temporary")) for word in words)
