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
from itertools import groupby, islice
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from store.items.assessment import Assessment, Assessor
from store.items.daily_totals import DATED
from store.items.index_ranges import WORDS, Arm, Sign, Stretch, Way, during
from store.items.queries import Known
from store.items.rows import DATED_COLUMNS, dated_item
from store.times import from_epoch

Place = tuple[int, Any, str, str]
"""Where a row stands: its stretch, its key in there, its id, its kind."""
Placed = tuple[Place, Assessment]
Key = tuple[str, str]
"""An item's kind and its id."""
PAGE = 64
_COLUMNS = ", ".join((*DATED_COLUMNS, "missing_since"))


class Window(Struct, frozen=True):
    """The items of an account in one order. `undated` are sorted by their places."""

    db: sqlite3.Connection
    account: str
    judge: Assessor
    stretches: Sequence[Stretch]
    undated: Sequence[Placed] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    """What the conditions refer to."""
    narrowed: str = "true"
    """A condition that every dated item of the window meets besides."""
    ways: Sequence[Way] = ()
    """Where there are some, pages are read along each of them: together they lead to all that
    the window is narrowed to, and to nothing else. None: along its orders alone."""
    beside: Sequence[Place] = ()
    """Where those stand, in order, to which no way leads."""

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
        rows = self.db.cursor()
        rows.row_factory = None  # nobody asks for a column by its name
        rows.execute(
            f"SELECT {self._standing}, {_COLUMNS} FROM items "
            f"WHERE account = :account AND {DATED} AND {self.narrowed} "
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

    def sifted(self, *, back: bool = False, size: int = PAGE) -> list[Placed]:
        """The same page as the first that is walked to, or the last: by one look at each item,
        along the index that has what words are looked for in."""
        turn = "DESC" if back else "ASC"
        rows = self.db.execute(
            f"SELECT {self._standing}, id, kind FROM items INDEXED BY {WORDS} "
            f"WHERE account = :account AND {DATED} AND {self.narrowed} AND number IS NOT NULL "
            f"ORDER BY number {turn}, place {turn}, id {turn}, kind {turn} LIMIT :size",
            {**self.values, "account": self.account, "size": size},
        )
        places = sorted([*map(tuple, rows), *map(_place, self.undated)], reverse=back)
        return self.at(places[:size])

    @property
    def _standing(self) -> str:
        """Where an item stands, as columns: its stretch and its key in there."""
        arms = [
            (f"WHEN {arm.condition} THEN", number, stretch.place)
            for number, stretch in enumerate(self.stretches)
            for arm in stretch.arms
        ]
        arms.sort(key=lambda arm: len(arm[0]))  # most rows run, which is asked in few words
        number = " ".join(f"{when} {number}" for when, number, _ in arms)
        place = " ".join(f"{when} {place}" for when, _, place in arms)
        return f"CASE {number} END AS number, CASE {place} END AS place"

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
        """Where those of the dated items stand that are in this window, in order."""
        found = f"{self._standing}, items.id, items.kind"
        rows = self._of(keys, found, f"{self.narrowed} AND number IS NOT NULL")
        return sorted(map(tuple, rows))

    def shown_by(self, sign: Sign) -> list[Place]:
        """Where all of the dated items stand that show the sign, in any order: narrowed or not."""
        found = f"SELECT {self._standing}, id, kind {_showing(sign)} AND number IS NOT NULL"
        return [tuple(row) for row in self.db.execute(found, self._values_for(sign))]

    def how_many(self, sign: Sign, most: int) -> int:
        """How many show the sign, or so many if they are more."""
        counted = f"SELECT count(*) FROM (SELECT 1 {_showing(sign)} LIMIT {most})"
        return int(self.db.execute(counted, self._values_for(sign)).fetchone()[0])

    def _values_for(self, sign: Sign) -> dict[str, Any]:
        return {**self.values, "account": self.account, "spans": json.dumps(sign.spans)}

    @property
    def all_beside(self) -> list[Place]:
        """Where those stand that are beside the ways, and the undated ones."""
        return sorted([*self.beside, *map(_place, self.undated)])

    def at(self, places: Sequence[Place]) -> list[Placed]:
        """The rows that stand there."""
        found = dict(self.undated)
        if dated := [place[:1:-1] for place in places if place not in found]:
            rows = self._of(dated, f"NULL, NULL, {_COLUMNS}", "true")
            seen = {place[2:]: one for place, one in map(self._placed, rows)}
            found |= {place: seen[place[2:]] for place in places if place[2:] in seen}
        return [(place, found[place]) for place in places if place in found]

    def _at_all(self, places: Sequence[Place]) -> Iterator[Placed]:
        """The same, page by page as they are asked for."""
        for first in range(0, len(places), PAGE):
            yield from self.at(places[first : first + PAGE])

    def _of(self, keys: Iterable[Key], columns: str, condition: str) -> Iterator[Any]:
        """These columns of the items with these keys that meet the condition."""
        ids = dict[str, list[str]]()
        for kind, item_id in keys:
            ids.setdefault(kind, []).append(item_id)
        for kind, wanted in ids.items():
            yield from self.db.execute(
                f"SELECT {columns} FROM (SELECT value AS wanted FROM json_each(:wanted)) "
                "CROSS JOIN items ON account = :account AND items.kind = :of_kind "
                f"AND items.id = wanted WHERE {condition}",
                {
                    **self.values, "account": self.account, "of_kind": kind,
                    "wanted": json.dumps(wanted),
                },
            )  # fmt: skip

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
        all_beside = self.all_beside[::-1] if back else self.all_beside
        numbers: Iterable[int] = range(first, len(self.stretches))
        for number in reversed(range(first, len(self.stretches))) if back else numbers:
            if place is not None and (number > place[0] if back else number < place[0]):
                continue
            beside = [
                each
                for each in all_beside
                if each[0] == number and (place is None or (each < place if back else each > place))
            ]
            start = place if place is not None and place[0] == number else None
            arms = [
                self._along(number, way.on(arm), start, back=back, size=size)
                for arm in self.stretches[number].arms
                for way in self.ways or (Way(rest=self.narrowed),)
            ]
            met = merge(*arms, self._at_all(beside), key=_place, reverse=back)
            yield from (next(same) for _place_of_all, same in groupby(met, _place))

    def _along(
        self, number: int, way: Way, start: Place | None, *, back: bool, size: int
    ) -> Iterator[Placed]:
        """Rows are looked up one by one, and only in their order: it takes ten times as long
        as a step along an index that has what is asked."""
        stretch, turn = self.stretches[number], "DESC" if back else "ASC"
        met, rest = [way.arm.condition], way.rest
        if way.arm.index == WORDS:
            met, rest = [*met, rest], "true"
        values = {**self.values, "account": self.account, "size": size}
        if start is not None:
            met.append(f"({stretch.key}, id, kind) {'<' if back else '>'} (:key, :id, :kind)")
            values |= _named(start, stretch)
        keys = (
            f"SELECT {stretch.place} AS place, account, kind, id FROM items "
            f"INDEXED BY {way.arm.index} "
            f"WHERE account = :account AND {DATED} AND {' AND '.join(met)} "
            f"ORDER BY {stretch.key} {turn}, id {turn}, kind {turn} "
            f"LIMIT {':size' if rest == 'true' else '-1'}"
        )
        rows = self.db.execute(
            f"SELECT {number} AS number, keys.place, {_COLUMNS} FROM ({keys}) AS keys "
            f"CROSS JOIN items USING (account, kind, id) WHERE {rest} LIMIT :size",
            values,
        )
        return map(self._placed, rows)

    def _placed(self, row: sqlite3.Row) -> Placed:
        """The item of a row that begins with its place."""
        number, key, item_id, kind, name, region, ends_at, months, price, gone = row
        item = dated_item(item_id, kind, name, region, ends_at, months, price)
        known = Known(item, None if gone is None else from_epoch(gone))
        return (number, key, item_id, kind), self.judge.see(known)

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


def _showing(sign: Sign) -> str:
    """From the items that show it, each once, where its spans are apart."""
    items, arm = f"items INDEXED BY {sign.arm.index}", sign.arm
    if sign.spans:
        spans = (
            "SELECT json_extract(value, '$[0]') AS low, json_extract(value, '$[1]') AS high "
            "FROM json_each(:spans)"
        )
        items = f"({spans}) CROSS JOIN {items}"
        arm = during("low", "high").met_with(arm)
    return f"FROM {items} WHERE account = :account AND {DATED} AND {arm.condition}"


def _place(row: Placed) -> Place:
    return row[0]


def _named(place: Place, stretch: Stretch) -> dict[str, Any]:
    key = place[1] - stretch.shift if stretch.shift else place[1]
    return {"key": key, "id": place[2], "kind": place[3]}
