"""What is under way or unknown is settled by looking, never by paying.

Asking the cloud again, with the same token, is a separate act of the person.
"""

from __future__ import annotations

from datetime import timedelta

from store.errors import Stopped
from store.models import ResourcePlan
from store.payments import journal
from store.payments.evidence import by_looking
from store.payments.journal import (
    NEVER_SENT,
    Operation,
    Paid,
    Payment,
    PaymentState,
    Refusal,
    Settlement,
    Unclear,
)
from store.payments.renewing import Payer, prove, send
from store.reads import items

TOKEN_REMEMBERED = timedelta(hours=24)
"""Past this age the cloud may have forgotten the token, so nothing is sent again."""


def reconcile(payer: Payer, instance_id: str | None = None) -> list[Payment]:
    """Settle what is open, for one Instance ID or all; the rows as they are afterwards.

    Rows of another cloud identity are left alone, and so is what a living process is busy
    with. Raises what the cloud raises while looking; what was settled by then stays.
    """
    seen = journal.open_payments(payer.db, payer.account, payer.cloud.identity, instance_id)
    return [_reconciled(payer, payment) for payment in seen]


def _reconciled(payer: Payer, payment: Payment) -> Payment:
    alive = payment.state is not PaymentState.UNKNOWN and journal.is_alive(payment.process)
    if alive:
        return payment
    if payment.state is PaymentState.PLANNED:
        found: Settlement | None = Refusal(NEVER_SENT, "its process ended before it was sent")
    elif payment.operation is Operation.RENEW:
        found = by_looking(payer.cloud, payment)
    else:
        found = _purchase(payer, payment)
    if found is None and payment.state is PaymentState.SENT:
        found = Unclear("process-ended", "its process ended before the answer; no order seen yet")
    if found is not None:
        journal.settle(payer.db, payment.id, found, payer.cloud.now())
    if isinstance(found, Paid):
        prove(payer, payment.instance_id)
    return journal.payment(payer.db, payment.id)


def _purchase(payer: Payer, payment: Payment) -> Settlement | None:
    """A purchase has no token and no Instance ID to look for: what is listed now and was
    not before is taken for it."""
    before = {known.item.id: known.item for known in items(payer.db, payer.account)}
    wanted = before.get(payment.instance_id)
    for page, _ in payer.cloud.pages():
        for item in page:
            if wanted is None or item.id in before or item.kind is not wanted.kind:
                continue
            if isinstance(item, ResourcePlan) and item.type != getattr(wanted, "type", None):
                continue
            return Paid(None, item.ends_at, payment.months, f"{item.id} is listed now")
    return None


def ask_again(payer: Payer, payment: Payment) -> Payment:
    """Send a renewal of unknown outcome once more, with the same token.

    Settles by looking first. Raises `Stopped` where nothing may be sent: too old, of an
    operation without a token, or still under way. A refusal of the resend settles nothing,
    since the first send may still be on its way.
    """
    payer.leave.check()
    payment = _reconciled(payer, payment)
    if payment.state is not PaymentState.UNKNOWN:
        return payment
    if payment.operation is not Operation.RENEW or payment.sent_at is None:
        raise Stopped(
            f"{payment.operation.value} of {payment.instance_id} has no token, so it is never "
            "sent again. Look in the console whether it was paid."
        )
    if payer.cloud.now() - payment.sent_at >= TOKEN_REMEMBERED:
        raise Stopped(
            f"the payment for {payment.instance_id} was sent more than 24 hours ago, and the "
            "cloud may have forgotten its token: it is not sent again. Look in the console, "
            "under Orders, for a renewal of that time."
        )
    found, _ = send(payer.cloud, payment)
    if isinstance(found, Refusal):
        found = Unclear(found.code, f"asked again, and refused: {found.message}")
    journal.settle(payer.db, payment.id, found, payer.cloud.now())
    prove(payer, payment.instance_id)
    return journal.payment(payer.db, payment.id)
