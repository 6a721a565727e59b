"""Who a person is, and what they agreed to."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kalibaru.accounts"
    label = "accounts"
    verbose_name = "Akun"

    def ready(self):
        """Load the policies."""
        from kalibaru.accounts import policies  # noqa: F401
