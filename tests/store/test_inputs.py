"""What may be entered: IDs, amounts, days, lengths of texts."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from store.errors import Usage
from store.inputs import (
    LONGEST_CLOUD_ID,
    check_length,
    is_id,
    parse_amount,
    parse_day,
    parse_shown_amount,
)
from tui.text import use_language


@pytest.mark.parametrize("text", ["1", "0.01", "1240.00", "999999999999999.99", "5.5"])
def test_an_amount_is_digits_with_at_most_two_decimals(text: str) -> None:
    assert parse_amount(text) == parse_shown_amount(text) == Decimal(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "0", "0.00", "-1", "+1", "1.234", "1e3", "１", "NaN", ".5", "5.", " 1",
        "1" * 16,
    ],
)  # fmt: skip
def test_what_is_no_amount(text: str) -> None:
    for parse in (parse_amount, parse_shown_amount):
        with pytest.raises(Usage):
            parse(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,000", "1000"),
        ("18,060.00", "18060.00"),
        ("999,999,999,999,999.99", "999999999999999.99"),
    ],
)
def test_a_form_takes_an_amount_as_it_is_shown(text: str, amount: str) -> None:
    assert parse_shown_amount(text) == Decimal(amount)
    with pytest.raises(Usage):
        parse_amount(text)


def test_a_form_takes_the_currency_of_the_account_before_the_amount() -> None:
    assert parse_shown_amount("CNY 3,624.10", "CNY") == Decimal("3624.10")
    for text, currency in (("USD 1", "CNY"), ("CNY 1", ""), ("CNY", "CNY"), ("CNY -1", "CNY")):
        with pytest.raises(Usage):
            parse_shown_amount(text, currency)
    use_language("zh")
    assert parse_shown_amount("¥3,624.10", "CNY") == Decimal("3624.10")


@pytest.mark.parametrize(
    "text", ["1,00", "1000,000", ",100", "0,000", "1,000,", "1.000,00", "1" + ",000" * 5]
)
def test_a_separator_at_another_place_is_refused(text: str) -> None:
    with pytest.raises(Usage):
        parse_shown_amount(text)


def test_an_id_is_letters_digits_and_four_signs() -> None:
    assert is_id("iot-060a_0.b:cd")
    assert not any(map(is_id, ("", "a b", "ä", "a\n", "１", "a" * 65)))
    assert is_id("a" * 64)
    assert is_id("a" * 128, LONGEST_CLOUD_ID)
    assert not is_id("a" * 129, LONGEST_CLOUD_ID)


def test_a_day_begins_at_midnight_of_utc8() -> None:
    assert parse_day("2026-12-01") == datetime(2026, 11, 30, 16, tzinfo=UTC)
    for text in ("", "2026-2-1", "2026-02-30", "1 Dec 2026", "2026-12-01T00:00", "1999-12-31"):
        with pytest.raises(Usage):
            parse_day(text)


def test_a_text_has_at_most_1000_characters() -> None:
    assert check_length("字" * 1000) == "字" * 1000
    with pytest.raises(Usage):
        check_length("字" * 1001)
