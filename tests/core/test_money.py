"""Rupiah is read as people write it."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from kalibaru.core.money import QuantityField, RupiahField, read_rupiah


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("", None),
        ("   ", None),
        ("0", "0"),
        ("1500000", "1500000"),
        ("1.500.000", "1500000"),
        ("1,500,000", "1500000"),
        ("Rp 1.500.000", "1500000"),
        ("Rp1.500.000,-", "1500000"),
        ("Rp. 1.500.000,50", "1500000.50"),
        ("1,500,000.5", "1500000.50"),
        ("1.500", "1500"),
        ("1,5", "1.50"),
        ("1,5 juta", "1500000"),
        ("1.5jt", "1500000"),
        ("1,250 juta", "1250000"),
        ("2 miliar", "2000000000"),
        ("2,25 M", "2250000000"),
        ("IDR 750 ribu", "750000"),
    ],
)
def test_rupiah_is_read_in_every_common_form(text, amount):
    assert read_rupiah(text) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    "text", ["-5", "banyak", "1.50.000", "1..5", "5 lusin", "1e9", "٣", "9" * 30, "1,2.3,4", "=1+1", "10%"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError):
        read_rupiah(text)


def test_rupiah_field_says_how_to_write_an_amount():
    with pytest.raises(ValidationError, match="1,5 juta"):
        RupiahField(required=False).clean("-1")


def test_stored_amount_is_shown_with_points():
    assert RupiahField().prepare_value(Decimal("1500000.00")) == "1.500.000"
    assert RupiahField().prepare_value("1,5 juta") == "1,5 juta"


def test_quantity_is_read_and_shown_in_indonesian_form():
    field = QuantityField(required=False)
    assert field.clean("1.250,5") == Decimal("1250.5")
    assert field.prepare_value(Decimal("1250.50")) == "1.250,50"
    assert field.prepare_value(Decimal("80.00")) == "80"
    with pytest.raises(ValidationError):
        field.clean("-1")


def test_hidden_first_value_is_compared_as_an_amount():
    field = RupiahField(required=False)
    assert not field.has_changed("", "")
    assert not field.has_changed("1.500.000", "1,5 juta")
    assert field.has_changed("", "5")
