"""A pane of the main screen: its name, its columns, and how a snapshot becomes records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tui.snapshot import Snapshot
from tui.widgets.columns import Column
from tui.widgets.rows import ListRows, Row, Tone
from tui.widgets.table_lines import Order


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell tells, and what it is sorted by."""

    text: str
    key: Any = None
    """None: sorted by its text. Keys of one column are of one type."""

    @property
    def sort_key(self) -> Any:
        return self.text.casefold() if self.key is None else self.key


@dataclass(frozen=True, slots=True)
class Record:
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


@dataclass(frozen=True, slots=True)
class Pane:
    """One of the tables of the main screen."""

    id: str
    title: str
    columns: tuple[Column, ...]
    records: Callable[[Snapshot], Iterable[Record]]
    empty: str


def rows_of(
    pane: Pane, records: Iterable[Record], words: str = "", order: Order | None = None
) -> ListRows:
    """The records that hold all the words, in that order; without one as they come."""
    wanted = words.casefold().split()
    kept = [one for one in records if all(word in one.searched for word in wanted)]
    if order is not None:
        place = [column.key for column in pane.columns].index(order.column)
        kept.sort(key=lambda one: one.cells[place].sort_key, reverse=order.reverse)
    return ListRows([row_of(one) for one in kept])


def row_of(record: Record) -> Row:
    """The record as a table shows it."""
    return Row(record.key, tuple(cell.text for cell in record.cells), record.tone)
