"""What takes its time with the instances: in a thread, and ended by the next that loads them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock
from typing import TypeVar

from store.i18n import _
from store.items.search import Overtaken
from store.session import Session
from tui.panes.filter_query import told_filter
from tui.panes.instance_rows import found_rows
from tui.panes.instances import INSTANCES
from tui.panes.paged_rows import WindowRows
from tui.screens.base import BaseScreen
from tui.snapshot import Snapshot
from tui.widgets.record_table import RecordTable

T = TypeVar("T")
FEW = 3000
"""So many rows are looked through in the time that a person takes for a frame."""
_TURN = Lock()
"""One search at a time: the one that is overtaken ends at once, and while the next waits for
that it may be overtaken itself, before it has cost anything."""


async def search(
    screen: BaseScreen, table: RecordTable, snapshot: Snapshot, text: str, total: int
) -> None:
    """Show what has the words: the first page at once, the count when it is known. Where there
    are few rows anyway, the cursor stays on its row.

    `total`: the number of rows without the words. Whoever cancels this ends the search.
    """
    order, stop = table.order, Event()

    async def in_turn(ask: Callable[[Session], T]) -> T:
        def asked(session: Session) -> T:
            with _TURN:
                if stop.is_set():
                    raise Overtaken
                return ask(session)

        return await screen.app.in_store(asked)

    empty = _("No row has these words.") if total else _(INSTANCES.empty)
    told = told_filter(text, INSTANCES.columns)
    try:
        await screen.app.wait_until_none_held()
        found = await in_turn(lambda session: found_rows(snapshot, session.db, text, order, stop))
        rows, count = found.rows, found.count
        if not isinstance(rows, WindowRows) or count is None:
            table.load(rows, words=told, total=total, empty=empty)
            return
        key = table.cursor_key if total <= FEW else None
        if key is None:
            table.load(rows, words=told, total=total, empty=empty, at=0)
        rows.counted(await in_turn(lambda session: count(session.db)))
        at = None if key is None else await in_turn(lambda session: rows.find(session.db, key))
        table.load(rows, words=told, total=total, empty=empty, at=at)
    finally:
        stop.set()


async def find_again(screen: BaseScreen, table: RecordTable, rows: WindowRows) -> None:
    """Show these rows, all there are, with the cursor where its row stands among them now:
    far down, that is counted."""
    key, before = table.cursor_key, table.cursor_row
    at = None if key is None else await screen.app.in_store(lambda s: rows.find(s.db, key))
    at = min(before, len(rows) - 1) if at is None else at
    table.load(rows, total=len(rows), empty=_(INSTANCES.empty), at=at)
