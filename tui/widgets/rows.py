"""What a table shows: rows by index and by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct, field

from tui.text.tones import Tone


class Row(Struct, frozen=True):
    """One line of a table. Cells are foreign text; the table makes them safe."""

    key: str
    cells: tuple[str, ...]
    """One text for each column."""
    tone: Tone = "ok"
    sign: str | None = None
    """The sign before the row; None: that of its tone."""
    sort_keys: tuple[Any, ...] = ()
    """What the row is sorted by in each column; None, or left out: the cell's text."""
    values: Mapping[str, str | int | None] = field(default_factory=dict)
    """The row's value for each field of a filter."""
    across: str = ""
    """One text over all columns in place of the cells."""

    group: str = ""
    """The name, at the end of the first cell, that joins consecutive rows; "": none."""

    def sort_key(self, column: int) -> Any:
        """What the row is sorted by in that column. Those of one column are of one type."""
        key = self.sort_keys[column] if column < len(self.sort_keys) else None
        return self.cells[column].casefold() if key is None else key


class Rows(Protocol):
    """Rows in order: in memory, or paged from the database."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Row: ...

    def index_of(self, key: str, /) -> int | None:
        """The index of the row with that key; None: there is none."""

    def holds(self, key: str, /) -> bool:
        """Whether the row with that key is among them."""


class ListRows:
    """Rows that are all in memory."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._rows = tuple(rows)
        self._indexes: dict[str, int] | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int, /) -> Row:
        return self._rows[index]

    def index_of(self, key: str, /) -> int | None:
        if self._indexes is None:
            self._indexes = {row.key: index for index, row in enumerate(self._rows)}
        return self._indexes.get(key)

    def holds(self, key: str, /) -> bool:
        return self.index_of(key) is not None


class RowsWithFooter:
    """Rows with one more below them, which is never sorted nor filtered."""

    def __init__(self, rows: Rows, footer: Row) -> None:
        self._rows = rows
        self._footer = footer

    def __len__(self) -> int:
        return len(self._rows) + 1

    def __getitem__(self, index: int, /) -> Row:
        return self._footer if index == len(self._rows) else self._rows[index]

    def index_of(self, key: str, /) -> int | None:
        return len(self._rows) if key == self._footer.key else self._rows.index_of(key)

    def holds(self, key: str, /) -> bool:
        return key == self._footer.key or self._rows.holds(key)
