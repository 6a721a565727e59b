"""Links in mail: whole addresses, and signed ones that work without signing in."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "notifications.unsubscribe"
# Long enough for a mail found again months later, short enough that an old archive is no key ring.
MAX_AGE_SECONDS = 180 * 24 * 3600

DIGEST = "digest"


@dataclass(frozen=True)
class Wish:
    """What a signed link asks for: `what` is DIGEST, "category:<category>" or "topic:<topic>"."""

    user_id: UUID
    what: str


def whole(path: str) -> str:
    """Return an address with the site's host."""
    return f"{settings.SITE_URL}{path}"


def host() -> str:
    """Return the site's host name, the right side of each Message-ID."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def unsubscribe_url(user: Any, what: str) -> str:
    """Return the signed address of a page that asks, and that takes a mail program's one click too."""
    token = signing.dumps([str(user.pk), what], salt=_SALT, compress=True)
    return whole(reverse("unsubscribe", args=[token]))


def read_wish(token: str) -> Wish | None:
    """Return what a signed link asks for, or None if it is forged or too old."""
    try:
        pk, what = signing.loads(token, salt=_SALT, max_age=MAX_AGE_SECONDS)
        return Wish(UUID(pk), what)
    except (signing.BadSignature, ValueError, TypeError):
        return None
