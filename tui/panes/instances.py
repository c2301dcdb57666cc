"""The pane of IoT Platform instances and of other items with dates but no rules.

There may be many, so they stay in the database and are read page by page.
"""

from __future__ import annotations

import sqlite3
from threading import Event

from msgspec.structs import replace

from store import formats
from store.i18n import N_, _
from store.items.assessment import Assessment
from store.items.filters import Filter
from store.items.names import item_name
from store.items.overview import Items
from store.items.pages import Listing
from store.items.search import matching_numbers, stop_with
from store.items.sort_orders import COLUMNS, GONE_LAST, SortOrder, by_kind, by_state, is_gone
from store.models import Kind
from store.rules.standing import State
from tui.panes import filter_fields as fields
from tui.panes.annotations import with_snooze
from tui.panes.paged_rows import NumberedRows, PagedRows
from tui.panes.pane import NO_INSTANT, Pane, no_rows_in_memory
from tui.snapshot import Snapshot
from tui.text import labels
from tui.widgets.columns import Column
from tui.widgets.rows import ListRows, Row, Rows
from tui.widgets.table_text import ColumnOrder

_COLUMNS = {"instance_id": "id", "then": "lost"}
"""The name of a column's sort order, if it differs from the column's key."""

KINDS = frozenset({Kind.ENTERPRISE, Kind.PUBLIC_PREVIOUS, Kind.PUBLIC_NEW, Kind.OTHER, Kind.VOD})


def instance_row(assessment: Assessment, snapshot: Snapshot) -> Row:
    """The instance as a row."""
    item = assessment.item
    row = Row(
        item.id,
        (
            item_name(item),
            item.instance_id or _("none"),
            _(labels.KINDS[item.kind]),
            item.region or "",
            labels.state(assessment),
            end_with_sort_key(assessment, snapshot)[0],
            labels.then(assessment, snapshot.overview.now),
            labels.auto_renewal(assessment),
        ),
        "gone" if is_gone(assessment) else labels.tone(assessment),
    )
    return with_snooze(row, item, snapshot, column=6)


def end_with_sort_key(assessment: Assessment, snapshot: Snapshot) -> tuple[str, float]:
    """The end as text and as a sort key; without an end, the next event."""
    event = assessment.standing.next
    instant = assessment.item.ends_at or (event.at if event else None)
    if instant is None:
        return "", NO_INSTANT
    return formats.countdown(instant, snapshot.overview.now), instant.timestamp()


def instance_rows(snapshot: Snapshot, order: ColumnOrder | None) -> Rows:
    """All instances in that order; None: by deadline, with lost ones last."""
    items = snapshot.overview.items
    if not items:
        return ListRows()
    listing = _listing(items, snapshot, order)
    return PagedRows(
        listing,
        _count(snapshot),
        lambda assessment: instance_row(assessment, snapshot),
        reverse=order is not None and order.reverse,
    )


def matching_rows(  # noqa: PLR0913 - what of what, in which order, for whom
    snapshot: Snapshot,
    db: sqlite3.Connection,
    query: Filter,
    order: ColumnOrder | None,
    stop: Event,
    *,
    limit: int = -1,
) -> Rows:
    """The instances that match the filter, at most `limit`. `db`: the connection of the calling
    thread. Raises `sqlite3.OperationalError` once `stop` is set."""
    items = snapshot.overview.items
    if not items:
        return ListRows()
    listing = _listing(items, snapshot, order)
    notes = {key: (note.owner, note.note) for key, note in snapshot.annotations.notes.items()}
    stop_with(db, stop)
    backward = order is not None and order.reverse
    numbers = matching_numbers(
        replace(listing, db=db), query, notes, backward=backward, limit=limit
    )
    rows = NumberedRows(listing, numbers, lambda assessment: instance_row(assessment, snapshot))
    rows.read_first(db)
    return rows


def _count(snapshot: Snapshot) -> int:
    return snapshot.dated_count + len(snapshot.undated_of(KINDS))


def _listing(items: Items, snapshot: Snapshot, order: ColumnOrder | None) -> Listing:
    return items.in_order(_sort_order(order), snapshot.undated_of(KINDS))


def _sort_order(order: ColumnOrder | None) -> SortOrder:
    if order is None:
        return GONE_LAST
    if order.column == "edition":
        return by_kind(sorted(KINDS, key=lambda kind: _(labels.KINDS[kind]).casefold()))
    if order.column == "state":
        return by_state(sorted(State, key=lambda state: _(labels.STATES[state]).casefold()))
    return COLUMNS[_COLUMNS.get(order.column, order.column)]


INSTANCES = Pane(
    id="instances",
    title=N_("Instances"),
    columns=(
        Column("name", N_("Name"), 14, weight=3, max_width=30),
        Column("instance_id", N_("Instance ID"), 16, weight=1, max_width=24, priority=2),
        Column("edition", N_("Edition"), 16, priority=5),
        Column("region", N_("Region"), 14, priority=6),
        Column("state", N_("State"), 9, toned=True),
        Column("ends", N_("Ends"), 23, priority=1),
        Column("then", N_("Then"), 22, weight=1, max_width=38, priority=3),
        Column("auto", N_("Auto-renewal"), 17, priority=4),
    ),
    fields=(
        fields.NAME, fields.INSTANCE_ID, fields.STATE, fields.SEVERITY, fields.ENDS, fields.LOST,
        fields.EDITION, fields.REGION, fields.AUTO, fields.COST, fields.OWNER, fields.NOTE,
    ),
    rows=no_rows_in_memory,
    count=_count,
    empty=N_("No instances."),
    keys=("open", "renew", "walk", "mark"),
)  # fmt: skip
