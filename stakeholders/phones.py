"""Telephone numbers as they are dialled from anywhere: +62…"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_E164 = re.compile(r"\+[1-9]\d{7,14}")


def e164(text: str) -> str:
    """Return "0812-3456-7890", "62 812…" or "+62 812…" as "+628123456789…"; "" stays "". Raises ValidationError."""
    typed = re.sub(r"[\s().\-/]", "", text)
    if not typed:
        return ""
    if typed.startswith("00"):
        typed = "+" + typed[2:]
    elif typed.startswith("0"):
        typed = "+62" + typed[1:]
    elif typed.startswith("62"):
        typed = "+" + typed
    elif typed.startswith("8"):
        typed = "+62" + typed
    typed = re.sub(r"^\+620", "+62", typed)
    if not _E164.fullmatch(typed) or not typed.isascii():
        raise ValidationError(_("Tulis nomor telepon seperti 0812-3456-7890 atau +62 812 3456 7890."))
    return typed
