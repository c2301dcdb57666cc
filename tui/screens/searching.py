"""What takes its time with the instances: in a thread, and ended by the next that loads them."""

from __future__ import annotations

from threading import Event

from tui.panes.instance_rows import found_rows
from tui.panes.instances import INSTANCES
from tui.panes.terms import told_filter
from tui.panes.windowed import WindowRows
from tui.screens.desk import DeskScreen
from tui.snapshot import Snapshot
from tui.text import _
from tui.widgets.record_table import RecordTable


async def search(
    screen: DeskScreen, table: RecordTable, snapshot: Snapshot, text: str, total: int
) -> None:
    """Show what has the words: the first page at once, the count when it is known.

    `total`: the number of rows without the words. Whoever cancels this ends the search.
    """
    order, stop, in_store = table.order, Event(), screen.desk.in_store
    empty = _("No row has these words.") if total else _(INSTANCES.empty)
    told = told_filter(text, INSTANCES.columns)
    try:
        found = await in_store(lambda session: found_rows(snapshot, session.db, text, order, stop))
        rows, count = found.rows, found.count
        walked = count is not None
        table.load(rows, words=told, total=total, empty=empty, at=0 if walked else None)
        if isinstance(rows, WindowRows) and count is not None:
            rows.counted(await in_store(lambda session: count(session.db)))
            table.load(rows, words=told, total=total, empty=empty)
    finally:
        stop.set()


async def find_again(screen: DeskScreen, table: RecordTable, rows: WindowRows) -> None:
    """Show these rows, all there are, with the cursor where its row stands among them now:
    far down, that is counted."""
    key, before = table.cursor_key, table.cursor_row
    at = None if key is None else await screen.desk.in_store(lambda s: rows.find(s.db, key))
    at = min(before, len(rows) - 1) if at is None else at
    table.load(rows, total=len(rows), empty=_(INSTANCES.empty), at=at)
