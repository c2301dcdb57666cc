"""The table of every pane: rows under a header, with a cursor and marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message

from tui.commands.registry import bindings
from tui.display.key_queue import HandlesNoKeys
from tui.text.cells import cells
from tui.widgets import table_text
from tui.widgets.rows import Rows
from tui.widgets.sortable_table import SortableTable
from tui.widgets.table_view import HEADER_LINES

WHEEL = 3
BORDER_CORNERS = 4
"""Cells of the lower border without text."""


class RecordTable(HandlesNoKeys, SortableTable, inherit_bindings=False):
    """Shows rows, and keeps the cursor and the marks on the same rows by key.

    The lower border shows the filter, the counts and the marks. A row is read when its line is
    painted; moving the cursor within the page repaints two lines.
    """

    BINDINGS: ClassVar = bindings("table", "{id}")

    class Opened(Message):
        """The row under the cursor was opened."""

        def __init__(self, table: RecordTable, key: str) -> None:
            super().__init__()
            self.table = table
            self.key = key

    class Moved(Message):
        """The cursor is on another row; `key` None: there are no rows."""

        def __init__(self, table: RecordTable, key: str | None) -> None:
            super().__init__()
            self.table = table
            self.key = key

    class Marked(Message):
        """The marks changed. `before`: the marks before the person changed them; None: the table
        removed marks of missing rows."""

        def __init__(
            self, table: RecordTable, keys: tuple[str, ...], before: tuple[str, ...] | None = None
        ) -> None:
            super().__init__()
            self.table = table
            self.keys = keys
            self.before = before

    _cursor_key: str | None = None
    _sought_key: str | None = None
    """The row that gets the cursor whenever it is loaded, until the person moves it."""
    _filter = ""
    _total: int | None = None
    _is_complete = True
    _status = ""

    @property
    def cursor_key(self) -> str | None:
        """The key of the row under the cursor; None without rows."""
        return self._cursor_key

    @property
    def cursor_row(self) -> int:
        """The index of the row under the cursor."""
        return self._cursor

    @property
    def marks(self) -> tuple[str, ...]:
        """The keys of the marked rows, in the order in which they were marked."""
        return tuple(self._marks)

    @property
    def targets(self) -> tuple[str, ...]:
        """The keys of the rows that a command acts on: the marked ones, else that under the
        cursor."""
        if self._marks:
            return self.marks
        return () if self._cursor_key is None else (self._cursor_key,)

    def load(  # noqa: PLR0913 - the rows, and what is shown with them
        self,
        rows: Rows,
        *,
        filter_text: str = "",
        total: int | None = None,
        empty: str | None = None,
        at: int | None = None,
        is_complete: bool = True,
    ) -> None:
        """Show these rows, with the cursor on index `at`; None: on the same row as before, if
        possible.

        `filter_text` is the filter that the rows match, `total` the number of rows without it.
        Without a filter, marks of missing rows are removed. `empty` is shown if there are no rows.
        `is_complete` False: more rows will be loaded.
        """
        distance = self._cursor - self.scroll_offset.y
        self._rows, self._filter, self._total = rows, filter_text, total
        self._is_complete = is_complete
        self._empty = self._empty if empty is None else empty
        if not filter_text:
            self._remove_marks_of_missing_rows()
        for key in (self._sought_key, self._cursor_key):
            if at is None and key is not None:
                at = rows.index_of(key)
        self._cursor = max(0, min(self._cursor if at is None else at, len(rows) - 1))
        if self.is_attached:
            self._place_cursor(distance)

    def seek(self, key: str) -> None:
        """Put the cursor on the row with that key, now and whenever rows are loaded, until the
        person moves it."""
        index = self._rows.index_of(key)
        if index is not None:
            self._move_cursor(index)
        self._sought_key = key

    def on_mount(self) -> None:
        self._place_cursor(0)

    def _place_cursor(self, distance: int) -> None:
        """Scroll so that the cursor is `distance` lines below the first visible row, and
        repaint."""
        self.virtual_size = Size(0, len(self._rows) + HEADER_LINES)
        self.scroll_to(y=max(0, self._cursor - distance), animate=False, force=True)
        self.keep_cursor_in_view()
        self._show_status()
        self.refresh()
        self._update_key()

    def clear_marks(self) -> None:
        """Remove all marks."""
        if self._marks:
            self._marks.clear()
            self._marks_changed()
            self.refresh()

    def set_marks(self, keys: Sequence[str]) -> None:
        """Mark these rows, if they exist, and no others."""
        self._marks = dict.fromkeys(keys)
        self._remove_marks_of_missing_rows()
        self._marks_changed()
        self.refresh()

    def _remove_marks_of_missing_rows(self) -> None:
        lost = [key for key in self._marks if not self._rows.holds(key)]
        for key in lost:
            del self._marks[key]
        if lost:
            self.post_message(self.Marked(self, self.marks))

    def _marks_changed(self, before: tuple[str, ...] | None = None) -> None:
        self._show_status()
        self.post_message(self.Marked(self, self.marks, before))

    def columns_placed(self) -> None:
        self._show_status()

    def _show_status(self) -> None:
        hidden = 0
        if self._filter:
            hidden = sum(not self._rows.holds(key) for key in self._marks)
        line = table_text.status_line(
            self._filter,
            f"{len(self._rows):,}" if self._is_complete else "…",
            None if self._total is None else f"{self._total:,}",
            len(self._marks),
            hidden,
        )
        # A hidden table has no size, so this uses the width of its last layout.
        room = self.layout_width - BORDER_CORNERS - cells(line)
        left_out = table_text.left_out_line(self.columns, self._placed, room)
        status = " · ".join(filter(None, (line, left_out)))
        if status != self._status:
            self._status = status
            self.border_subtitle = Content(status) if status else None

    def _update_key(self) -> None:
        key = self._rows[self._cursor].key if len(self._rows) else None
        if key != self._cursor_key:
            self._cursor_key = key
            self.post_message(self.Moved(self, key))

    def _move_cursor(self, index: int) -> None:
        self._sought_key = None
        index = max(0, min(index, len(self._rows) - 1))
        if index == self._cursor or not len(self._rows):
            self.keep_cursor_in_view()
            return
        before, self._cursor = self._cursor, index
        if not self.keep_cursor_in_view():
            self.refresh_line(before + HEADER_LINES)
            self.refresh_line(index + HEADER_LINES)
        self._update_key()

    def action_up(self) -> None:
        self._move_cursor(self._cursor - 1)

    def action_down(self) -> None:
        self._move_cursor(self._cursor + 1)

    def action_page_up(self) -> None:
        self._turn_page(-self.page)

    def action_page_down(self) -> None:
        self._turn_page(self.page)

    def _turn_page(self, by: int) -> None:
        self.scroll_to(y=max(0, self.scroll_offset.y + by), animate=False, force=True)
        self._move_cursor(self._cursor + by)

    def action_top(self) -> None:
        self._move_cursor(0)

    def action_bottom(self) -> None:
        self._move_cursor(len(self._rows) - 1)

    def action_open(self) -> None:
        if self._cursor_key is not None:
            self.post_message(self.Opened(self, self._cursor_key))

    def action_mark(self) -> None:
        if self._cursor_key is None:
            return
        before = self.marks
        if self._cursor_key in self._marks:
            del self._marks[self._cursor_key]
        else:
            self._marks[self._cursor_key] = None
        self.refresh_line(self._cursor + HEADER_LINES)
        self._marks_changed(before)
        self._move_cursor(self._cursor + 1)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if offset.y < HEADER_LINES:
            column = self.column_at(offset.x)
            if column is not None and column.sortable:
                self.sort_by(column)
        elif (index := self.row_at(offset.y)) is not None:
            self._move_cursor(index)
            if event.chain == 2:
                self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -WHEEL)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_to(y=self.scroll_offset.y + by, animate=False)
