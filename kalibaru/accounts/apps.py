"""Who a person is, and what they agreed to."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "kalibaru.accounts"
    label = "accounts"
    verbose_name = _("Akun")

    def ready(self):
        """Load the policies."""
        from kalibaru.accounts import policies  # noqa: F401
