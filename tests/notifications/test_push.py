"""Messages to browsers over a real push service of this test, read with the browser's own keys."""

import base64
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone

from kalibaru.notifications import push
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Device, Knock, Preference, Rhythm
from kalibaru.notifications.services.dispatch import dispatch_all
from kalibaru.notifications.services.push import knock_due
from tests.notifications.conftest import DECIDED, NEWS

pytestmark = pytest.mark.django_db


class Browser:
    """A browser's pair of keys, and what it can read with them."""

    def __init__(self):
        self.key, self.secret = ec.generate_private_key(ec.SECP256R1()), b"sixteen bytes ok"

    @property
    def p256dh(self):
        """The public key, as browsers write it."""
        raw = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    @property
    def auth(self):
        """The secret, as browsers write it."""
        return base64.urlsafe_b64encode(self.secret).rstrip(b"=").decode()

    def read(self, body):
        """Decrypt (RFC 8291)."""
        salt, length = body[:16], body[20]
        theirs, words = body[21 : 21 + length], body[21 + length :]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        mine = base64.urlsafe_b64decode(self.p256dh + "=")

        def derive(salt, info, size, secret):
            return HKDF(hashes.SHA256(), size, salt, info).derive(secret)

        secret = derive(self.secret, b"WebPush: info\0" + mine + theirs, 32, shared)
        key = derive(salt, b"Content-Encoding: aes128gcm\0", 16, secret)
        nonce = derive(salt, b"Content-Encoding: nonce\0", 12, secret)
        return json.loads(AESGCM(key).decrypt(nonce, words, None).rstrip(b"\x02"))


@pytest.fixture
def service(settings):
    """A push service that keeps what it gets and answers as told."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.received.append((self.headers, body))
            status, headers = server.answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.received, server.answer = [], (201, {})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.VAPID_PRIVATE_KEY, settings.PUSH_HOSTS = push.make_key(), ["127.0.0.1"]
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def browser():
    """Rina's browser."""
    return Browser()


@pytest.fixture
def device(service, rina, browser):
    """Rina's browser is known."""
    return Device.objects.create(
        user=rina, endpoint=f"http://127.0.0.1:{service.server_port}/x", p256dh=browser.p256dh, auth=browser.auth
    )


@pytest.fixture
def decided(device, waste, yusuf, rina):
    """A decision for Rina."""
    publish(DECIDED, waste, actor=yusuf, recipients=[rina.pk])
    dispatch_all()


def test_the_browser_reads_what_happened_and_where(decided, service, browser):
    assert knock_due() == 1
    ((headers, body),) = service.received
    message = browser.read(body)
    assert message["title"] == "Pengelolaan sampah" and message["body"] == "Keputusan untuk “Pengelolaan sampah”"
    assert message["url"].startswith("/issues/") and message["tag"].startswith("n")
    assert headers["Authorization"].startswith("vapid t=") and push.public_key() in headers["Authorization"]
    assert knock_due() == 0 and not Knock.objects.exists()


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(decided, service, status):
    service.answer = (status, {})
    assert knock_due() == 0
    assert not Device.objects.exists() and not Knock.objects.exists()


@pytest.mark.parametrize(("status", "wait"), [(429, 1800), (500, 30), (503, 30)])
def test_a_busy_push_service_is_tried_again(decided, service, status, wait):
    service.answer = (status, {"Retry-After": "2400"} if status == 429 else {})
    knock_due()
    knock = Knock.objects.get()
    assert knock.attempts == 1 and knock.due_at - timezone.now() > timedelta(seconds=wait)
    service.answer = (201, {})
    Knock.objects.update(due_at=timezone.now())
    assert knock_due() == 1


def test_a_push_service_that_is_away_is_tried_again(decided, service):
    Device.objects.update(endpoint="http://127.0.0.1:1/x")
    assert knock_due() == 0
    assert Knock.objects.get().attempts == 1


def test_a_refused_message_is_given_up_but_the_device_stays(decided, service):
    service.answer = (413, {})
    knock_due()
    assert Device.objects.exists() and not Knock.objects.exists()


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda rina, waste: Preference.objects.create(user=rina, category="decision", channel="push", frequency="off"),
        lambda rina, waste: type(rina).objects.filter(pk=rina.pk).update(is_active=False),
        lambda rina, waste: type(waste).objects.all().delete(),
    ],
)
def test_what_changed_meanwhile_wins(decided, service, rina, waste, meanwhile):
    meanwhile(rina, waste)
    assert knock_due() == 0
    assert service.received == [] and not Knock.objects.exists()


def test_quiet_hours_only_delay(decided, service, rina):
    hour = timezone.localtime().hour
    Rhythm.objects.create(user=rina, quiet_from=hour, quiet_until=(hour + 2) % 24)
    assert knock_due() == 0
    assert Knock.objects.get().due_at > timezone.now() and service.received == []


@pytest.mark.parametrize(("kind", "rings"), [(DECIDED, 1), (NEWS, 0)])
def test_in_a_pause_only_decisions_ring(device, service, rina, waste, yusuf, following, kind, rings):
    following(rina, waste)
    Preference.objects.create(user=rina, category="followed", channel="push", frequency="now")
    Rhythm.objects.create(user=rina, paused_until=timezone.localdate() + timedelta(days=9))
    publish(kind, waste, actor=yusuf, recipients=[rina.pk] if kind == DECIDED else [], payload={"title": "Contoh"})
    dispatch_all()
    assert knock_due() == rings and len(service.received) == rings
    assert not Knock.objects.exists()


def test_keys_that_are_none_are_forgotten(decided, service):
    Device.objects.update(p256dh="bukan kunci")
    assert knock_due() == 0
    assert not Device.objects.exists()


def test_a_second_worker_sends_nothing_twice(decided, service):
    from kalibaru.notifications.services.push import _claim

    assert len(_claim()) == 1
    assert knock_due() == 0, "another worker has it"


def test_queries_do_not_grow_with_the_devices(device, service, waste, yusuf, rina, django_assert_max_num_queries):
    for number in range(10):
        Device.objects.create(user=rina, endpoint=f"{device.endpoint}{number}", p256dh=device.p256dh, auth=device.auth)
    publish(DECIDED, waste, actor=yusuf, recipients=[rina.pk])
    dispatch_all()
    with django_assert_max_num_queries(11 + 20):
        assert knock_due() == 11


def test_without_a_key_nothing_is_queued_or_shown(settings, client, waste, yusuf, rina):
    settings.VAPID_PRIVATE_KEY = ""
    Device.objects.create(user=rina, endpoint="https://fcm.googleapis.com/x", p256dh="x", auth="x")
    publish(DECIDED, waste, actor=yusuf, recipients=[rina.pk])
    dispatch_all()
    assert not Knock.objects.exists() and knock_due() == 0
    client.force_login(rina)
    assert "data-push-key" not in client.get("/notifications/settings/").text


def test_a_person_turns_it_on_and_off(client, rina, service, browser):
    client.force_login(rina)
    assert f'data-push-key="{push.public_key()}" hidden' in client.get("/notifications/settings/").text
    endpoint = f"http://127.0.0.1:{service.server_port}/a"
    keys = {"endpoint": endpoint, "p256dh": browser.p256dh, "auth": browser.auth}
    assert client.post("/notifications/push/", keys).status_code == 204
    assert client.post("/notifications/push/", keys).status_code == 204, "twice is once"
    assert rina.devices.count() == 1
    client.post("/notifications/push/stop/", {"endpoint": endpoint})
    assert not rina.devices.exists()


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "http://fcm.googleapis.com/x",
        "https://localhost/x",
        "https://10.0.0.1/x",
        "https://fcm.googleapis.com.jahat.example/x",
        "https://user@fcm.googleapis.com/x",
        "file:///etc/passwd",
        "https://fcm.googleapis.com/" + "x" * 1000,
    ],
)
def test_only_known_push_services_are_called(client, rina, settings, endpoint):
    settings.VAPID_PRIVATE_KEY = push.make_key()
    client.force_login(rina)
    answer = client.post("/notifications/push/", {"endpoint": endpoint, "p256dh": "x", "auth": "x"})
    assert answer.status_code == 400 and not Device.objects.exists()


def test_nobody_stops_another_persons_device(client, device, dewi):
    client.force_login(dewi)
    client.post("/notifications/push/stop/", {"endpoint": device.endpoint})
    assert Device.objects.exists()


def test_the_service_worker_rules_from_the_root(client):
    answer = client.get("/sw.js")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/javascript")
    assert "showNotification" in answer.text
