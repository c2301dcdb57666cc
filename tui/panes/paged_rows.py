"""Rows that stay in the database: pages are read as they are shown, next to known ones."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from store.items.assessment import Assessment
from store.items.pages import PAGE, Place, Placed, Window
from tui.widgets.rows import Row

KEPT = 64
"""Pages that are kept: more than a person goes back and forth in."""

GONE = Row("", ())
"""What stands where a row was read that is no longer there."""


class WindowRows:
    """A window on the store as the rows of a table."""

    def __init__(
        self,
        window: Window,
        total: int,
        row: Callable[[Assessment], Row],
        *,
        reverse: bool = False,
        places: Sequence[Place] | None = None,
    ) -> None:
        """`places`: all of the window's, where they are few and known; else it is walked."""
        self._window, self._total, self._row = window, total, row
        self._reverse = reverse
        self._places = places[::-1] if reverse and places is not None else places
        self._pages: OrderedDict[int, list[tuple[Place, Row]]] = OrderedDict()

    def begin_with(self, page: Sequence[Placed]) -> None:
        """Take over the first page, which was read already."""
        self._pages[0] = [(place, self._row(seen)) for place, seen in page]

    def near(self, key: str) -> bool:
        """Whether the row with that key is on the first page: its place costs nothing then."""
        return bool(self._total) and any(row.key == key for _, row in self._page(0))

    def find(self, db: sqlite3.Connection, key: str) -> int | None:
        """The place of the row with that key; its page is read, before these rows are shown
        and with the connection of the thread that asks."""
        window, self._window = self._window, replace(self._window, db=db)
        try:
            place = self.index_of(key)
            if place is not None:
                self._page(place // PAGE)
            return place
        finally:
            self._window = window

    def counted(self, total: int) -> None:
        """There are that many rows."""
        self._total = total

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, index: int, /) -> Row:
        page = self._page(index // PAGE)
        within = index % PAGE
        return page[within][1] if within < len(page) else GONE

    def index_of(self, key: str, /) -> int | None:
        for number, page in self._pages.items():
            for within, (_, row) in enumerate(page):
                if row.key == key:
                    return number * PAGE + within
        if self._places is not None:
            return next((n for n, place in enumerate(self._places) if place[2] == key), None)
        place = self._window.place_of(key)
        if place is None:
            return None
        before = self._window.before(place)
        return self._total - 1 - before if self._reverse else before

    def holds(self, key: str, /) -> bool:
        if self._places is not None:
            return self.index_of(key) is not None
        return self._window.place_of(key) is not None

    def _page(self, number: int) -> list[tuple[Place, Row]]:
        if number in self._pages:
            self._pages.move_to_end(number)
            return self._pages[number]
        if self._places is None:
            read = self._read(number)
        else:
            read = self._window.at(self._places[number * PAGE : (number + 1) * PAGE])
        page = [(place, self._row(seen)) for place, seen in read]
        self._pages[number] = page
        if len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        return page

    def _read(self, number: int) -> list[Placed]:
        """From the top, the page before, the page after, or the end; else by its number."""
        before, after = self._pages.get(number - 1), self._pages.get(number + 1)
        size = min(PAGE, self._total - number * PAGE)
        if number == 0:
            return self._window.page(back=self._reverse)
        if before:
            return self._window.page(before[-1][0], back=self._reverse)
        if after:
            return self._window.page(after[0][0], back=not self._reverse)[::-1]
        if size < PAGE or (number + 1) * PAGE == self._total:
            return self._window.page(back=not self._reverse, size=size)[::-1]
        if self._reverse:
            return self._window.page_at(self._total - number * PAGE - size, size)[::-1]
        return self._window.page_at(number * PAGE)
