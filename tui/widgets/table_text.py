"""Composes the lines of a table: header, rows and lower border."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from store import formats
from store.i18n import _, counted
from store.sanitize import plain
from tui.text.cells import cells, fit
from tui.text.tones import SIGNS
from tui.widgets.columns import Column, PlacedColumn
from tui.widgets.rows import Row

PREFIX = 3
"""Cells before the first column: mark, sign, space."""

MARK = "*"


class ColumnOrder(Struct, frozen=True):
    """The column that the rows are sorted by."""

    column: str
    reverse: bool = False


def header_line(
    columns: Sequence[Column], placed: Sequence[PlacedColumn], order: ColumnOrder | None
) -> str:
    """The titles of the columns; an arrow marks the one sorted by."""
    line, end = " " * PREFIX, 0
    for shown in placed:
        line += " " * (shown.start - end) + _titled(columns[shown.index], shown.width, order)
        end = shown.start + shown.width
    return line


def _titled(column: Column, width: int, order: ColumnOrder | None) -> str:
    title = _(column.title)
    if order is None or order.column != column.key:
        return fit(title, width, column.align)
    arrow = "▼" if order.reverse else "▲"
    return fit(f"{fit(title, width - 2).rstrip()} {arrow}".lstrip(), width, column.align)


def left_out_line(columns: Sequence[Column], placed: Sequence[PlacedColumn], room: int) -> str:
    """The titles of the columns left out, or their number if the titles do not fit."""
    indexes = {column.index for column in placed}
    names = [_(column.title) for index, column in enumerate(columns) if index not in indexes]
    if not names:
        return ""
    text = _("not shown: {columns}").format(columns=formats.joined(names))
    if cells(text) <= room:
        return text
    return counted("{n} column not shown", "{n} columns not shown", len(names))


def prefix_of(row: Row, *, marked: bool) -> str:
    """The mark and the severity sign of the row."""
    severity = SIGNS[row.tone] if row.sign is None else row.sign
    return (MARK if marked else " ") + fit(plain(severity), 1) + " "


def row_parts(
    row: Row, columns: Sequence[Column], placed: Sequence[PlacedColumn]
) -> list[tuple[str, bool]]:
    """The row's text in parts of one style: text, and whether it takes the row's tone."""
    if row.across:
        width = placed[-1].start + placed[-1].width if placed else 0
        return [(fit(plain(row.across), width), False)]
    parts: list[tuple[str, bool]] = []
    end = 0
    for shown in placed:
        column = columns[shown.index]
        cell = row.cells[shown.index] if shown.index < len(row.cells) else ""
        text = " " * (shown.start - end) + fit(plain(cell), shown.width, column.align)
        end = shown.start + shown.width
        if parts and parts[-1][1] == column.toned:
            text = parts.pop()[0] + text
        parts.append((text, column.toned))
    return parts


def status_line(filter_text: str, shown: str, total: str | None, marked: int, hidden: int) -> str:
    """Filter, counts and marks: `/ kids · 3 of 12 · 2 marked, 1 of them not shown`."""
    parts = []
    if filter_text:
        parts.append(f"/ {plain(filter_text, 100)}")
    if total is not None and (filter_text or total != shown):
        parts.append(_("{shown} of {total}").format(shown=shown, total=total))
    if marked:
        text = counted("{n} marked", "{n} marked", marked)
        if hidden:
            text += ", " + counted("{n} of them not shown", "{n} of them not shown", hidden)
        parts.append(text)
    return " · ".join(parts)
