"""What is wanted of dated items by words, and what each of the words is met by.

Words are looked for in the name, the Instance ID and the region; signs say what else shows
a word. How the first page of it is found is told in `store.items.search_plan`.
"""

# ruff: noqa: S608 - names and conditions are our own, values are bound

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Event
from typing import Any, Literal, TypeVar

from msgspec import Struct

from store.items.daily_totals import DATED
from store.items.index_ranges import Sign

T = TypeVar("T")
Part = Literal["all", "name", "id", "region", "none"]

STEPS = 10_000
"""Steps of SQLite between two looks at whether a search was overtaken."""
_ID_IN_WORDS = "instr(words, char(10) || lower(id) || char(10))"
_IN: dict[Part, str] = {
    "all": "instr(words, {word}) > 0",
    "name": "instr(words, {word}) > 0 AND "
    f"instr(substr(words, 1, {_ID_IN_WORDS} - 1), {{word}}) > 0",
    "id": "instr(words, {word}) > 0 AND instr(lower(id), {word}) > 0",
    "region": "instr(words, {word}) > 0 AND "
    f"instr(substr(words, {_ID_IN_WORDS} + length(id) + 2), {{word}}) > 0",
}
"""An index has all that is asked: a look into the rows of a million items takes seconds."""


class Overtaken(Exception):
    """The person has typed on: nobody waits for this search any more."""


class Wanted(Struct, frozen=True):
    """A casefolded word, and what else shows it."""

    word: str
    signs: Sequence[Sign] = ()
    part: Part = "all"
    """In which of an item's words it is looked for."""


class Search(Struct, frozen=True):
    """All that is wanted has to be in an item."""

    account: str
    wanted: Sequence[Wanted]
    moments: Mapping[str, Any]
    """What conditions refer to."""

    @property
    def condition(self) -> str:
        """What a dated item has to meet."""
        return self.without(-1)

    def without(self, left_out: int) -> str:
        """The condition of all words but that one."""
        numbers = (number for number in range(len(self.wanted)) if number != left_out)
        return " AND ".join(map(self.of_word, numbers)) or "true"

    def of_word(self, number: int) -> str:
        """The condition of one word; what words stand in is looked at last, since it may be
        in the item's row alone."""
        one = self.wanted[number]
        met = [f"({sign.arm.condition})" for sign in one.signs]
        if one.part in _IN:
            met.append(f"({_IN[one.part].format(word=f':word_{number}')})")
        return f"({' OR '.join(met) or 'false'})"

    @property
    def values(self) -> dict[str, Any]:
        """What the condition refers to."""
        words = {f"word_{number}": one.word for number, one in enumerate(self.wanted)}
        return {**self.moments, **words, "account": self.account}

    def count(self, db: sqlite3.Connection, stop: Event) -> int:
        """How many meet it. Once `stop` is set, the connection ends what it is at."""
        watch(db, stop)
        row = db.execute(
            "SELECT count(*) FROM items INDEXED BY items_by_words "
            f"WHERE account = :account AND {DATED} AND {self.condition}",
            self.values,
        ).fetchone()
        return int(row[0])


def watch(db: sqlite3.Connection, stop: Event) -> None:
    """Let the connection end what it is at, once `stop` is set."""
    db.set_progress_handler(stop.is_set, STEPS)


def in_time(
    db: sqlite3.Connection, stop: Event, seconds: float, asked: Callable[[], T]
) -> T | None:
    """What is asked of the connection, if it takes no longer than that; else None."""
    end, is_over = time.monotonic() + seconds, False

    def is_given_up() -> bool:
        nonlocal is_over
        is_over = time.monotonic() >= end
        return is_over or stop.is_set()

    db.set_progress_handler(is_given_up, STEPS)
    try:
        return asked()
    except sqlite3.OperationalError:
        if stop.is_set() or not is_over:
            raise
        return None
    finally:
        watch(db, stop)


def each(db: sqlite3.Connection, account: str, key: str, index: str) -> Iterator[Any]:
    """Each value of the key among the dated items once, known ones only, in their order: a
    step along the index for each of them."""
    further, low = "", None
    while True:
        row = db.execute(
            f"SELECT {key} FROM items INDEXED BY {index} WHERE account = :account AND {DATED} "
            f"AND {key} IS NOT NULL {further} ORDER BY {key} LIMIT 1",
            {"account": account, "low": low},
        ).fetchone()
        if row is None:
            return
        low, further = row[0], f"AND {key} > :low"
        yield low
