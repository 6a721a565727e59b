"""A person chooses how soon they want mail."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kalibaru.core.access import require
from kalibaru.notifications.models import Frequency, Notification, Preference
from kalibaru.notifications.preferences import choices_of


def choose(user: Any, chosen: dict[str, str]) -> None:
    """Set {category: frequency}.

    What already waits for a digest stays in it, whatever is chosen now, so nothing is lost by the change;
    only "not at all" takes it out.
    """
    require(user, "notifications.read_inbox")
    for category, word in chosen.items():
        if word not in choices_of(category):
            raise ValidationError(_("Pilihan ini tidak tersedia."))
    with transaction.atomic():
        for category, word in chosen.items():
            Preference.objects.update_or_create(user=user, category=category, defaults={"frequency": word})
        off = [category for category, word in chosen.items() if word == Frequency.OFF]
        Notification.objects.awaiting_digest().filter(user=user, category__in=off).update(frequency=Frequency.OFF)
