"""`manage.py check_delivery`: one line and an exit code for a monitor (0 well, 1 look at it, 2 nothing goes out)."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error
from django.utils import translation

from kalibaru.notifications.operations import Figures, figures


class Command(BaseCommand):
    help = "Say whether mail flows. Exit code 0: well, 1: a warning, 2: critical, 3: the database cannot be asked."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Look, say it in one line, end with the code."""
        try:
            found = figures()
        except Error as error:
            self.stdout.write(f"UNKNOWN - {type(error).__name__}")
            sys.exit(3)
        with translation.override("en"):
            alarms = found.alarms
        code = 0 if not alarms else 2 if any(alarm.critical for alarm in alarms) else 1
        words = "; ".join(alarm.words for alarm in alarms) or "mail flows"
        self.stdout.write(f"{('OK', 'WARNING', 'CRITICAL')[code]} - {words} | {_measured(found)}")
        if code:
            sys.exit(code)


def _measured(found: Figures) -> str:
    oldest = (found.at - found.oldest_mail).total_seconds() if found.oldest_mail else 0
    return (
        f"waiting={found.waiting_mails} oldest={oldest:.0f}s events={found.waiting_events} "
        f"sent_hour={found.sent_hour} failed_day={found.failed_day} suppressed={found.suppressed}"
    )
