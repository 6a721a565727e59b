"""Mail of the local profile: each message is a file, and a page can read it."""

import email
import email.policy
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage as DjangoMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmlFileBackend(BaseEmailBackend):
    """Write each message as `.eml` into MAIL_DIR; names sort by time, and no reader sees half a file."""

    def send_messages(self, email_messages: Sequence[DjangoMessage]) -> int:
        """Store the messages; return how many."""
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
            fresh = folder / f".{name}.new"
            fresh.write_bytes(message.message().as_bytes(linesep="\r\n"))
            fresh.rename(folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class StoredMessage:
    """A message read back from its file."""

    name: str
    parsed: EmailMessage

    @classmethod
    def read(cls, name: str) -> "StoredMessage | None":
        """Return the message of this name, or None."""
        try:
            content = (Path(settings.MAIL_DIR) / f"{name}.eml").read_bytes()
        except OSError:  # also a name that no file system can hold
            return None
        return cls(name, email.message_from_bytes(content, policy=email.policy.default))  # type: ignore[arg-type]

    @property
    def subject(self) -> str:
        return self.parsed["Subject"] or ""

    @property
    def to(self) -> str:
        return self.parsed["To"] or ""

    @property
    def sent_at(self) -> datetime:
        """Return the moment the file was written, from its name."""
        return datetime.strptime(self.name.partition("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.parsed.items()]

    @property
    def text(self) -> str:
        part = self.parsed.get_body(("plain",))
        return part.get_content() if part else ""

    @property
    def html(self) -> str:
        part = self.parsed.get_body(("html",))
        return part.get_content() if part else ""

    @property
    def attachments(self) -> list[EmailMessage]:
        return list(self.parsed.iter_attachments())  # type: ignore[arg-type]


def stored_names() -> list[str]:
    """Return the names of all messages, newest first."""
    return sorted((path.stem for path in Path(settings.MAIL_DIR).glob("*.eml")), reverse=True)
