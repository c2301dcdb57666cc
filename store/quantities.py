"""Quantities of a plan: exact fractions inside, decimals outside."""

from __future__ import annotations

from fractions import Fraction

_NANO = Fraction(1, 10**9)


def quantity(amount: Fraction) -> str:
    """At most nine decimals, no trailing zeros; what is left is never shown as 0."""
    nanos = int(amount / _NANO + Fraction(1, 2))
    if amount and not nanos:
        nanos = 1
    whole, part = divmod(nanos, 10**9)
    return f"{whole}.{part:09d}".rstrip("0").rstrip(".")
