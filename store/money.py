"""Amounts of money (Decimal with a currency) and quantities of plans (exact fractions)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from msgspec import Struct

from store.i18n import N_, _

CENT = Decimal("0.01")
_NOTHING = Decimal("0.00")
_NANO = Fraction(1, 10**9)
_WITHOUT_DECIMALS = frozenset({"JPY"})
"""Currencies that have no hundredths."""
_DATA_UNITS = {"B": 0, "BYTE": 0, "KB": 1, "MB": 2, "GB": 3, "TB": 4, "PB": 5}
"""The powers of 1024 of the units of data."""
CURRENCIES = (N_("CNY"), N_("USD"), N_("EUR"), N_("JPY"), N_("HKD"), N_("SGD"))
"""Currencies with a symbol in some languages; others are shown by their code."""


class Money(Struct, frozen=True):
    """An amount in one currency. Amounts in two currencies are never added."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return other.amount


def round_to_cents(amount: Decimal) -> Decimal:
    """The amount, rounded half up to the cent; never a negative zero."""
    return amount.quantize(CENT, ROUND_HALF_UP) + _NOTHING


def from_cents(cents: int) -> Decimal:
    """The amount of these hundredths."""
    return Decimal(cents).scaleb(-2)


def decimal_or_none(text: str | None) -> Decimal | None:
    """The stored amount; None for None."""
    return None if text is None else Decimal(text)


def sum_known(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of the amounts; None if one of them is unknown."""
    total = Decimal(0)
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def json_amount(amount: Decimal | None) -> str | None:
    """The amount for JSON: two decimals, no separators; None if unknown."""
    return None if amount is None else f"{amount:.2f}"


def currency_label(currency: str) -> str:
    """The currency before an amount: its code, or its symbol."""
    return _(currency) if currency in CURRENCIES else currency


def format_money(amount: Decimal, currency: str) -> str:
    """The amount for a person: `CNY 1,240.00`, in Chinese `¥1,240.00`, and `JPY 1,240`."""
    decimals = 0 if currency in _WITHOUT_DECIMALS and amount == int(amount) else 2
    return _("{currency} {amount}").format(
        currency=currency_label(currency), amount=f"{amount:,.{decimals}f}"
    )


def format_quantity(amount: Fraction) -> str:
    """At most nine decimals, no trailing zeros; a remainder is never shown as 0."""
    nanos = int(amount / _NANO + Fraction(1, 2))
    if amount and not nanos:
        nanos = 1
    whole, part = divmod(nanos, 10**9)
    return f"{whole}.{part:09d}".rstrip("0").rstrip(".")


def convert_unit(quantity: Fraction, unit: str, target: str) -> Fraction | None:
    """The quantity in another unit of data; None if the units are not convertible."""
    source, target = unit.upper(), target.upper()
    if source == target:
        return quantity
    if source not in _DATA_UNITS or target not in _DATA_UNITS:
        return None
    return quantity * Fraction(1024) ** (_DATA_UNITS[source] - _DATA_UNITS[target])
