"""What this room knows about a person: for their own copy, and all of it ends with the account."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalibaru.accounts.personal import register_personal_data

_ROWS = {
    "subscriptions": (_("Langganan"), ("topic", "automatic", "created_at")),
    "preferences": (_("Pilihan surel"), ("category", "frequency")),
    "notifications": (_("Kotak masuk"), ("event__kind", "event__subject_type", "category", "at", "read_at")),
    "digests": (_("Ringkasan"), ("period_start", "period_end", "empty")),
    "deliveries": (_("Kiriman surel"), ("state", "reason", "error", "created_at", "sent_at")),
}


def _export(name: str, fields: tuple[str, ...], user: Any) -> list[dict[str, Any]]:
    return list(getattr(user, name).values(*fields))


def _erase(name: str, user: Any) -> None:
    getattr(user, name).all().delete()


for _name, (_label, _fields) in _ROWS.items():
    register_personal_data(_name, _label, partial(_export, _name, _fields), partial(_erase, _name))
