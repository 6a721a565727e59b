"""The mail servers in the order in which they are asked, and the speed they may be asked for."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import get_connection

EVERYBODY = "*"


@dataclass(frozen=True)
class Provider:
    """A mail server: a name for the records, and what Django's mail backend needs beyond its settings."""

    name: str
    options: tuple[tuple[str, Any], ...] = ()

    def connection(self) -> Any:
        """Return a connection of Django's mail backend, not yet open."""
        return get_connection(**dict(self.options))


def providers() -> list[Provider]:
    """Return the server of EMAIL_URL and, where there is one, that of EMAIL_URL_2."""
    second = settings.EMAIL_SECOND
    return [Provider("first"), *([Provider("second", tuple(sorted(second.items())))] if second else [])]


def rates() -> dict[str, float]:
    """Return how many mails a second may go to each domain, and to everybody together; what is missing is free."""
    found = {domain.lower(): float(rate) / 60 for domain, rate in settings.MAIL_DOMAIN_RATES.items()}
    if settings.MAIL_RATE:
        found[EVERYBODY] = settings.MAIL_RATE / 60
    return {bucket: rate for bucket, rate in found.items() if rate > 0}
