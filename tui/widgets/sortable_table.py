"""A table that lets a person choose the sort order."""

from __future__ import annotations

from textual.message import Message

from tui.widgets.columns import Column
from tui.widgets.table_text import ColumnOrder
from tui.widgets.table_view import TableView


class SortableTable(TableView, inherit_bindings=False):
    """Shows the order in its header and requests the rows in it; the screen loads them."""

    class SortRequested(Message):
        """The person chose this order; None: the pane's own order."""

        def __init__(self, table: SortableTable, order: ColumnOrder | None) -> None:
            super().__init__()
            self.table = table
            self.order = order

    def action_sort(self) -> None:
        """Sort by the next visible column; after the last one, in the pane's own order."""
        columns = [self.columns[placed.index] for placed in self._placed]
        keys = [column.key for column in columns if column.sortable]
        current = self.order.column if self.order else None
        next_index = keys.index(current) + 1 if current in keys else 0
        self._request(ColumnOrder(keys[next_index]) if next_index < len(keys) else None)

    def action_reverse(self) -> None:
        """Sort by the same column in the other direction."""
        if self.order is not None:
            self._request(ColumnOrder(self.order.column, not self.order.reverse))

    def sort_by(self, column: Column) -> None:
        """Sort by the column; if already sorted by it, in the other direction."""
        if self.order is not None and self.order.column == column.key:
            self.action_reverse()
        else:
            self._request(ColumnOrder(column.key))

    def _request(self, order: ColumnOrder | None) -> None:
        self.order = order
        self.refresh_line(self.scroll_offset.y)
        self.post_message(self.SortRequested(self, order))
