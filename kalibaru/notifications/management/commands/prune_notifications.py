"""`manage.py prune_notifications`: what beat does every night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kalibaru.notifications.services.pruning import prune


class Command(BaseCommand):
    help = "Delete old lines of inboxes and old records of mail (KEEP_READ_MONTHS and its neighbours). Events stay."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Call the service, say how many."""
        for name, count in prune(timezone.now()).items():
            self.stdout.write(f"{name}: {count}")
