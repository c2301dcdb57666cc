"""What happens next, over all kinds of items, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator

from store.annotations.load import awake
from store.i18n import N_, _, counted
from store.items import counts
from store.items.assessment import Assessment
from store.items.queries import is_dated
from store.rules.standing import NOT_SERVING
from tui.panes.paged_rows import WindowRows
from tui.panes.pane import Cell, Pane, Record, row_of
from tui.snapshot import Snapshot
from tui.text import formats, labels
from tui.widgets.columns import Column
from tui.widgets.rows import ListRows, Rows


def _records(snapshot: Snapshot) -> Iterator[Record]:
    items = snapshot.overview.items
    if items:
        for _place, seen in awake(items, snapshot.own).rows():
            yield _record(seen, snapshot)


def upcoming_title(snapshot: Snapshot) -> str:
    """The pane's title, with how many items sleep, so that nobody takes the list for all."""
    asleep = len(snapshot.own.pressing)
    if not asleep:
        return _(UPCOMING.title)
    told = counted("{n} snoozed", "{n} snoozed", asleep)
    return f"{_(UPCOMING.title)} · {told}"


def upcoming_rows(snapshot: Snapshot) -> Rows:
    """What is not fine, the most pressing first."""
    items = snapshot.overview.items
    if not items:
        return ListRows()
    window = awake(items, snapshot.own)
    hidden = sum(is_dated(one.item) for one in snapshot.own.pressing)
    pressing = counts.pressing(items.db, items.account, items.judge)
    total = pressing - hidden + len(window.undated)
    return WindowRows(window, total, lambda seen: row_of(_record(seen, snapshot)))


def _record(seen: Assessment, snapshot: Snapshot) -> Record:
    return Record(
        seen.item.id,
        (
            _ahead(seen, snapshot),
            Cell(labels.called(seen.item)),
            Cell(labels.consequence(seen) or _data_error(seen)),
            Cell(labels.remedy(seen)),
            Cell(_source(seen)),
        ),
        labels.tone(seen),
    )


def _ahead(seen: Assessment, snapshot: Snapshot) -> Cell:
    coming, now = seen.standing.next, snapshot.overview.now
    if coming is None or now is None:
        down = seen.standing.state in NOT_SERVING
        return Cell(_("now") if down else "", 0.0 if down else float("inf"))
    return Cell(formats.length(coming.at - now), coming.at.timestamp())


def _data_error(seen: Assessment) -> str:
    for error in seen.standing.data_errors:
        return _("{field} is {found}, expected {expected}").format(
            field=error.field, found=error.found, expected=_(error.expected)
        )
    return ""


def _source(seen: Assessment) -> str:
    """The document, and the clauses that matter for what comes next."""
    clauses = seen.standing.clauses
    if not clauses:
        return ""
    coming = seen.standing.next
    shown = [coming.clause] if coming and coming.clause else list(clauses[:1])
    document = "D1" if clauses[0].startswith("IOT") else "D2"
    return f"{document} {', '.join(shown)}"


UPCOMING = Pane(
    "upcoming",
    N_("What happens next"),
    (
        Column("in", N_("In"), 6, align="right", toned=True),
        Column("name", N_("Name"), 15, weight=2, most=26),
        Column("what", N_("What happens"), 28, weight=1, most=44),
        Column("do", N_("Do"), 8, priority=1),
        Column("source", N_("Source"), 8, priority=2),
    ),
    _records,
    N_("Nothing needs attention within 30 days."),
)
