"""The instances of an account of any size as rows: in an order, and as words leave them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from threading import Event

from msgspec import Struct
from msgspec.structs import replace

from store.i18n import _
from store.items import counts, sort_orders
from store.items.assessment import Assessment
from store.items.overview import Items
from store.items.pages import Place, Window
from store.items.search import Overtaken, Part, Search, Wanted, watch
from store.items.search_plan import find
from store.rules.standing import State
from tui.panes.annotations import own_signs
from tui.panes.cell_search import Signs
from tui.panes.filter_query import wish
from tui.panes.instances import INSTANCES, KINDS, record
from tui.panes.paged_rows import WindowRows
from tui.panes.pane import row_of
from tui.snapshot import Snapshot
from tui.text import labels
from tui.widgets.rows import ListRows, Rows
from tui.widgets.table_text import Order

_COLUMNS = {
    "name": "name",
    "instance_id": "id",
    "region": "region",
    "ends": "end",
    "then": "lost",
    "auto": "auto",
}

_PARTS: dict[str, Part] = {"": "all", "name": "name", "instance_id": "id", "region": "region"}
"""Column to the part of an item's words that it shows; other columns show none."""


def instance_total(snapshot: Snapshot) -> int:
    """How many instances there are."""
    items = snapshot.overview.items
    return counts.dated(items.db, items.account) + len(_undated(items)) if items else 0


def instance_rows(snapshot: Snapshot, order: Order | None) -> Rows:
    """All instances in that order; without one, by their deadlines."""
    items = snapshot.overview.items
    if not items:
        return ListRows()
    window = _window(items, _undated(items), order)
    return _windowed(snapshot, window, instance_total(snapshot), order)


class Found(Struct, frozen=True):
    """What words leave. `count`: asked with a thread's connection, it tells how many rows
    there are in truth; None: as many as `rows` has."""

    rows: Rows
    count: Callable[[sqlite3.Connection], int] | None = None


def found_rows(
    snapshot: Snapshot, db: sqlite3.Connection, text: str, order: Order | None, stop: Event
) -> Found:
    """The instances that have all the words of the text. `db` is of the thread that asks.

    Where words leave few, all is known of them at once; else they stay in the database, and
    the first page is there before they are counted. Raises `Overtaken` once `stop` is set.
    """
    items = snapshot.overview.items
    if not items:
        return Found(ListRows())
    asked = wish(text, INSTANCES.columns)
    undated = [
        one for one in _undated(items) if asked.met_by(record(one, snapshot), INSTANCES.columns)
    ]
    watch(db, stop)
    signs = Signs(db, items.account, items.judge.now)
    values, wanted = sort_orders.moments(items.judge), list[Wanted]()
    for number, term in enumerate(asked.terms):
        if stop.is_set():
            raise Overtaken
        kept, names = own_signs(snapshot, term, f"own_{number}")
        shown_by = [*signs.of(term.word, term.column), *kept]
        wanted.append(Wanted(term.word, shown_by, _PARTS.get(term.column, "none")))
        values |= names
    search = Search(items.account, wanted, values)
    window = _window(items, undated, order).narrowed_to(search.condition, search.values)
    back = order is not None and order.reverse
    found = find(search, replace(window, db=db), stop, back=back)
    shown, known = replace(found.window, db=items.db), found.places
    total = len(found.page if known is None else known)
    rows = _windowed(snapshot, shown, total, order, known)
    rows.begin_with(found.page)
    if known is not None:
        return Found(rows)
    beside = len(undated)
    return Found(rows, lambda own: search.count(own, stop) + beside)


def _undated(items: Items) -> list[Assessment]:
    return [one for one in items.undated if one.item.kind in KINDS]


def _windowed(
    snapshot: Snapshot,
    window: Window,
    total: int,
    order: Order | None,
    places: list[Place] | None = None,
) -> WindowRows:
    reverse = order is not None and order.reverse
    return WindowRows(
        window, total, lambda one: row_of(record(one, snapshot)), reverse=reverse, places=places
    )


def _window(items: Items, undated: list[Assessment], order: Order | None) -> Window:
    db, account, judge = items.db, items.account, items.judge
    if order is None:
        return sort_orders.by_deadline(db, account, judge, undated)
    if order.column == "edition":
        kinds = sorted(KINDS, key=lambda kind: _(labels.KINDS[kind]).casefold())
        return sort_orders.by_kind(db, account, judge, kinds, undated)
    if order.column == "state":
        states = sorted(State, key=lambda state: _(labels.STATES[state]).casefold())
        return sort_orders.by_state(db, account, judge, states, undated)
    return sort_orders.by_column(db, account, judge, _COLUMNS[order.column], undated)
