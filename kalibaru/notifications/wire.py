"""One open connection to the mail server, and its answers in four words."""

import contextlib
import enum
import smtplib
from typing import Any, Self

from django.core.mail import EmailMultiAlternatives, get_connection

WORDS_MAX = 500


class ServerAway(Exception):
    """The mail server takes no connection now."""


class Answer(enum.Enum):
    """What became of a letter: accepted; later (4xx, or nothing was handed over); refused for good; nobody knows."""

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    INTERRUPTED = "interrupted"


class Wire:
    """A connection of Django's mail backend (SMTP, a provider's, files), opened when first needed and after a loss."""

    def __init__(self) -> None:
        self.backend = get_connection()
        self.is_open = False
        self.reached_data = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._close()

    def open(self) -> None:
        """Connect unless connected; raise ServerAway if the server takes no connection."""
        if self.is_open:
            return
        try:
            self.backend.open()
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            raise ServerAway(str(error)) from error
        self.is_open = True
        smtp = getattr(self.backend, "connection", None)
        if isinstance(smtp, smtplib.SMTP):
            smtp.data = self._watched(smtp.data)  # type: ignore[method-assign]

    def send(self, letter: EmailMultiAlternatives) -> tuple[Answer, str]:
        """Hand over one letter; return the answer and the server's words."""
        self.reached_data = False
        try:
            self.backend.send_messages([letter])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            return self._by_code(code, words)
        except smtplib.SMTPSenderRefused as error:
            # The sender is this portal: a refusal is a fault of its settings, not of the person's address.
            self._close()
            return Answer.LATER, _words(error.smtp_code, error.smtp_error)
        except smtplib.SMTPResponseException as error:
            return self._by_code(error.smtp_code, error.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            return (Answer.INTERRUPTED if self.reached_data else Answer.LATER), str(error)[:WORDS_MAX]
        except ValueError as error:
            return Answer.REFUSED, str(error)[:WORDS_MAX]
        return Answer.ACCEPTED, ""

    def _by_code(self, code: int, words: Any) -> tuple[Answer, str]:
        if code == 421:
            # The server says goodbye after this.
            self._close()
        return (Answer.REFUSED if 500 <= code < 600 else Answer.LATER), _words(code, words)

    def _watched(self, data: Any) -> Any:
        """Notice when the letter itself goes over the wire: before that, a loss is certain to have sent nothing."""

        def watched(message: Any) -> Any:
            self.reached_data = True
            return data(message)

        return watched

    def _close(self) -> None:
        self.is_open = False
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self.backend.close()


def _words(code: int, words: Any) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    return f"{code} {text}"[:WORDS_MAX]
