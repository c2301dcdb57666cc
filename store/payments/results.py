"""Results of renewals, for people and as JSON, and the journal as JSON (`renewal.payments/1`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from store.errors import CloudError, Exit, FileTrouble, RenewalError
from store.formats import clause
from store.i18n import _, counted
from store.money import format_money, json_amount
from store.payments.offer import Offer
from store.payments.pay import SentRenewal
from store.payments.payment import Payment, PaymentState
from store.payments.send import NOT_WRITTEN
from store.times import json_time

PAYMENTS_SCHEMA = "renewal.payments/1"


class RenewalOutcome(StrEnum):
    """The outcome of one renewal."""

    PAID = "paid"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"
    SET = "set"
    DRY_RUN = "dry-run"
    NOT_DUE = "not-due"


class Result(Struct, frozen=True):
    """The result of one renewal. Amounts and dates are None if they are unknown."""

    instance_id: str
    exit: Exit
    outcome: RenewalOutcome
    message: str
    quoted: Decimal | None = None
    currency: str | None = None
    ends_before: datetime | None = None
    ends_after: datetime | None = None
    order_id: str | None = None
    sdks: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """The result as JSON (`renewal.renew/1`)."""
        return {
            "instance_id": self.instance_id,
            "exit": int(self.exit),
            "outcome": self.outcome.value,
            "quoted": json_amount(self.quoted),
            "currency": self.currency,
            "ends_before": json_time(self.ends_before),
            "ends_after": json_time(self.ends_after),
            "order_id": self.order_id,
            "sdks": list(self.sdks),
            "message": self.message,
        }


_WORST_FIRST = (
    Exit.OUTCOME_UNKNOWN,
    Exit.REFUSED,
    Exit.DENIED,
    Exit.FILE,
    Exit.DEFECT,
    Exit.UNREACHABLE,
    Exit.USAGE,
    Exit.STOPPED_HERE,
    Exit.UNKNOWN,
    Exit.CRITICAL,
    Exit.WARNING,
    Exit.DONE,
)


def worst_exit(results: Sequence[Result]) -> Exit:
    """The exit code of a command with these results."""
    return min((result.exit for result in results), key=_WORST_FIRST.index, default=Exit.DONE)


def unsent_message(error: RenewalError) -> str:
    """The reason why nothing was sent, followed by that fact if the error does not state it."""
    if isinstance(error, FileTrouble | CloudError):
        return _("{reason}. Nothing was sent, and nothing was paid.").format(
            reason=clause(error.message)
        )
    return error.message


def unpaid_result(offer: Offer) -> Result:
    """The result of an offer that is not paid, as in a dry run."""
    price = offer.quote.amount
    words = _("no price quoted") if price is None else format_money(price, offer.quote.currency)
    return Result(
        offer.instance_id,
        Exit.DONE,
        RenewalOutcome.DRY_RUN,
        _with_licenses(
            offer,
            _("would be renewed for {term}, {price}; nothing was sent").format(
                term=counted("{n} month", "{n} months", offer.months), price=words
            ),
        ),
        price,
        offer.quote.currency,
        offer.ends_before,
        offer.quote.ends_at,
        sdks=offer.sdks,
    )


def _with_licenses(offer: Offer, message: str) -> str:
    """The message, with everything that a license order covers (LIC-3)."""
    if not offer.licenses:
        return message
    return _("{message}. The order covers {licenses}.").format(
        message=clause(message), licenses="; ".join(offer.licenses)
    )


def sent_result(offer: Offer, renewal: SentRenewal) -> Result:
    """The result of a renewal that was sent."""
    payment = renewal.payment
    match payment.state:
        case PaymentState.PAID:
            words = payment.note or _("renewed and paid")
            exit_code, outcome = Exit.DONE, RenewalOutcome.PAID
        case PaymentState.REFUSED:
            words = _("refused by the cloud; nothing was paid: {reason}").format(
                reason=payment.error_message
            )
            exit_code = Exit.DENIED if renewal.denied else Exit.REFUSED
            outcome = RenewalOutcome.REFUSED
        case _ if payment.error_code == NOT_WRITTEN:
            words = _(
                "{reason}. The journal shows it as sent: when the disk works again, run "
                "`renewal payments reconcile` to settle it. Do not pay for it elsewhere "
                "before that."
            ).format(reason=clause(payment.error_message))
            exit_code, outcome = Exit.OUTCOME_UNKNOWN, RenewalOutcome.UNKNOWN
        case _:
            words = _(
                "the outcome is unknown: {reason}. It is in the journal; run `renewal "
                "payments reconcile` to settle it. Do not pay for it elsewhere before "
                "that."
            ).format(reason=clause(payment.error_message))
            exit_code, outcome = Exit.OUTCOME_UNKNOWN, RenewalOutcome.UNKNOWN
    return replace(
        unpaid_result(offer),
        exit=exit_code,
        outcome=outcome,
        message=_with_licenses(offer, words),
        ends_after=payment.ends_after,
        order_id=payment.order_id,
    )


def payments_document(rows: Iterable[Payment]) -> dict[str, Any]:
    """The journal as JSON, oldest payment first."""
    return {"schema": PAYMENTS_SCHEMA, "payments": [_row(row) for row in rows]}


def _row(row: Payment) -> dict[str, Any]:
    error = None
    if row.error_code is not None:
        error = {"code": row.error_code, "message": row.error_message}
    return {
        "id": row.id,
        "account": row.account,
        "operation": row.operation.value,
        "instance_id": row.instance_id,
        "months": row.months,
        "client_token": row.client_token,
        "quoted": json_amount(row.quoted),
        "currency": row.currency,
        "state": row.state.value,
        "order_id": row.order_id,
        "ends_before": json_time(row.ends_before),
        "ends_after": json_time(row.ends_after),
        "error": error,
        "note": row.note,
        "created_at": json_time(row.created_at),
        "sent_at": json_time(row.sent_at),
        "settled_at": json_time(row.settled_at),
    }
