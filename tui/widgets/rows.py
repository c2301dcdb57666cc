"""The rows of a table, by index and by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct, field

from tui.text.tones import Tone


class Row(Struct, frozen=True):
    """One row of a table. Its cells are foreign text, which the table sanitizes."""

    key: str
    cells: tuple[str, ...]
    """One text for each column."""
    tone: Tone = "ok"
    sign: str | None = None
    """The sign before the row; None: that of its tone."""
    sort_keys: tuple[Any, ...] = ()
    """The sort key for each column; None, or left out: the cell's text."""
    values: Mapping[str, str | int | None] = field(default_factory=dict)
    """The row's value for each field that a filter can name."""
    across: str = ""
    """A text across all columns, in place of the cells."""

    group: str = ""
    """The name of the group that consecutive rows form, at the end of the first cell; "": no
    group."""

    def sort_key(self, column: int) -> Any:
        """The row's sort key for that column; all sort keys of a column have the same type."""
        key = self.sort_keys[column] if column < len(self.sort_keys) else None
        return self.cells[column].casefold() if key is None else key


class Rows(Protocol):
    """Rows in order: in memory, or paged from the database."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Row: ...

    def index_of(self, key: str, /) -> int | None:
        """The index of the row with that key; None: there is none."""

    def holds(self, key: str, /) -> bool:
        """Whether there is a row with that key."""


class ListRows:
    """Rows in memory."""

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
    """Rows with another one below them, which is neither sorted nor filtered."""

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
