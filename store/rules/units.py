"""Units of data, so that the remaining amounts of several plans can be added."""

from __future__ import annotations

from fractions import Fraction

_POWERS = {"B": 0, "BYTE": 0, "KB": 1, "MB": 2, "GB": 3, "TB": 4, "PB": 5}


def convert_unit(quantity: Fraction, unit: str, target: str) -> Fraction | None:
    """The quantity in another unit; None if the units are not convertible."""
    source, target = unit.upper(), target.upper()
    if source == target:
        return quantity
    if source not in _POWERS or target not in _POWERS:
        return None
    return quantity * Fraction(1024) ** (_POWERS[source] - _POWERS[target])
