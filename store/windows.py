"""Windows on the items of an account: any order of any size, read a page at a time.

An order is a row of stretches; in each of them the database's dated items follow one
another along an index. The few items that are judged together stand between them, each at
its own place. A page is read from a place that is known, never by counting up to it.
"""

# ruff: noqa: S608 - names and conditions are our own, values are bound

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from store.days import DATED
from store.judging import Judge, Seen
from store.reads import Known
from store.rows import DATED_COLUMNS, dated_item

Place = tuple[int, Any, str, str]
"""Where a row stands: its stretch, its key in there, its id, its kind."""
Placed = tuple[Place, Seen]
Key = tuple[str, str]
"""An item's kind and its id."""
PAGE = 64
_COLUMNS = ", ".join((*DATED_COLUMNS, "missing_since"))


class Arm(Struct, frozen=True):
    """Dated items that meet a condition, found along an index."""

    condition: str
    index: str = "items_by_end"


class Stretch(Struct, frozen=True):
    """Dated items in the order of a key, then id and kind. Each is of one arm at most."""

    arms: tuple[Arm, ...] = ()
    key: str = "id"
    shift: int = 0
    """What is added to the key, so that items of other kinds compare with it."""

    @property
    def place(self) -> str:
        """The key as it stands in places."""
        return f"{self.key} + {self.shift}" if self.shift else self.key


class Window(Struct, frozen=True):
    """The items of an account in one order. `undated` are sorted by their places."""

    db: sqlite3.Connection
    account: str
    judge: Judge
    stretches: Sequence[Stretch]
    undated: Sequence[Placed] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    """What the conditions refer to."""
    narrowed: str = "true"
    """A condition that every dated item of the window meets besides."""

    def narrowed_to(self, condition: str, values: Mapping[str, Any]) -> Window:
        """This window with only the dated items that meet the condition."""
        return replace(self, narrowed=f"({condition})", values={**self.values, **values})

    def page(
        self, place: Place | None = None, *, back: bool = False, size: int = PAGE
    ) -> list[Placed]:
        """The rows after that place (None: from the first), or before it (from the last),
        which then come in reverse."""
        return list(islice(self._walk(place, back=back, size=size), size))

    def rows(self) -> Iterator[Placed]:
        """All rows, one at a time."""
        yield from self._walk(None)

    def every(self) -> Iterator[Placed]:
        """All rows, one at a time, for who reads to the end: read through once and sorted,
        since to find each of them along an index costs three times as much."""
        arms = [
            (f"WHEN {arm.condition} THEN", number, stretch.place)
            for number, stretch in enumerate(self.stretches)
            for arm in stretch.arms
        ]
        arms.sort(key=lambda arm: len(arm[0]))  # most rows run, which is asked in few words
        number = " ".join(f"{when} {number}" for when, number, _ in arms)
        place = " ".join(f"{when} {place}" for when, _, place in arms)
        rows = self.db.execute(
            f"SELECT CASE {number} END AS number, CASE {place} END AS place, {_COLUMNS} "
            f"FROM items WHERE account = :account AND {DATED} AND {self.narrowed} "
            "AND number IS NOT NULL ORDER BY number, place, id, kind",
            {**self.values, "account": self.account},
        )
        beside = iter(self.undated)
        coming = next(beside, None)
        for placed in map(self._placed, rows):
            while coming is not None and coming[0] < placed[0]:
                yield coming
                coming = next(beside, None)
            yield placed
        if coming is not None:
            yield coming
            yield from beside

    def page_at(self, index: int, size: int = PAGE) -> list[Placed]:
        """The rows from the one with that number on: the way into the unseen middle."""
        for number in range(len(self.stretches)):
            here = self._size(number)
            if index < here:
                place = self._place_before(number, index)
                return list(islice(self._walk(place, first=number, size=size), size))
            index -= here
        return []

    def __len__(self) -> int:
        """How many rows there are, counted one by one."""
        return sum(self._size(each) for each in range(len(self.stretches)))

    def before(self, place: Place) -> int:
        """How many rows stand before that place, counted one by one."""
        return (
            sum(self._size(number) for number in range(place[0]))
            + self._dated_before(place)
            + sum(one < place for one in self._beside(place[0]))
        )

    def places(self, keys: Iterable[Key]) -> list[Place]:
        """Where those of the dated items stand that are in this window, among the others."""
        standing = " UNION ALL ".join(
            f"SELECT {number}, {stretch.place}, id, kind FROM found WHERE {arm.condition}"
            for number, stretch in enumerate(self.stretches)
            for arm in stretch.arms
        )
        rows = self._of(keys, self.narrowed, f"SELECT * FROM ({standing})")
        return sorted([*map(tuple, rows), *map(_place, self.undated)])

    def at(self, places: Sequence[Place]) -> list[Placed]:
        """The rows that stand there."""
        found = dict(self.undated)
        if dated := [place[:1:-1] for place in places if place not in found]:
            rows = self._of(dated, "true", f"SELECT NULL, NULL, {_COLUMNS} FROM found")
            seen = {place[2:]: one for place, one in map(self._placed, rows)}
            found |= {place: seen[place[2:]] for place in places if place[2:] in seen}
        return [(place, found[place]) for place in places if place in found]

    def _of(self, keys: Iterable[Key], condition: str, select: str) -> Iterable[Any]:
        """Asks of `found`: the items with these keys that meet the condition."""
        return self.db.execute(
            "WITH found AS MATERIALIZED (SELECT items.* FROM "
            "(SELECT json_extract(value, '$[0]') AS kind_wanted, "
            "json_extract(value, '$[1]') AS id_wanted FROM json_each(:keys)) "
            "CROSS JOIN items ON items.account = :account AND items.kind = kind_wanted "
            f"AND items.id = id_wanted WHERE {condition}) {select}",
            {**self.values, "account": self.account, "keys": json.dumps(list(keys))},
        )

    def place_of(self, item_id: str) -> Place | None:
        """Where the item stands; None: it is not in this window."""
        for place, seen in self.undated:
            if seen.item.id == item_id:
                return place
        values = {**self.values, "account": self.account, "item_id": item_id}
        for number, stretch in enumerate(self.stretches):
            for arm in stretch.arms:
                row = self.db.execute(
                    f"SELECT {stretch.place}, id, kind FROM items INDEXED BY items_by_id "
                    f"WHERE {self._met(arm)} AND id = :item_id",
                    values,
                ).fetchone()
                if row is not None:
                    return number, *row
        return None

    def _walk(
        self, place: Place | None, *, first: int = 0, back: bool = False, size: int = -1
    ) -> Iterator[Placed]:
        numbers: Iterable[int] = range(first, len(self.stretches))
        for number in reversed(range(first, len(self.stretches))) if back else numbers:
            if place is not None and (number > place[0] if back else number < place[0]):
                continue
            beside = [one for one in self.undated if one[0][0] == number]
            if place is not None:
                beside = [one for one in beside if (one[0] < place if back else one[0] > place)]
            if back:
                beside.reverse()
            start = place if place is not None and place[0] == number else None
            arms = [
                self._along(number, arm, start, back=back, size=size)
                for arm in self.stretches[number].arms
            ]
            yield from merge(*arms, beside, key=_place, reverse=back)

    def _along(
        self, number: int, arm: Arm, start: Place | None, *, back: bool, size: int
    ) -> Iterator[Placed]:
        stretch, turn = self.stretches[number], "DESC" if back else "ASC"
        values = {**self.values, "account": self.account, "size": size}
        after = ""
        if start is not None:
            after = f"AND ({stretch.key}, id, kind) {'<' if back else '>'} (:key, :id, :kind)"
            values |= _named(start, stretch)
        keys = (
            f"SELECT {stretch.place} AS place, account, kind, id FROM items "
            f"INDEXED BY {arm.index} "
            f"WHERE {self._met(arm)} {after} "
            f"ORDER BY {stretch.key} {turn}, id {turn}, kind {turn} LIMIT :size"
        )
        rows = self.db.execute(
            f"SELECT {number} AS number, keys.place, {_COLUMNS} FROM ({keys}) AS keys "
            "CROSS JOIN items USING (account, kind, id)",
            values,
        )
        return map(self._placed, rows)

    def _placed(self, row: sqlite3.Row) -> Placed:
        """The item of a row that begins with its place."""
        number, key, item_id, kind, name, region, ends_at, months, price, gone = row
        item = dated_item(item_id, kind, name, region, ends_at, months, price)
        return (number, key, item_id, kind), self.judge.see(Known(item, gone is not None))

    def _met(self, arm: Arm) -> str:
        return f"account = :account AND {DATED} AND {arm.condition} AND {self.narrowed}"

    def _beside(self, number: int) -> list[Place]:
        return [place for place, _ in self.undated if place[0] == number]

    def _size(self, number: int) -> int:
        return len(self._beside(number)) + self._count(number, "", {})

    def _dated_before(self, place: Place) -> int:
        stretch = self.stretches[place[0]]
        before = f"AND ({stretch.key}, id, kind) < (:key, :id, :kind)"
        return self._count(place[0], before, _named(place, stretch))

    def _count(self, number: int, more: str, values: dict[str, Any]) -> int:
        values = {**self.values, "account": self.account, **values}
        total = 0
        for arm in self.stretches[number].arms:
            total += self.db.execute(
                f"SELECT count(*) FROM items INDEXED BY {arm.index} WHERE {self._met(arm)} {more}",
                values,
            ).fetchone()[0]
        return total

    def _place_before(self, number: int, index: int) -> Place | None:
        """The place just before the row of that number in the stretch; None: it is the first."""
        beside = self._beside(number)
        passed = bisect_left(
            range(len(beside)), index, key=lambda each: each + self._dated_before(beside[each])
        )
        places = beside[passed - 1 : passed] if passed else []
        if index > passed:
            places.append(self._dated_at(number, index - passed - 1))
        return max(places, default=None)

    def _dated_at(self, number: int, index: int) -> Place:
        stretch = self.stretches[number]
        arms = " UNION ALL ".join(
            f"SELECT {stretch.place}, id, kind FROM items INDEXED BY {arm.index} "
            f"WHERE {self._met(arm)}"
            for arm in stretch.arms
        )
        row = self.db.execute(
            f"{arms} ORDER BY 1, 2, 3 LIMIT 1 OFFSET :index",
            {**self.values, "account": self.account, "index": index},
        ).fetchone()
        return number, *row


def _place(row: Placed) -> Place:
    return row[0]


def _named(place: Place, stretch: Stretch) -> dict[str, Any]:
    key = place[1] - stretch.shift if stretch.shift else place[1]
    return {"key": key, "id": place[2], "kind": place[3]}
