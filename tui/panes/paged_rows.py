"""Rows that stay in the database: a page is read when one of its rows is needed."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from store.items.assessment import Assessment
from store.items.pages import PAGE, Entry, Listing, Position
from store.items.search import item_number, items_by_number
from tui.widgets.rows import Row

CACHED_PAGES = 64
"""Pages kept in memory: more than a person moves between."""

REMOVED_ROW = Row("", ())
"""Shown in place of a row that was counted and has been removed since."""

RowOf = Callable[[Assessment], Row]


class _CachedPages(ABC):
    """Rows by index, with a cache of the pages read last."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, index: int, /) -> Row:
        page = self._page(index // PAGE)
        return page[index % PAGE] if index % PAGE < len(page) else REMOVED_ROW

    def _page(self, number: int) -> list[Row]:
        if number in self._pages:
            self._pages.move_to_end(number)
            return self._pages[number]
        page = self._pages[number] = self._read(number)
        if len(self._pages) > CACHED_PAGES:
            self._pages.popitem(last=False)
        return page

    @abstractmethod
    def _read(self, number: int) -> list[Row]:
        """Read the rows of that page."""

    def index_of(self, key: str, /) -> int | None:
        """The index of the row with that key; None: there is no such row."""
        for number, page in self._pages.items():
            for index, row in enumerate(page):
                if row.key == key:
                    return number * PAGE + index
        return self._find_index(key)

    @abstractmethod
    def _find_index(self, key: str) -> int | None:
        """The index of a row that is on no cached page; None: there is no such row."""


class PagedRows(_CachedPages):
    """All rows of a listing. A page is read from the bounds of the page next to it, or from an
    end."""

    def __init__(
        self, listing: Listing, total: int, row_of: RowOf, *, reverse: bool = False
    ) -> None:
        super().__init__(total)
        self._listing, self._row_of, self._reverse = listing, row_of, reverse
        self._bounds: dict[int, tuple[Position, Position]] = {}
        """The first and the last position of each page read."""

    def is_near(self, key: str) -> bool:
        """Whether the row with that key is on the first page."""
        return any(row.key == key for row in self._page(0))

    def read_around(self, db: sqlite3.Connection, key: str) -> int | None:
        """Read the page of the row with that key and return the row's index; None: there is no such
        row. `db`: the connection of the calling thread."""
        listing, self._listing = self._listing, replace(self._listing, db=db)
        try:
            index = self.index_of(key)
            position = None if index is None else self._listing.position_of(key)
            if index is not None and position is not None and index // PAGE not in self._pages:
                before = self._entries(position, forward=False, size=index % PAGE + 1)
                start = before[-1][0] if len(before) > index % PAGE else None
                self._pages[index // PAGE] = self._rows(
                    index // PAGE, self._entries(start, forward=True, size=PAGE)
                )
            return index
        finally:
            self._listing = listing

    def _find_index(self, key: str) -> int | None:
        position = self._listing.position_of(key)
        if position is None:
            return None
        before = self._listing.before(position)
        return self._total - 1 - before if self._reverse else before

    def holds(self, key: str, /) -> bool:
        return self._listing.position_of(key) is not None

    def _read(self, number: int) -> list[Row]:
        size = min(PAGE, self._total - number * PAGE)
        last = (self._total - 1) // PAGE
        if number == 0:
            return self._rows(number, self._entries(None, forward=True, size=PAGE))
        if number - 1 in self._bounds:
            after = self._bounds[number - 1][1]
            return self._rows(number, self._entries(after, forward=True, size=PAGE))
        if number + 1 in self._bounds:
            before = self._bounds[number + 1][0]
            return self._rows(number, self._entries(before, forward=False, size=PAGE)[::-1])
        if number == last:
            return self._rows(number, self._entries(None, forward=False, size=size)[::-1])
        nearest = min((0, *self._bounds, last), key=lambda known: abs(known - number))
        step = 1 if nearest < number else -1
        for between in range(nearest, number, step):
            self._page(between)
        return self._read(number)

    def _entries(self, start: Position | None, *, forward: bool, size: int) -> list[Entry]:
        return self._listing.page(start, backward=forward is self._reverse, size=size)

    def _rows(self, number: int, entries: Sequence[Entry]) -> list[Row]:
        if entries:
            self._bounds[number] = entries[0][0], entries[-1][0]
        return [self._row_of(item) for _, item in entries]


class NumberedRows(_CachedPages):
    """Some rows of a listing, given by their row numbers: those that match a filter."""

    def __init__(self, listing: Listing, numbers: Sequence[int], row_of: RowOf) -> None:
        super().__init__(len(numbers))
        self._listing, self._numbers, self._row_of = listing, array("q", numbers), row_of

    def read_first(self, db: sqlite3.Connection) -> None:
        """Read the first page. `db`: the connection of the calling thread."""
        listing, self._listing = self._listing, replace(self._listing, db=db)
        try:
            self._page(0)
        finally:
            self._listing = listing

    def _find_index(self, key: str) -> int | None:
        number = item_number(self._listing, key)
        if number is None or number not in self._numbers:
            return None
        return self._numbers.index(number)

    def holds(self, key: str, /) -> bool:
        return self.index_of(key) is not None

    def _read(self, number: int) -> list[Row]:
        page = self._numbers[number * PAGE : (number + 1) * PAGE]
        return [self._row_of(item) for item in items_by_number(self._listing, page)]
