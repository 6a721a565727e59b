"""What this room knows about a person; all of it ends with the account."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kalibaru.accounts.personal import register_personal_data


def _subscriptions(user: Any) -> list[dict[str, Any]]:
    return list(user.subscriptions.values("topic", "automatic", "created_at"))


def _preferences(user: Any) -> list[dict[str, Any]]:
    return list(user.preferences.values("category", "frequency"))


def _inbox(user: Any) -> list[dict[str, Any]]:
    return list(user.notifications.values("event__kind", "at", "read_at"))


def _erase_inbox(user: Any) -> None:
    user.deliveries.all().delete()
    user.digests.all().delete()
    user.notifications.all().delete()


register_personal_data("subscriptions", _("Langganan"), _subscriptions, lambda user: user.subscriptions.all().delete())
register_personal_data("preferences", _("Pilihan surel"), _preferences, lambda user: user.preferences.all().delete())
register_personal_data("inbox", _("Kotak masuk"), _inbox, _erase_inbox)
