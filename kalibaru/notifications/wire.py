"""One open connection to the mail server, and its answers in four words."""

import contextlib
import enum
import re
import smtplib
from typing import Any, Self

from django.core.mail import EmailMultiAlternatives

from kalibaru.notifications.providers import Provider

WORDS_MAX = 500
_END_OF_LETTER = b"\r\n.\r\n"
# RFC 3463: bad mailbox, bad domain, bad syntax, moved; mailbox disabled; not the mailbox of a person at all.
_ENHANCED = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")
_NO_MAILBOX = frozenset({"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})


class ServerAway(Exception):
    """The mail server takes no connection now."""


class Answer(enum.Enum):
    """What became of a letter: accepted; later (4xx, or nothing was handed over); refused for good; nobody knows."""

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    INTERRUPTED = "interrupted"


class Wire:
    """A connection to one mail server (by Django's mail backend), opened when first needed and after a loss.

    `ailing` is true when the last answer says something about the server, not about one mailbox;
    `unknown` when it says that there is no such mailbox.
    """

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.backend = provider.connection()
        self.is_open = False
        self.reached_data = False
        self.ailing = False
        self.unknown = False
        self.recipient = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def open(self) -> None:
        """Connect unless connected; raise ServerAway if the server takes no connection."""
        if self.is_open:
            return
        try:
            self.backend.open()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise ServerAway(str(error)) from error
        self.is_open = True
        smtp = getattr(self.backend, "connection", None)
        if isinstance(smtp, smtplib.SMTP):
            smtp.send = self._watched(smtp.send)  # type: ignore[method-assign]

    def send(self, letter: EmailMultiAlternatives) -> tuple[Answer, str]:
        """Hand over one letter; return the answer and the server's words."""
        self.recipient = letter.to[0]
        self.reached_data = self.ailing = self.unknown = False
        try:
            self.backend.send_messages([letter])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            self.unknown = _says_unknown(code, _words(code, words))
            return self._by_code(code, words)
        except smtplib.SMTPSenderRefused as error:
            # The sender is this portal: a refusal is a fault of its settings, not of the person's address.
            self.close()
            self.ailing = True
            return Answer.LATER, _words(error.smtp_code, error.smtp_error)
        except smtplib.SMTPResponseException as error:
            return self._by_code(error.smtp_code, error.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            self.ailing = True
            return (Answer.INTERRUPTED if self.reached_data else Answer.LATER), str(error)[:WORDS_MAX]
        except ValueError as error:
            return Answer.REFUSED, str(error)[:WORDS_MAX]
        return Answer.ACCEPTED, ""

    def _by_code(self, code: int, words: Any) -> tuple[Answer, str]:
        if code == 421:
            # The server says goodbye after this.
            self.close()
            self.ailing = True
        return (Answer.REFUSED if 500 <= code < 600 else Answer.LATER), _words(code, words)

    def _watched(self, send: Any) -> Any:
        """Notice when the whole letter is on its way: before that, a loss is certain to have sent nothing."""

        def watched(data: Any) -> None:
            send(data)
            if isinstance(data, bytes) and data.endswith(_END_OF_LETTER):
                self.reached_data = True

        return watched

    def close(self) -> None:
        """Say goodbye if the line is still there."""
        self.is_open = False
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self.backend.close()


def _words(code: int, words: Any) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    return f"{code} {text}"[:WORDS_MAX]


def _says_unknown(code: int, words: str) -> bool:
    """Whether a refusal means that there is no such mailbox, rather than a full one or one that dislikes the letter."""
    enhanced = _ENHANCED.search(words)
    if enhanced:
        return enhanced.group() in _NO_MAILBOX
    return code in (550, 551, 553)
