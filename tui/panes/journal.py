"""The journal of payments, newest first."""

from __future__ import annotations

from collections.abc import Iterator

from store.i18n import N_, _
from store.payments.payment import PaymentState
from tui.panes.pane import Cell, Pane, Record
from tui.snapshot import Snapshot
from tui.text import labels
from tui.text.tones import Tone
from tui.widgets.columns import Column

_TONES: dict[PaymentState, Tone] = {
    PaymentState.REFUSED: "warning",
    PaymentState.UNKNOWN: "unknown",
    PaymentState.SENT: "unknown",
    PaymentState.PLANNED: "unknown",
}


def _records(snapshot: Snapshot) -> Iterator[Record]:
    for row in snapshot.payments:
        yield Record(
            row.id,
            (
                Cell(labels.instant(row.created_at), row.created_at.timestamp()),
                Cell(_(labels.OPERATIONS[row.operation.value])),
                Cell(row.instance_id),
                Cell(str(row.months), row.months),
                Cell(
                    labels.amount(row.quoted, row.currency),
                    -1 if row.quoted is None else row.quoted,
                ),
                Cell(_(labels.PAYMENTS[row.state])),
                Cell(row.order_id or ""),
                Cell(row.note or row.error_message or ""),
            ),
            _TONES.get(row.state, "ok"),
        )


PAYMENTS = Pane(
    "payments",
    N_("Payments"),
    (
        Column("at", N_("When"), 17),
        Column("what", N_("What"), 8, priority=4),
        Column("instance_id", N_("For"), 14, weight=2, most=30),
        Column("months", N_("Months"), 6, align="right", priority=5),
        Column("amount", N_("Amount"), 14, align="right", priority=1),
        Column("state", N_("State"), 8, toned=True),
        Column("order", N_("Order"), 14, weight=1, most=24, priority=3),
        Column("words", N_("Outcome"), 16, weight=3, most=60, priority=2),
    ),
    _records,
    N_("No payments yet."),
)
