"""What this room knows about a person: for their own copy, and all of it ends with the account."""

from functools import partial
from typing import Any

from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kalibaru.accounts.personal import addresses_of, register_personal_data
from kalibaru.notifications.models import Delivery, Rhythm

_ROWS = {
    "subscriptions": (_("Langganan"), ("topic", "automatic", "reason", "created_at")),
    "stopped_follows": (_("Langganan yang dihentikan"), ("topic", "created_at")),
    "saved_searches": (_("Pencarian yang diikuti"), ("name", "address", "created_at")),
    "preferences": (_("Pilihan pemberitahuan"), ("category", "channel", "frequency")),
    "notifications": (_("Kotak masuk"), ("event__kind", "event__subject_type", "category", "at", "read_at")),
    "digests": (_("Ringkasan"), ("cadence", "period_start", "period_end", "empty")),
    "devices": (_("Perangkat yang diberi tahu"), ("endpoint", "created_at")),
    "deliveries": (_("Kiriman surel"), ("state", "reason", "error", "created_at", "sent_at")),
}


def _rhythm(user: Any) -> list[dict[str, Any]]:
    fields = ("digest_weekday", "digest_hour", "paused_until", "quiet_from", "quiet_until", "figures")
    return list(Rhythm.objects.filter(user=user).values(*fields))


def _erase_rhythm(user: Any) -> None:
    Rhythm.objects.filter(user=user).delete()


def _export(name: str, fields: tuple[str, ...], user: Any) -> list[dict[str, Any]]:
    return list(getattr(user, name).values(*fields))


def _erase(name: str, user: Any) -> None:
    getattr(user, name).all().delete()


def _erase_deliveries(user: Any) -> None:
    """Mail to the person's addresses too, from before there was an account (an invitation)."""
    _erase("deliveries", user)
    invited = Delivery.objects.filter(user__isnull=True).alias(lower_address=Lower("address"))
    invited.filter(lower_address__in=addresses_of(user)).delete()


for _name, (_label, _fields) in _ROWS.items():
    register_personal_data(_name, _label, partial(_export, _name, _fields), partial(_erase, _name))

register_personal_data(
    "deliveries", _ROWS["deliveries"][0], partial(_export, "deliveries", _ROWS["deliveries"][1]), _erase_deliveries
)
register_personal_data("rhythm", _("Jam ringkasan dan jam tenang"), _rhythm, _erase_rhythm)
