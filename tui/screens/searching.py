"""Searches the instances in a thread; a new search ends the running one."""

from __future__ import annotations

from threading import Event, Lock

from store.i18n import _
from store.items.filters import Filter
from store.items.pages import PAGE
from store.items.search import Superseded
from store.session import Session
from tui.panes.filter_query import parse, with_problems
from tui.panes.instances import INSTANCES, matching_rows
from tui.panes.paged_rows import PagedRows
from tui.screens.base import BaseScreen
from tui.snapshot import Snapshot
from tui.widgets.record_table import RecordTable
from tui.widgets.rows import Rows

FEW = 3000
"""The number of items up to which a search shows all matches at once; with more, it shows the first
page before it has found the rest."""
_TURN = Lock()
"""Held by the one search that runs. A superseded search ends at once; one that is superseded while
it waits costs nothing."""


async def search(
    screen: BaseScreen, table: RecordTable, snapshot: Snapshot, text: str, total: int
) -> None:
    """Show the rows that match the filter. `total`: the number of rows without it. Cancelling the
    task ends the search."""
    order, stop = table.order, Event()

    async def find(asked: Filter, limit: int) -> Rows:
        def job(session: Session) -> Rows:
            with _TURN:
                if stop.is_set():
                    raise Superseded
                return matching_rows(snapshot, session.db, asked, order, stop, limit=limit)

        return await screen.app.in_store(job)

    empty = _("No matches; Esc clears the filter.") if total else _(INSTANCES.empty)
    try:
        await screen.app.wait_until_none_held()
        query = parse(text, INSTANCES.fields, snapshot.overview.now)
        shown_filter, limit = with_problems(text, query), -1 if total <= FEW else PAGE + 1
        rows = await find(query.filter, limit)
        if len(rows) == limit:
            table.load(
                rows, filter_text=shown_filter, total=total, empty=empty, at=0, is_complete=False
            )
            rows = await find(query.filter, -1)
        table.load(rows, filter_text=shown_filter, total=total, empty=empty)
    finally:
        stop.set()


async def reload_in_place(screen: BaseScreen, table: RecordTable, rows: PagedRows) -> None:
    """Show these rows, with the cursor on the same row as before; a thread finds its index
    first."""
    key, before = table.cursor_key, table.cursor_row
    at = None if key is None else await screen.app.in_store(lambda s: rows.read_around(s.db, key))
    at = min(before, len(rows) - 1) if at is None else at
    table.load(rows, total=len(rows), empty=_(INSTANCES.empty), at=at)
