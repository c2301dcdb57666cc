"""The list of due items: what to do first, by when, and at what cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from store import formats
from store.i18n import N_, _, counted
from store.items.assessment import Assessment
from store.items.names import item_name
from store.items.remedy_cost import remedy_cost
from tui.panes import filter_fields as fields
from tui.panes.annotations import filter_values
from tui.panes.paged_rows import PagedRows
from tui.panes.pane import NO_INSTANT, Pane, sortable_row
from tui.snapshot import Snapshot
from tui.text import due_text, labels
from tui.widgets.columns import Column
from tui.widgets.rows import ListRows, Row, Rows, RowsWithFooter

SETUP_KEY = "checklist"
"""The key of the line that leads to the checklist."""
GONE_KEY = "gone"
"""The key of the line that stands for the items lost for good."""
NAMES = 3


def due_rows(snapshot: Snapshot) -> Rows:
    """The rows, the most urgent first, then a line for lost items and one for the checklist."""
    due = snapshot.due
    if due is None:
        return ListRows()
    rows = PagedRows(due.listing, snapshot.due_count, lambda item: _row(item, snapshot))
    return with_other_lines(rows, snapshot)


def with_other_lines(rows: Rows, snapshot: Snapshot) -> Rows:
    """The rows in any order, then a line for lost items and one for the checklist."""
    gone = gone_row(snapshot)
    with_gone: Rows = rows if gone is None else RowsWithFooter(rows, gone)
    return RowsWithFooter(with_gone, setup_row(snapshot)) if snapshot.open_checks else with_gone


def setup_row(snapshot: Snapshot) -> Row:
    """The line that leads to the checklist, shown while a step of it is open."""
    steps_left = counted("{n} step left", "{n} steps left", snapshot.open_checks)
    return Row(SETUP_KEY, (), sign="?", across=_("Checklist: {left}").format(left=steps_left))


def gone_row(snapshot: Snapshot) -> Row | None:
    """`3 gone since 16 Nov: Old pilot line, …`; None: nothing is gone."""
    gone, count = snapshot.gone, snapshot.gone_count
    if not gone:
        return None
    names = [item_name(item.item) for item in gone[:NAMES]]
    if count > NAMES:
        names.append("…")
    since = min(filter(None, map(_lost_at, gone)), default=None)
    if since is None:
        text = counted("{n} gone", "{n} gone", count)
    else:
        day = formats.day(since, snapshot.overview.now)
        text = _("{n} gone since {day}").format(n=count, day=day)
    line = _("{label}: {text}").format(label=text, text=formats.joined(names))
    return Row(GONE_KEY, (), sign=" ", across=line)


def _lost_at(item: Assessment) -> datetime | None:
    return item.standing.data_lost_at or item.item.ends_at


def _rows(snapshot: Snapshot) -> Iterator[Row]:
    if snapshot.due is not None:
        for _position, item in snapshot.due.listing:
            yield _row(item, snapshot)


def _row(item: Assessment, snapshot: Snapshot) -> Row:
    cost = remedy_cost(item, snapshot.overview)
    return sortable_row(
        item.item.id,
        (
            _when(item, snapshot),
            item_name(item.item),
            due_text.kind(item, snapshot.overview),
            due_text.consequence(item),
            (due_text.cost(cost), -1 if cost is None or cost.amount is None else cost.amount),
            due_text.remedy(item, snapshot.overview),
        ),
        labels.tone(item),
        filter_values(item, snapshot),
    )


def _when(item: Assessment, snapshot: Snapshot) -> tuple[str, float]:
    event, text = item.standing.next, labels.when(item, snapshot.overview.now)
    if event is not None and text:
        return text, event.at.timestamp()
    return text, 0.0 if text else NO_INSTANT


DUE = Pane(
    id="due",
    title=N_("Due"),
    columns=(
        Column("when", N_("When"), 6, align="right", toned=True),
        Column("name", N_("Item"), 14, weight=4, max_width=34),
        Column("kind", N_("Kind"), 16, priority=3),
        Column("what", N_("What happens"), 16, weight=4, max_width=40, priority=2, preferred=28),
        Column("cost", N_("Cost"), 17, align="right", priority=1),
        Column("do", N_("Do"), 8),
    ),
    fields=(fields.NAME, fields.INSTANCE_ID, fields.STATE, fields.SEVERITY, fields.COST),
    rows=_rows,
    count=lambda snapshot: snapshot.due_count,
    empty=N_("Nothing needs attention within 30 days."),
    keys=("open", "walk", "view", "keep"),
)
