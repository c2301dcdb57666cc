"""Paints a table: header and rows, each row read when its line is painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.display.line_view import LineView
from tui.widgets import table_text
from tui.widgets.columns import Column, PlacedColumn, place_columns
from tui.widgets.rows import ListRows, Rows
from tui.widgets.table_text import PREFIX, ColumnOrder

HEADER_LINES = 1
RIGHT_MARGIN = 1
"""Cells kept free after the last column."""

REVERSE = Style(reverse=True)
UNDERLINE = Style(underline=True, bold=True)
BOLD = Style(bold=True)


class TableView(LineView, inherit_bindings=False):
    """Paints rows under a header, with a cursor and marks that subclasses set."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record-table--header",
        "record-table--empty",
        "record-table--warning",
        "record-table--unknown",
        "record-table--critical",
        "record-table--gone",
    }
    DEFAULT_CSS = """
    TableView {
        border: round $border-blurred;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        &:focus { border: round $border; }
        & > .record-table--header { text-style: bold; color: $foreground; }
        & > .record-table--empty { color: $foreground; }
        & > .record-table--warning { color: $warning; }
        & > .record-table--unknown { color: $secondary; }
        & > .record-table--critical { color: $error; text-style: bold; }
        & > .record-table--gone { color: $text-muted; }
    }
    """

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "",
        order: ColumnOrder | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.order = order
        self._rows: Rows = ListRows()
        self._empty = empty
        self._cursor = 0
        self._marks: dict[str, None] = {}
        self._placed: tuple[PlacedColumn, ...] = ()
        self._spare_cells = 0
        self._background = Style()

    @property
    def page(self) -> int:
        """The number of rows that fit; before the table is laid out, in its container."""
        height = self.size.height
        if not height and isinstance(self.parent, Widget):
            height = self.parent.size.height - self.gutter.height
        return max(1, height - HEADER_LINES)

    def width_changed(self) -> None:
        """Lay the columns out again."""
        width = self.size.width
        gap = 2 if width >= 60 else 1
        self._placed = place_columns(self.columns, width - PREFIX - RIGHT_MARGIN, gap)
        end = self._placed[-1].start + self._placed[-1].width if self._placed else 0
        self._spare_cells = max(0, width - PREFIX - end)
        self.columns_placed()

    def columns_placed(self) -> None:
        """Called when the columns have been laid out; some may not fit."""

    def on_resize(self) -> None:
        self.keep_cursor_in_view()

    def keep_cursor_in_view(self) -> bool:
        """Scroll as little as needed; returns whether it scrolled."""
        top = self.scroll_offset.y
        wanted = min(max(top, self._cursor - self.page + 1), self._cursor)
        if wanted == top:
            return False
        self.scroll_to(y=wanted, animate=False, force=True)
        return self.scroll_offset.y != top

    def row_at(self, y: int) -> int | None:
        """The index of the row on that line of the widget; None: no row is there."""
        index = y - HEADER_LINES + self.scroll_offset.y
        return index if y >= HEADER_LINES and index < len(self._rows) else None

    def column_at(self, x: int) -> Column | None:
        """The column at that cell of the widget; None: a gap or the margin."""
        for placed in self._placed:
            if placed.start <= x - PREFIX < placed.start + placed.width:
                return self.columns[placed.index]
        return None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint lines as Textual does, with the background style computed once, not for each
        line."""
        self._background = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        base = self._background
        if y < HEADER_LINES:
            text = table_text.header_line(self.columns, self._placed, self.order)
            strip = Strip([Segment(text, base + self._component("header"))])
        elif not len(self._rows):
            strip = self._empty_line(y - HEADER_LINES, base)
        elif (index := self.row_at(y)) is not None:
            strip = self._row_line(index, base)
        else:
            return Strip.blank(width, base)
        return strip.adjust_cell_length(width, base)

    def _component(self, name: str) -> Style:
        return self.get_component_rich_style(f"record-table--{name}", partial=True)

    def _empty_line(self, y: int, base: Style) -> Strip:
        lines = Content(self._empty).wrap(max(1, self.size.width - PREFIX))
        text = lines[y].plain if y < len(lines) else ""
        return Strip([Segment(" " * PREFIX + text, base + self._component("empty"))])

    def _row_line(self, index: int, base: Style) -> Strip:
        row = self._rows[index]
        marked = row.key in self._marks
        if marked:
            base += BOLD
        if index == self._cursor:
            base += REVERSE if self.has_focus else UNDERLINE
        parts = [
            (table_text.prefix_of(row, marked=marked), True),
            *table_text.row_parts(row, self.columns, self._placed),
            (" " * self._spare_cells, False),
        ]
        if row.tone == "gone":
            base += self._component(row.tone)
        if row.tone in {"ok", "gone"}:
            return Strip([Segment("".join(text for text, _ in parts), base)], self.size.width)
        toned = base + self._component(row.tone)
        segments = [Segment(text, toned if has_tone else base) for text, has_tone in parts]
        return Strip(segments, self.size.width)
