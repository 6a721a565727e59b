"""A letter is written once for all to whom it says the same; what is each reader's own is put in afterwards."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from kalibaru.notifications.grouping import shortened
from kalibaru.notifications.styling import styled

SUBJECT_MAX = 120
# Nobody can write it into a text of theirs: it is another one in each process.
_MARK = secrets.token_hex(12)
_PLACE = re.compile(rf"{_MARK}([a-y0-9_]+)z")


def place(name: str) -> str:
    """Return what stands in a mould where something of the reader's own will stand (a name without "z")."""
    return f"{_MARK}{name}z"


@dataclass(frozen=True)
class Mould:
    """Subject, plain text and HTML."""

    subject: str
    text: str
    html: str

    def cast(self, own: Mapping[str, str]) -> "Mould":
        """Put in what is the reader's own."""
        return Mould(
            self.subject,
            _PLACE.sub(lambda found: own[found.group(1)], self.text),
            _PLACE.sub(lambda found: escape(own[found.group(1)]), self.html),
        )

    @property
    def size(self) -> int:
        """About how many bytes it has on the wire, without some hundred of headers."""
        return len(self.text.encode()) + len(self.html.encode())


def write(template: str, context: Mapping[str, Any]) -> Mould:
    """Render a letter in the active language."""
    whole = {**context, "site": settings.SITE_URL, "language": translation.get_language()}
    subject = " ".join(render_to_string(f"emails/{template}-subject.txt", whole).split())
    return Mould(
        shortened(subject, SUBJECT_MAX),
        render_to_string(f"emails/{template}-text.txt", whole).strip() + "\n",
        styled(render_to_string(f"emails/{template}-html.html", whole)),
    )
