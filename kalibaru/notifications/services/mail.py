"""Letters to people who may have no account."""

from typing import Any

from django.db import transaction

from kalibaru.notifications.models import Delivery


def notify_address(email: str, template: str, context: dict[str, Any], *, language: str = "id") -> Delivery:
    """Put a letter to an address in the outbox of the caller's transaction; a worker sends it.

    template: NAME of templates/emails/NAME-{subject,text}.txt and NAME-html.html. context: JSON; links in it are
    whole addresses (`settings.SITE_URL` + path). Nothing is sent here, so a crash loses and repeats nothing.
    """
    delivery = Delivery.objects.create(address=email, template=template, payload=context, language=language)
    transaction.on_commit(_poke)
    return delivery


def _poke() -> None:
    from kalibaru.notifications.tasks import deliver_mail, poke

    poke(deliver_mail)
