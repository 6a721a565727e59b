"""A real mail server that keeps what it receives, and misbehaves on order."""

import asyncio
import email
import email.policy
import socket
from dataclasses import dataclass, field

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class Sink:
    """Received messages, newest last, and orders to misbehave.

    answers: recipient → answer to RCPT other than 250; after_data: recipient → answer to the letter itself;
    drops: recipients in the middle of whose letter the line is cut; silent: recipients whose letter is kept, but
    the line is cut before the answer; greeting: what it says instead of taking a sender; slow: seconds before each
    answer to a letter.
    """

    messages: list = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    after_data: dict[str, str] = field(default_factory=dict)
    drops: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    greeting: str = ""
    slow: float = 0
    cuts: int = 0

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        """Take a sender, or not."""
        if self.greeting:
            return self.greeting
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        """Take or refuse a recipient."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Keep the message with its envelope."""
        if self.slow:
            await asyncio.sleep(self.slow)
        (address,) = envelope.rcpt_tos
        if address in self.after_data:
            return self.after_data[address]
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        message.envelope_to = list(envelope.rcpt_tos)
        self.messages.append(message)
        if address in self.silent:
            server.transport.abort()
        return "250 OK"

    def to(self, address: str) -> list:
        """Return what one person received."""
        return [message for message in self.messages if address in message.envelope_to]


class MoodySMTP(SMTP):
    """Cuts the line in the middle of a letter if the sink says so."""

    async def smtp_DATA(self, arg):
        """Begin to take the letter, then go away."""
        if self.event_handler.drops.intersection(self.envelope.rcpt_tos):
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            await self._reader.read(20)
            self.event_handler.cuts += 1
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class SinkController(Controller):
    """Runs the sink in a thread."""

    def factory(self):
        """Return the server of one connection."""
        return MoodySMTP(self.handler, **self.SMTP_kwargs)


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_sink() -> SinkController:
    """Start a sink on a port of its own; its `handler` is the Sink."""
    controller = SinkController(Sink(), hostname="127.0.0.1", port=free_port())
    controller.start()
    return controller


@pytest.fixture
def smtp_sink(settings):
    """Send the site's mail to a real SMTP server of this test."""
    controller = start_sink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield controller.handler
    controller.stop()


@pytest.fixture
def second_sink(settings):
    """Give the site a second mail server."""
    controller = start_sink()
    settings.EMAIL_SECOND = {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "host": "127.0.0.1",
        "port": controller.port,
        "username": "",
        "password": "",
        "use_tls": False,
        "use_ssl": False,
    }
    yield controller.handler
    controller.stop()
