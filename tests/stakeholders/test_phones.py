"""Telephone numbers."""

import pytest
from django.core.exceptions import ValidationError

from stakeholders.phones import e164


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("+62 (0)812 3456 7890", "+6281234567890"),
        ("812 3456 7890", "+6281234567890"),
        ("(021) 430.1234", "+62214301234"),
        ("+31 20 123 4567", "+31201234567"),
        ("0062 812 3456 7890", "+6281234567890"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_number_is_kept_as_it_is_dialled_from_anywhere(typed, kept):
    assert e164(typed) == kept


@pytest.mark.parametrize("typed", ["abc", "0812", "+0812345678", "08" + "1" * 30, "12345678", "٠٨١٢٣٤٥٦٧٨٩"])
def test_what_is_no_number_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError, match="0812-3456-7890"):
        e164(typed)
