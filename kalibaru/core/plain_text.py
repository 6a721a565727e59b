"""What a person may type: no signs that steer a terminal or turn a line around, and something to see.

Letters of every writing are welcome; a right-to-left script needs no override signs, the browser isolates it.
"""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_LINES = frozenset("\t\n\r")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_steering(sign: str) -> bool:
    """Return whether a sign is a control character (lines and tabs are not) or turns the direction of what follows."""
    return sign in _TURNING or (unicodedata.category(sign) == "Cc" and sign not in _LINES)


def validate_plain_text(text: Any) -> None:
    """Raise ValidationError for steering signs, and for text of which nothing can be seen."""
    if not isinstance(text, str) or not text:
        return
    if any(is_steering(sign) for sign in text):
        raise ValidationError(
            _("Ada tanda tersembunyi yang tidak bisa disimpan. Hapus, lalu ketik ulang bagian itu."), code="steering"
        )
    if all(unicodedata.category(sign)[0] in "CZ" for sign in text):
        raise ValidationError(_("Isian ini tidak berisi huruf atau angka yang terlihat."), code="invisible")


def hold_every_form_to_it() -> None:
    """Give the rule to each text field of each form, also to those of Django, allauth and the back office."""
    if validate_plain_text not in forms.CharField.default_validators:
        forms.CharField.default_validators = [*forms.CharField.default_validators, validate_plain_text]
