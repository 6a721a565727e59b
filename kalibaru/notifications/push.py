"""Web push: the keys of this portal, and one message to one device. Off without VAPID_PRIVATE_KEY."""

import base64
import enum
from email.utils import parseaddr
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings

ENDPOINT_MAX = 1000
KEPT_SECONDS = 24 * 3600
TIMEOUT_SECONDS = 10


class Answer(enum.Enum):
    """What became of a message: taken; later; the device is gone; this message will never be taken."""

    TAKEN = "taken"
    LATER = "later"
    GONE = "gone"
    REFUSED = "refused"


def is_on() -> bool:
    """Return whether this portal has a key of its own."""
    return bool(settings.VAPID_PRIVATE_KEY)


def public_key() -> str:
    """Return what a browser needs to subscribe."""
    numbers = _private_key(settings.VAPID_PRIVATE_KEY).public_key()
    return _text(numbers.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def make_key() -> str:
    """Return a new private key in the form of VAPID_PRIVATE_KEY."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return _text(number.to_bytes(32, "big"))


def is_push_service(endpoint: str) -> bool:
    """Return whether an address that a browser sent is one of a push service: we call nothing else on its word."""
    parts = urlsplit(endpoint)
    host = (parts.hostname or "").lower()
    known = any(host == one or (one.startswith(".") and host.endswith(one)) for one in settings.PUSH_HOSTS)
    secure = parts.scheme == "https" or (parts.scheme == "http" and host == "127.0.0.1")
    return known and secure and len(endpoint) <= ENDPOINT_MAX and not parts.username


def send(endpoint: str, p256dh: str, auth: str, message: bytes, *, session: requests.Session) -> tuple[Answer, int]:
    """Send one message; return what became of it and after how many seconds to try again."""
    if not is_push_service(endpoint):
        return Answer.GONE, 0
    # Imported here: what it brings along would make every process that never sends one start later.
    from webpush import WebPushSubscription
    from webpush.types import WebPushKeys

    try:
        keys = WebPushKeys(auth=auth, p256dh=p256dh)
        ready = _sender(settings.VAPID_PRIVATE_KEY).get(
            message, WebPushSubscription.model_validate({"endpoint": endpoint, "keys": keys})
        )
    except ValueError:
        # Keys that are none: nothing sent to this device could ever be read.
        return Answer.GONE, 0
    try:
        answer = session.post(
            endpoint,
            data=ready.encrypted,
            headers=dict(ready.headers),
            timeout=TIMEOUT_SECONDS,
            allow_redirects=False,
        )
    except requests.RequestException:
        return Answer.LATER, 0
    return _meaning(answer.status_code), _seconds(answer.headers.get("Retry-After", ""))


def _meaning(status: int) -> Answer:
    if 200 <= status < 300:
        return Answer.TAKEN
    if status in (404, 410):
        return Answer.GONE
    return Answer.LATER if status == 429 or status >= 500 else Answer.REFUSED


def _seconds(text: str) -> int:
    return min(int(text), KEPT_SECONDS) if text.isdecimal() and len(text) < 7 else 0


@lru_cache(maxsize=2)
def _sender(key: str) -> Any:
    from webpush import WebPush

    private = _private_key(key)
    return WebPush(
        private_key=private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        public_key=private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        subscriber=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        ttl=KEPT_SECONDS,
    )


def _private_key(key: str) -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)), "big")
    return ec.derive_private_key(number, ec.SECP256R1())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
