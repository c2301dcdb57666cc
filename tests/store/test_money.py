"""Amounts: Decimal with a currency."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.money import Money, json_amount, round_to_cents


def test_unknown_is_not_zero() -> None:
    assert json_amount(None) is None
    assert json_amount(Decimal(0)) == "0.00"


def test_two_currencies_never_meet() -> None:
    yuan, dollars = Money(Decimal(1), "CNY"), Money(Decimal(1), "USD")
    for meet in (lambda: yuan + dollars, lambda: yuan - dollars, lambda: yuan < dollars):
        with pytest.raises(ValueError, match="CNY and USD"):
            meet()
    assert (yuan + yuan - yuan) == yuan
    assert yuan <= yuan + yuan


@given(st.decimals(0, 10**9, places=5))
def test_cents_are_rounded_half_up(amount: Decimal) -> None:
    assert abs(round_to_cents(amount) - amount) <= Decimal("0.005")
    assert round_to_cents(Decimal("0.005")) == Decimal("0.01")
