"""The texts of a table's lines: header, row, and what stands in its lower border."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from store import formats
from store.i18n import _, counted
from tui.cells import cells, fit, plain
from tui.text.tones import SIGNS
from tui.widgets.columns import Column, Placed
from tui.widgets.rows import Row

PREFIX = 3
"""Cells before the first column: mark, sign, space."""

MARK = "*"


class Order(Struct, frozen=True):
    """The column that the rows are sorted by."""

    column: str
    reverse: bool = False


def header_line(columns: Sequence[Column], placed: Sequence[Placed], order: Order | None) -> str:
    """The titles; the sorted one with an arrow."""
    line, end = " " * PREFIX, 0
    for each in placed:
        line += " " * (each.start - end) + _titled(columns[each.index], each.width, order)
        end = each.start + each.width
    return line


def _titled(column: Column, width: int, order: Order | None) -> str:
    title = _(column.title)
    if order is None or order.column != column.key:
        return fit(title, width, column.align)
    arrow = "▼" if order.reverse else "▲"
    return fit(f"{fit(title, width - 2).rstrip()} {arrow}".lstrip(), width, column.align)


def left_out_line(columns: Sequence[Column], placed: Sequence[Placed], room: int) -> str:
    """Which columns have no room, or how many where even their titles have none."""
    shown = {each.index for each in placed}
    names = [_(column.title) for place, column in enumerate(columns) if place not in shown]
    if not names:
        return ""
    told = _("not shown: {columns}").format(columns=formats.joined(names))
    if cells(told) <= room:
        return told
    return counted("{n} column not shown", "{n} columns not shown", len(names))


def prefix_of(row: Row, *, marked: bool) -> str:
    """Mark and sign of the row."""
    sign = SIGNS[row.tone] if row.sign is None else row.sign
    return (MARK if marked else " ") + fit(plain(sign), 1) + " "


def row_parts(
    row: Row, columns: Sequence[Column], placed: Sequence[Placed]
) -> list[tuple[str, bool]]:
    """The row's cells with their gaps, as few texts as can be, each with whether it is toned."""
    parts: list[tuple[str, bool]] = []
    end = 0
    for each in placed:
        column = columns[each.index]
        cell = row.cells[each.index] if each.index < len(row.cells) else ""
        text = " " * (each.start - end) + fit(plain(cell), each.width, column.align)
        end = each.start + each.width
        if parts and parts[-1][1] == column.toned:
            text = parts.pop()[0] + text
        parts.append((text, column.toned))
    return parts


def status_line(words: str, shown: str, total: str | None, marked: int, hidden: int) -> str:
    """Filter, counts and marks: `/ kids · 3 of 12 · 2 marked, 1 of them not shown`."""
    parts = []
    if words:
        parts.append(f"/ {plain(words, 100)}")
    if total is not None and (words or total != shown):
        parts.append(_("{shown} of {total}").format(shown=shown, total=total))
    if marked:
        told = counted("{n} marked", "{n} marked", marked)
        if hidden:
            told += ", " + counted("{n} of them not shown", "{n} of them not shown", hidden)
        parts.append(told)
    return " · ".join(parts)
