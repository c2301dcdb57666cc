"""Keyset pagination: pages of items in any order, read from a known position, never by OFFSET."""

# ruff: noqa: S608 - conditions are our own, values are bound

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from store.items.assessment import Assessment, Assessor
from store.items.queries import DATED, ROW
from store.items.sort_orders import IndexRange, Section, SortOrder, condition_values

PAGE = 64
"""Rows of a page: more than a screen shows."""

Position = tuple[int, Any, str, str]
"""An item's position in a sort order: index of its section, key, id, kind."""
Entry = tuple[Position, Assessment]
_BY_POSITION = itemgetter(0)


class Listing(Struct, frozen=True):
    """The items of an account in one sort order."""

    db: sqlite3.Connection
    account: str
    assessor: Assessor
    order: SortOrder
    undated: tuple[Entry, ...]
    """The undated items of the listing, sorted by position."""
    values: Mapping[str, Any]
    """The values bound to the conditions."""
    condition: str = "true"
    """An SQL condition on dated items."""

    @classmethod
    def of(
        cls,
        db: sqlite3.Connection,
        account: str,
        assessor: Assessor,
        order: SortOrder,
        undated: Sequence[Assessment],
    ) -> Listing:
        """All dated items of the account in that order, together with these undated ones."""
        entries = ((_position(order, assessment), assessment) for assessment in undated)
        values = {"account": account, **condition_values(assessor)}
        return cls(db, account, assessor, order, tuple(sorted(entries, key=_BY_POSITION)), values)

    def without(self, keys: Sequence[tuple[str, str]]) -> Listing:
        """The listing without the items of these kinds and ids."""
        if not keys:
            return self
        return replace(
            self,
            undated=tuple(entry for entry in self.undated if entry[0][:1:-1] not in keys),
            condition="(kind || ':' || id) NOT IN (SELECT value FROM json_each(:hidden))",
            values={**self.values, "hidden": json.dumps([":".join(key) for key in keys])},
        )

    def page(
        self, after: Position | None = None, *, backward: bool = False, size: int = PAGE
    ) -> list[Entry]:
        """Up to `size` entries after that position, or the first ones. `backward`: the entries
        before that position, or the last ones, in reverse order."""
        return list(islice(self._entries(after, backward=backward), size))

    def __iter__(self) -> Iterator[Entry]:
        """All entries, one at a time."""
        return self._entries(None, backward=False)

    def __len__(self) -> int:
        """The number of entries, counted along the indexes."""
        return sum(map(self._size, range(len(self.order.sections))))

    def before(self, position: Position) -> int:
        """The number of entries before that position, counted along the indexes."""
        number = position[0]
        return (
            sum(map(self._size, range(number)))
            + self._count(number, position)
            + sum(other[0] == number and other < position for other, _ in self.undated)
        )

    def position_of(self, item_id: str) -> Position | None:
        """The position of the item; None if it is not listed."""
        for position, assessment in self.undated:
            if assessment.item.id == item_id:
                return position
        for number, section in enumerate(self.order.sections):
            for index_range in section.ranges:
                row = self.db.execute(
                    f"SELECT {section.position_key(index_range)}, id, kind FROM items "
                    "INDEXED BY items_by_id "
                    f"WHERE {self._condition(index_range)} AND id = :item_id",
                    {**self.values, "item_id": item_id},
                ).fetchone()
                if row is not None:
                    return (number, *row)
        return None

    def _entries(self, after: Position | None, *, backward: bool) -> Iterator[Entry]:
        numbers = range(len(self.order.sections))
        for number in reversed(numbers) if backward else numbers:
            if after is not None and (number > after[0] if backward else number < after[0]):
                continue
            start = after if after is not None and after[0] == number else None
            yield from self._section(number, start, backward=backward)

    def _section(self, number: int, start: Position | None, *, backward: bool) -> Iterator[Entry]:
        undated = [
            entry
            for entry in (self.undated[::-1] if backward else self.undated)
            if entry[0][0] == number
            and (start is None or (entry[0] < start if backward else entry[0] > start))
        ]
        ranges = (
            self._range(number, index_range, start, backward=backward)
            for index_range in self.order.sections[number].ranges
        )
        return merge(*ranges, undated, key=_BY_POSITION, reverse=backward)

    def _range(
        self, number: int, along: IndexRange, start: Position | None, *, backward: bool
    ) -> Iterator[Entry]:
        section, turn = self.order.sections[number], "DESC" if backward else "ASC"
        condition, values = _compare_condition(section, along, start, "<" if backward else ">")
        rows = self.db.execute(
            f"SELECT {section.position_key(along)} AS position_key, {ROW} FROM items "
            f"INDEXED BY {along.index} WHERE {self._condition(along)} AND {condition} "
            f"ORDER BY {section.key} {turn}, id {turn}, kind {turn}",
            {**self.values, **values},
        )
        for row in rows:
            position = (number, row["position_key"], row["id"], row["kind"])
            yield position, self.assessor.assess(row)

    def _condition(self, along: IndexRange) -> str:
        return f"items.account = :account AND {DATED} AND {along.condition} AND {self.condition}"

    def _size(self, number: int) -> int:
        return self._count(number) + sum(position[0] == number for position, _ in self.undated)

    def _count(self, number: int, before: Position | None = None) -> int:
        section, count = self.order.sections[number], 0
        for index_range in section.ranges:
            condition, values = _compare_condition(section, index_range, before, "<")
            (size,) = self.db.execute(
                f"SELECT count(*) FROM items INDEXED BY {index_range.index} "
                f"WHERE {self._condition(index_range)} AND {condition}",
                {**self.values, **values},
            ).fetchone()
            count += size
        return count


def _position(order: SortOrder, assessment: Assessment) -> Position:
    return (*order.position_of(assessment), assessment.item.id, assessment.item.kind.value)


def _compare_condition(
    section: Section, along: IndexRange, position: Position | None, operator: str
) -> tuple[str, Mapping[str, Any]]:
    """An SQL condition for the dated items of a range before (<) or after (>) the position, and the
    values bound to it."""
    if position is None:
        return "true", {}
    _number, key, item_id, kind = position
    values = {"key": key - along.shift if along.shift else key, "id": item_id, "kind": kind}
    return f"({section.key}, id, kind) {operator} (:key, :id, :kind)", values
