"""A pane of the main screen: its name, its columns, and how a snapshot becomes records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from tui.snapshot import Snapshot
from tui.text.tones import Tone
from tui.widgets.columns import Column
from tui.widgets.rows import Row


class Cell(Struct, frozen=True):
    """What one cell tells, and what it is sorted by."""

    text: str
    key: Any = None
    """None: sorted by its text. Keys of one column are of one type."""

    @property
    def sort_key(self) -> Any:
        return self.text.casefold() if self.key is None else self.key


class Record(Struct, frozen=True):
    """One row of a pane, before it is filtered and sorted."""

    key: str
    cells: tuple[Cell, ...]
    tone: Tone = "ok"
    owner: str = ""
    note: str = ""

    @property
    def searched(self) -> str:
        """The text that a filter looks into."""
        shown = (cell.text for cell in self.cells)
        return "\n".join((*shown, self.owner, self.note)).casefold()


class Pane(Struct, frozen=True):
    """One of the tables of the main screen."""

    id: str
    title: str
    columns: tuple[Column, ...]
    records: Callable[[Snapshot], Iterable[Record]]
    empty: str
    short: str = ""
    """The title where there is less room; "": the same."""


def row_of(record: Record) -> Row:
    """The record as a table shows it."""
    return Row(record.key, tuple(cell.text for cell in record.cells), record.tone)
