"""A pane of the main screen: its title, columns, filter fields and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from store.items.filters import Filter
from tui.panes.filter_fields import FilterField
from tui.snapshot import Snapshot
from tui.text.tones import Tone
from tui.widgets.columns import Column
from tui.widgets.rows import ListRows, Row
from tui.widgets.table_text import ColumnOrder

BRANCH, LAST_BRANCH = "├─", "└─"
NO_INSTANT = float("inf")
"""The sort key of a row without an instant: after all instants."""


class Pane(Struct, frozen=True, kw_only=True):
    """One of the tables of the main screen."""

    id: str
    title: str
    columns: tuple[Column, ...]
    fields: tuple[FilterField, ...]
    """The fields that its filter can name."""
    rows: Callable[[Snapshot], Iterable[Row]]
    count: Callable[[Snapshot], int]
    """Counts its rows without making them."""
    empty: str
    short: str = ""
    """The title for narrow screens; "": the same."""
    keys: tuple[str, ...] = ()
    """The IDs of the commands for its rows that the key bar shows."""


def no_rows_in_memory(snapshot: Snapshot) -> Iterable[Row]:
    """The rows of a pane whose rows stay in the database: none in memory."""
    del snapshot
    return ()


def sortable_row(
    key: str,
    cells: Iterable[str | tuple[str, Any]],
    tone: Tone = "ok",
    values: Mapping[str, str | int | None] | None = None,
) -> Row:
    """A row of these cells; of a pair, the second part is the sort key."""
    pairs = [cell if isinstance(cell, tuple) else (cell, None) for cell in cells]
    texts, sort_keys = zip(*pairs, strict=True)
    return Row(key, texts, tone, sort_keys=sort_keys, values=values or {})


def filter_rows(
    rows: Iterable[Row], columns: tuple[Column, ...], query: Filter, order: ColumnOrder | None
) -> ListRows:
    """The rows that match the filter, in that order; None: in the pane's own order."""
    chosen = [member for member in rows if query.is_met(member.values)]
    if order is not None:
        index = [column.key for column in columns].index(order.column)
        chosen.sort(key=lambda member: member.sort_key(index), reverse=order.reverse)
        return ListRows(chosen)
    return ListRows(list(_with_branches(chosen)))


def _with_branches(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows; within a group, all but the first have a branch in place of the group's name."""
    for group, together in groupby(rows, key=lambda member: member.group):
        members = list(together)
        yield members[0]
        for member in members[1:]:
            if group:
                branch = LAST_BRANCH if member is members[-1] else BRANCH
                mark = member.cells[0].removesuffix(group)
                yield replace(member, cells=(f"{branch} {mark}", *member.cells[1:]))
            else:
                yield member
