"""The columns of a table, and their layout in a given width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

MIN_WIDTH = 4
"""The least width of a column in cells."""


class Column(Struct, frozen=True):
    """One column of a table; widths are in cells."""

    key: str
    title: str
    width: int
    """The cells that its contents need."""
    weight: int = 0
    """Its share of the room that is left over."""
    max_width: int | None = None
    """The greatest width; None: no limit."""
    priority: int = 0
    """Columns with higher numbers are left out first; 0: never."""
    align: Literal["left", "right"] = "left"
    preferred: int = 0
    """A width for which less important columns are left out; 0: only `width`."""
    toned: bool = False
    """Whether its cells take the colour of the row's severity."""
    sortable: bool = True


class PlacedColumn(Struct, frozen=True):
    """A column that is shown: its index, first cell and width."""

    index: int
    start: int
    width: int


def place_columns(columns: Sequence[Column], width: int, gap: int = 2) -> tuple[PlacedColumn, ...]:
    """The columns that fit into `width` cells, in order, with their widths.

    The least important ones are left out first, then the rest is narrowed; spare cells are
    shared by weight.
    """
    kept = list(range(len(columns)))
    while droppable := [index for index in kept if columns[index].priority > 0]:
        least_important = max(droppable, key=lambda index: (columns[index].priority, index))
        if len(kept) == 1 or _needed(columns, kept, least_important, gap) <= width:
            break
        kept.remove(least_important)
    while len(kept) > 1 and len(kept) * (MIN_WIDTH + gap) - gap > width:
        kept.pop()
    if not kept:
        return ()
    widths = _widths([columns[index] for index in kept], width - gap * (len(kept) - 1))
    placed, start = [], 0
    for index, cells in zip(kept, widths, strict=True):
        placed.append(PlacedColumn(index, start, cells))
        start += cells + gap
    return tuple(placed)


def _needed(columns: Sequence[Column], kept: Sequence[int], least_important: int, gap: int) -> int:
    """The cells for these columns; the preferred width counts for the more important ones."""
    widths = [
        max(column.width, column.preferred)
        if column.priority < columns[least_important].priority
        else column.width
        for column in (columns[index] for index in kept)
    ]
    return sum(widths) + gap * (len(kept) - 1)


def _widths(columns: Sequence[Column], room: int) -> list[int]:
    widths = [column.width for column in columns]
    while sum(widths) > max(room, len(widths)):
        widest = max(range(len(widths)), key=lambda index: widths[index])
        widths[widest] -= 1
    spare = room - sum(widths)
    while spare > 0:
        growing = [
            index
            for index, column in enumerate(columns)
            if column.weight and (column.max_width is None or widths[index] < column.max_width)
        ]
        if not growing:
            break
        total = sum(columns[index].weight for index in growing)
        given = 0
        for index in growing:
            column = columns[index]
            share = max(1, spare * column.weight // total)
            if column.max_width is not None:
                share = min(share, column.max_width - widths[index])
            share = min(share, spare - given)
            widths[index] += share
            given += share
        spare -= given
    return widths
