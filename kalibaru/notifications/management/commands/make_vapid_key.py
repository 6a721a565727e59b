"""`manage.py make_vapid_key`: a key for web push, to be kept in the environment."""

from typing import Any

from django.core.management.base import BaseCommand

from kalibaru.notifications.push import make_key


class Command(BaseCommand):
    help = "Print a new VAPID_PRIVATE_KEY. Whoever changes the key later loses every browser that subscribed."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print it."""
        self.stdout.write(f"VAPID_PRIVATE_KEY={make_key()}")
