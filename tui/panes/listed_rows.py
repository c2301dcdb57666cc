"""The rows of a pane that are all in memory: filtered and sorted."""

from __future__ import annotations

from collections.abc import Iterable

from tui.panes.filter_query import wish
from tui.panes.pane import Pane, Record, row_of
from tui.widgets.rows import ListRows
from tui.widgets.table_text import Order


def rows_of(
    pane: Pane, records: Iterable[Record], text: str = "", order: Order | None = None
) -> ListRows:
    """The records that meet the filter, in that order; without one as they come."""
    asked = wish(text, pane.columns)
    kept = [one for one in records if asked.met_by(one, pane.columns)]
    if order is not None:
        place = [column.key for column in pane.columns].index(order.column)
        kept.sort(key=lambda one: one.cells[place].sort_key, reverse=order.reverse)
    return ListRows([row_of(one) for one in kept])
