"""Answers with one unexpected value."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]

REMOVED = object()
ODD: dict[str, Any] = {
    "removed": REMOVED,
    "null": None,
    "an empty text": "",
    "an empty list": [],
    "an empty object": {},
    "a text": "nonsense",
    "a number": 7,
    "a huge number": 1e300,
    "a number of 30 digits": 10**30,
    "a list": [["nonsense"], 7, None],
    "an object": {"nonsense": {"nonsense": 7}},
    "a huge text": "9" * 100_000,
}
"""What stands in place of a value."""


def paths(value: Any, here: Path = ()) -> Iterator[Path]:
    """Every place in a JSON document, the document itself first."""
    yield here
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from paths(inner, (*here, name))
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from paths(inner, (*here, number))


def paired(document: Any) -> Iterator[tuple[Path, str]]:
    """Every place and every odd value once at least, in pairs that are others each time: the seed
    is the test run's own. `python -m tests.fire --answers` plays all of them."""
    places, names = list(paths(document)), sorted(ODD)
    random.shuffle(places)
    random.shuffle(names)
    for number in range(max(len(places), len(names))):
        yield places[number % len(places)], names[number % len(names)]


def changed(document: Any, path: Path, odd: Any) -> Any:
    """The document with this value in that place, or without it."""
    if not path:
        return {} if odd is REMOVED else odd
    whole = copy.deepcopy(document)
    inner = whole
    for step in path[:-1]:
        inner = inner[step]
    if odd is REMOVED:
        del inner[path[-1]]
    else:
        inner[path[-1]] = odd
    return whole
