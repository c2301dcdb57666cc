"""What happens next, over all kinds of items, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator

from store import formats
from store.annotations.load import attention
from store.i18n import N_, _, counted
from store.items.assessment import Assessment
from store.rules.standing import NOT_SERVING
from tui.panes.paged_rows import PagedRows
from tui.panes.pane import LAST, Pane, row
from tui.snapshot import Snapshot
from tui.text import labels
from tui.widgets.columns import Column
from tui.widgets.rows import ListRows, Row, Rows


def _rows(snapshot: Snapshot) -> Iterator[Row]:
    items = snapshot.overview.items
    if items:
        for _position, assessment in attention(items, snapshot.annotations):
            yield _row(assessment, snapshot)


def upcoming_title(snapshot: Snapshot) -> str:
    """The pane's title, with the number of snoozed items, which the list leaves out."""
    count = len(snapshot.annotations.hidden)
    if not count:
        return _(UPCOMING.title)
    snoozed = counted("{n} snoozed", "{n} snoozed", count)
    return f"{_(UPCOMING.title)} · {snoozed}"


def upcoming_rows(snapshot: Snapshot) -> Rows:
    """What needs attention, the most pressing first."""
    items = snapshot.overview.items
    if not items:
        return ListRows()
    listing = attention(items, snapshot.annotations)
    return PagedRows(listing, snapshot.pressing, lambda assessment: _row(assessment, snapshot))


def _row(assessment: Assessment, snapshot: Snapshot) -> Row:
    return row(
        assessment.item.id,
        (
            _in(assessment, snapshot),
            labels.called(assessment.item),
            labels.consequence(assessment) or _data_error(assessment),
            labels.remedy(assessment),
            _source(assessment),
        ),
        labels.tone(assessment),
    )


def _in(assessment: Assessment, snapshot: Snapshot) -> tuple[str, float]:
    event, now = assessment.standing.next, snapshot.overview.now
    if event is None or now is None:
        is_down = assessment.standing.state in NOT_SERVING
        return (_("now"), 0.0) if is_down else ("", LAST)
    return formats.length(event.at - now), event.at.timestamp()


def _data_error(assessment: Assessment) -> str:
    for error in assessment.standing.data_errors:
        return _("{field} is {found}, expected {expected}").format(
            field=error.field, found=error.found, expected=_(error.expected)
        )
    return ""


def _source(assessment: Assessment) -> str:
    """The document, and its clauses for the next event."""
    clauses = assessment.standing.clauses
    if not clauses:
        return ""
    event = assessment.standing.next
    shown = [event.clause] if event and event.clause else list(clauses[:1])
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
    (),
    _rows,
    N_("Nothing needs attention within 30 days."),
)
