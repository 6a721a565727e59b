"""Links in mail: whole addresses, and signed ones that work without signing in."""

from dataclasses import astuple, dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT, _MANAGE, _CONFIRM = "notifications.unsubscribe", "notifications.manage", "notifications.confirm"
# Long enough for a mail found again months later, short enough that an old archive is no key ring.
MAX_AGE_SECONDS = 180 * 24 * 3600
CONFIRM_SECONDS = 3 * 24 * 3600

DIGEST = "digest"


@dataclass(frozen=True)
class Wish:
    """What a signed link asks for.

    what: "digest:<cadence>", "category:<category>", "topic:<topic>" or "search:<id>"; DIGEST alone is the weekly one.
    """

    user_id: UUID
    what: str


@dataclass(frozen=True)
class Request:
    """What a guest asked for: who, to follow what, how often, in which language."""

    email: str
    topic: str
    frequency: str
    language: str


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


def sign_request(request: Request) -> str:
    """Return the signed part of a confirming link."""
    return signing.dumps(list(astuple(request)), salt=_CONFIRM, compress=True)


def read_request(token: str) -> Request | None:
    """Return what a confirming link asks for, or None if it is forged or too old."""
    try:
        return Request(*signing.loads(token, salt=_CONFIRM, max_age=CONFIRM_SECONDS))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def manage_path(user: Any) -> str:
    """Return the signed address, without host, where a guest changes or ends what they follow."""
    return reverse("guest_manage", args=[signing.dumps(str(user.pk), salt=_MANAGE)])


def manage_url(user: Any) -> str:
    """Return the same address for a mail."""
    return whole(manage_path(user))


def read_guest(token: str) -> UUID | None:
    """Return whose follows a signed link manages, or None if it is forged or too old."""
    try:
        return UUID(signing.loads(token, salt=_MANAGE, max_age=MAX_AGE_SECONDS))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def read_wish(token: str) -> Wish | None:
    """Return what a signed link asks for, or None if it is forged or too old."""
    try:
        pk, what = signing.loads(token, salt=_SALT, max_age=MAX_AGE_SECONDS)
        return Wish(UUID(pk), what)
    except (signing.BadSignature, ValueError, TypeError):
        return None
