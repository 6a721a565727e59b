"""`manage.py send_digests --at 2026-11-30T07:00+07:00`: what beat does every five minutes, for any moment."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from kalibaru.notifications.services.digest import send_due_digests


class Command(BaseCommand):
    help = "Send the weekly digests due at a moment (now, or --at). A second run sends nothing twice."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --at."""
        parser.add_argument("--at", default="", help="ISO time; without a zone it is WIB, e.g. 2026-11-30T07:00")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Parse, call the service, say how many."""
        made = send_due_digests(_moment(options["at"]) if options["at"] else timezone.now())
        self.stdout.write(f"digests made: {made}")


def _moment(text: str) -> datetime:
    try:
        at = parse_datetime(text)
        if at is None and (day := parse_date(text)):
            at = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (the zone follows)
    except ValueError:
        at = None
    if at is None:
        raise CommandError(f"not an ISO time: {text}")
    return timezone.make_aware(at) if timezone.is_naive(at) else at
