"""Columns of a table, and which of them a width has room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

SMALLEST = 4
"""Cells below which a column says nothing any more."""


class Column(Struct, frozen=True):
    """One column of a table; widths are in cells."""

    key: str
    title: str
    width: int
    """What it needs."""
    weight: int = 0
    """Its share of the room that is left over."""
    most: int | None = None
    """What it takes at most; None: no limit."""
    priority: int = 0
    """The columns with the highest number go first where it is narrow; 0 stays."""
    align: Literal["left", "right"] = "left"
    toned: bool = False
    """Whether its cells take the colour of the row's severity."""
    sortable: bool = True


class Placed(Struct, frozen=True):
    """A column that has room: which one, from which cell on, how wide."""

    index: int
    start: int
    width: int


def place(columns: Sequence[Column], width: int, gap: int = 2) -> tuple[Placed, ...]:
    """The columns that `width` cells have room for, in their order, with their widths.

    First the least important ones are left out, then the rest is narrowed, and what is
    left over is shared out by weight.
    """
    kept = list(range(len(columns)))
    while len(kept) > 1 and _needed(columns, kept, gap) > width:
        droppable = [index for index in kept if columns[index].priority > 0]
        if not droppable:
            break
        kept.remove(max(droppable, key=lambda index: (columns[index].priority, index)))
    while len(kept) > 1 and len(kept) * (SMALLEST + gap) - gap > width:
        kept.pop()
    if not kept:
        return ()
    widths = _widths([columns[index] for index in kept], width - gap * (len(kept) - 1))
    placed, start = [], 0
    for index, cells in zip(kept, widths, strict=True):
        placed.append(Placed(index, start, cells))
        start += cells + gap
    return tuple(placed)


def _needed(columns: Sequence[Column], kept: Sequence[int], gap: int) -> int:
    return sum(columns[index].width for index in kept) + gap * (len(kept) - 1)


def _widths(columns: Sequence[Column], room: int) -> list[int]:
    widths = [column.width for column in columns]
    while sum(widths) > max(room, len(widths)):
        widest = max(range(len(widths)), key=lambda each: widths[each])
        widths[widest] -= 1
    spare = room - sum(widths)
    while spare > 0:
        growing = [
            index
            for index, column in enumerate(columns)
            if column.weight and (column.most is None or widths[index] < column.most)
        ]
        if not growing:
            break
        total = sum(columns[index].weight for index in growing)
        given = 0
        for index in growing:
            column = columns[index]
            share = max(1, spare * column.weight // total)
            if column.most is not None:
                share = min(share, column.most - widths[index])
            share = min(share, spare - given)
            widths[index] += share
            given += share
        spare -= given
    return widths
