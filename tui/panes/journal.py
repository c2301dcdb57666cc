"""The pane of payments: the journal, newest first."""

from __future__ import annotations

from collections.abc import Iterator

from store import formats
from store.i18n import N_, _
from store.items.filters import TEXT
from store.items.rows import normalized
from store.payments.payment import PaymentState
from store.times import to_epoch
from tui.panes import filter_fields as fields
from tui.panes.pane import Pane, sortable_row
from tui.snapshot import Snapshot
from tui.text import payment_text
from tui.text.tones import Tone
from tui.widgets.columns import Column
from tui.widgets.rows import Row

_TONES: dict[PaymentState, Tone] = {
    PaymentState.REFUSED: "warning",
    PaymentState.UNKNOWN: "unknown",
    PaymentState.SENT: "unknown",
    PaymentState.PLANNED: "unknown",
}


def _rows(snapshot: Snapshot) -> Iterator[Row]:
    names = payment_text.item_names(snapshot.overview, snapshot.payments)
    for payment in snapshot.payments:
        name = names[payment.instance_id]
        outcome = payment.note or payment.error_message or ""
        searched = (name, payment.instance_id, payment.order_id or "", outcome)
        yield sortable_row(
            payment.id,
            (
                (formats.instant(payment.created_at), payment.created_at.timestamp()),
                _(payment_text.OPERATIONS[payment.operation.value]),
                name,
                (str(payment.months), payment.months),
                (
                    formats.amount(payment.quoted, payment.currency),
                    -1 if payment.quoted is None else payment.quoted,
                ),
                _(payment_text.PAYMENTS[payment.state]),
                payment.order_id or "",
                outcome,
            ),
            _TONES.get(payment.state, "ok"),
            {
                TEXT: "\n".join(map(normalized, searched)),
                "at": to_epoch(payment.created_at),
                "what": payment.operation.value,
                "id": normalized(payment.instance_id),
                "name": normalized(name),
                "cost": None if payment.quoted is None else int(payment.quoted * 100),
                "state": payment.state.value,
                "order": normalized(payment.order_id or ""),
            },
        )


PAYMENTS = Pane(
    id="payments",
    title=N_("Payments"),
    columns=(
        Column("at", N_("When"), 17),
        Column("what", N_("What"), 8, priority=4),
        Column("item", N_("For"), 14, weight=2, max_width=30),
        Column("months", N_("Months"), 6, align="right", priority=5),
        Column("amount", N_("Amount"), 14, align="right", priority=1),
        Column("state", N_("State"), 8, toned=True),
        Column("order", N_("Order"), 14, weight=1, max_width=24, priority=3),
        Column("words", N_("Outcome"), 16, weight=3, max_width=60, priority=2),
    ),
    fields=(
        fields.NAME, fields.INSTANCE_ID, fields.PAYMENT_STATE, fields.OPERATION, fields.MADE,
        fields.COST, fields.ORDER,
    ),
    rows=_rows,
    count=lambda snapshot: len(snapshot.payments),
    empty=N_("No payments yet."),
    keys=("open", "reconcile", "unbought"),
)  # fmt: skip
