"""The instances of an account of any size as rows: in an order, and as words leave them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from store import arranging, counting
from store.arranging import STATES
from store.models import AUTO_RENEWAL_MONTHS, Kind
from store.moments import from_stamp
from store.overview import Items, Seen
from store.rules.standing import State
from store.searching import Search
from store.windows import Window
from tui.panes import words
from tui.panes.instances import INSTANCES, KINDS, record
from tui.panes.pane import row_of, rows_of
from tui.panes.windowed import WindowRows
from tui.snapshot import Snapshot
from tui.text import _, when
from tui.widgets.rows import ListRows, Rows
from tui.widgets.table_lines import Order

_COLUMNS = {
    "name": "name",
    "instance_id": "id",
    "region": "region",
    "ends": "end",
    "then": "lost",
    "auto": "auto",
}
DAY, ZONE, RELEASE = 86_400, 28_800, 15
"""Seconds of a day, seconds from UTC to UTC+8, days from an end to the release."""


def instance_rows(snapshot: Snapshot, order: Order | None) -> Rows:
    """All instances in that order; without one, by their deadlines."""
    items = snapshot.overview.items
    if not items:
        return ListRows()
    undated = _undated(items)
    total = counting.dated(items.db, items.account) + len(undated)
    return _windowed(snapshot, _window(items, undated, order), total, order)


@dataclass(frozen=True, slots=True)
class Found:
    """What words leave. `count`: asked with a thread's connection, it tells how many rows
    there are in truth; None: no more than `rows` has."""

    rows: Rows
    count: Callable[[sqlite3.Connection], int] | None = None


def found_rows(snapshot: Snapshot, db: sqlite3.Connection, text: str, order: Order | None) -> Found:
    """The instances that have all the words of the text. `db` is of the thread that asks.

    Where few dated items can have them, each is read and its whole row is looked into; else
    they stay in the database, and the first page is there before they are counted.
    """
    items = snapshot.overview.items
    if not items:
        return Found(ListRows())
    wanted = text.casefold().split()
    moments = arranging.moments(items.judge)
    undated = [one for one in _undated(items) if _has(one, wanted, snapshot)]
    everything = Search(items.account, (), {}, moments)
    also = {word: _shown_otherwise(word, db, snapshot) for word in wanted}
    search = Search(items.account, wanted, also, moments)
    few = everything.few(db, items.judge)
    few = search.few(db, items.judge) if few is None else few
    if few is not None:
        seen = sorted([*few, *undated], key=lambda one: one.order)
        return Found(rows_of(INSTANCES, [record(one, snapshot) for one in seen], text, order))
    rows = _windowed(snapshot, _window(items, undated, order, search), 0, order)
    rows.read_first(db)
    beside = len(undated)
    return Found(rows, lambda own: search.count(own) + beside)


def _undated(items: Items) -> list[Seen]:
    return [one for one in items.undated if one.item.kind in KINDS]


def _has(seen: Seen, wanted: Iterable[str], snapshot: Snapshot) -> bool:
    searched = record(seen, snapshot).searched
    return all(word in searched for word in wanted)


def _windowed(snapshot: Snapshot, window: Window, total: int, order: Order | None) -> WindowRows:
    reverse = order is not None and order.reverse
    return WindowRows(window, total, lambda one: row_of(record(one, snapshot)), reverse=reverse)


def _window(
    items: Items, undated: list[Seen], order: Order | None, search: Search | None = None
) -> Window:
    db, account, judge = items.db, items.account, items.judge
    if order is None:
        window = arranging.by_deadline(db, account, judge, undated)
    elif order.column == "edition":
        kinds = sorted(KINDS, key=lambda kind: _(words.KINDS[kind]).casefold())
        window = arranging.by_kind(db, account, judge, kinds, undated)
    elif order.column == "state":
        states = sorted(State, key=lambda state: _(words.STATES[state]).casefold())
        window = arranging.by_state(db, account, judge, states, undated)
    else:
        window = arranging.by_column(db, account, judge, _COLUMNS[order.column], undated)
    return window if search is None else window.narrowed_to(search.condition, search.values)


def _shown_otherwise(word: str, db: sqlite3.Connection, snapshot: Snapshot) -> str:
    """The condition on dated items whose kind, state, dates or auto-renewal show the word."""
    met = [
        f"kind = '{kind}'"
        for kind in (Kind.ENTERPRISE, Kind.OTHER)
        if word in _(words.KINDS[kind]).casefold()
    ]
    met += [
        f"({arm.condition})"
        for state, arms in STATES.items()
        if word in _(words.STATES[state]).casefold()
        for arm in arms
    ]
    met += _of_auto_renewal(word)
    met += _of_dates(word, db, snapshot)
    return f"({' OR '.join(met)})" if met else "false"


def _of_auto_renewal(word: str) -> Iterator[str]:
    on = "auto_renewal_months IS NOT NULL"
    if word in _("off").casefold():
        yield f"kind = '{Kind.ENTERPRISE}' AND NOT {on}"
    for months in AUTO_RENEWAL_MONTHS:
        if word in _("{n} months").format(n=months).casefold():
            yield f"auto_renewal_months = {months}"
    if word in _("{months}, price not known").format(months="").casefold():
        yield f"{on} AND due_cents IS NULL"
    if word in _("{months}, not covered").format(months="").casefold():
        yield f"{on} AND due_cents IS NOT NULL AND NOT {arranging.RENEWS}"


def _of_dates(word: str, db: sqlite3.Connection, snapshot: Snapshot) -> Iterator[str]:
    now, account = snapshot.overview.now, snapshot.overview.account
    this_year = words.local(now).year if now else 0
    ends, losses = set(), set()
    for (day,) in db.execute("SELECT DISTINCT day FROM days WHERE account = ?", (account,)):
        for local in (day, day + 1):
            moment = from_stamp(local * DAY - ZONE)
            text = when.short_day(moment) if moment.year == this_year else when.day(moment)
            if word in text.casefold():
                ends.add(local)
            if word in when.short_day(from_stamp((local + RELEASE) * DAY - ZONE)).casefold():
                losses.add(local)
    day_of_end = f"(ends_at + {ZONE}) / {DAY} IN"
    if ends:
        yield f"{day_of_end} ({', '.join(map(str, ends))})"
    if losses or word in _("data lost {day}").format(day="").casefold():
        lost = f"{day_of_end} ({', '.join(map(str, losses))})" if losses else "true"
        yield f"kind = '{Kind.ENTERPRISE}' AND {lost}"
