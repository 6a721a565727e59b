"""What the portal shows of an amount, it reads again as the same amount."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kalibaru.core.money import RupiahField, read_rupiah

amounts = st.decimals(min_value=0, max_value=Decimal("999999999999999.99"), places=2)


@given(amounts)
def test_a_shown_amount_is_read_as_itself(amount):
    assert read_rupiah(RupiahField().prepare_value(amount)) == amount


@given(st.integers(0, 999), st.integers(0, 9), st.sampled_from([("juta", 6), ("miliar", 9), ("triliun", 12)]))
def test_spoken_amounts_are_read_in_their_scale(whole, tenth, scale):
    word, power = scale
    assert read_rupiah(f"Rp {whole},{tenth} {word}") == (Decimal(whole) + Decimal(tenth) / 10) * 10**power


@given(st.text(max_size=40))
def test_any_other_text_is_an_amount_or_a_clear_refusal(text):
    try:
        value = read_rupiah(text)
    except ValueError:
        return
    assert value is None or value >= 0
