"""Units of data, so that what is left of several plans adds up."""

from __future__ import annotations

from fractions import Fraction

_POWERS = {"B": 0, "BYTE": 0, "KB": 1, "MB": 2, "GB": 3, "TB": 4, "PB": 5}


def in_unit(quantity: Fraction, unit: str, wanted: str) -> Fraction | None:
    """The quantity in another unit; None where the two do not go together."""
    here, there = unit.upper(), wanted.upper()
    if here == there:
        return quantity
    if here not in _POWERS or there not in _POWERS:
        return None
    return quantity * Fraction(1024) ** (_POWERS[here] - _POWERS[there])
