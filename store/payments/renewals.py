"""Renewals one by one, each with a result that tells what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from store.errors import CloudError, Exit, FileTrouble, RenewalError, Stopped, Usage
from store.i18n import _
from store.items.queries import items_by_id, items_of_instance
from store.models import Item
from store.money import format_money, json_amount
from store.payments.auto_renewal import set_auto_renewal
from store.payments.journal import open_payments
from store.payments.payment import Payment, PaymentState
from store.payments.reconciling import stop_if_under_way
from store.payments.renewing import (
    Offer,
    Outcome,
    Payer,
    billed_end,
    check_months,
    check_renewable,
    offer,
    pay,
)
from store.payments.sending import NOT_WRITTEN
from store.payments.wish import Wish
from store.times import json_time


class How(StrEnum):
    """What came of one renewal."""

    PAID = "paid"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"
    SET = "set"
    DRY_RUN = "dry-run"
    NOT_DUE = "not-due"


class Result(Struct, frozen=True):
    """One renewal's result. Amounts and dates are None where they were not learnt."""

    instance_id: str
    exit: Exit
    outcome: How
    message: str
    quoted: Decimal | None = None
    currency: str | None = None
    ends_before: datetime | None = None
    ends_after: datetime | None = None
    order_id: str | None = None
    sdks: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """As JSON has it (`renewal.renew/1`)."""
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
    """The exit of all of them together."""
    return min((result.exit for result in results), key=_WORST_FIRST.index, default=Exit.DONE)


Confirm = Callable[[Offer], bool]
"""Shows the offer to the person; whether they said yes."""


def renew_all(
    payer: Payer, instance_ids: Sequence[str], wish: Wish, confirm: Confirm
) -> Iterator[Result]:
    """Renew each in turn. The end dates that the person saw are those stored at the start, and
    what was open then counts as under way."""
    check_months(wish.months)
    started = [_Started.of(payer, instance_id) for instance_id in instance_ids]
    for each in started:
        yield _renew_one(payer, each, wish, confirm)


class _Started(Struct, frozen=True):
    """What was stored of an Instance ID when the command started."""

    instance_id: str
    items: tuple[Item, ...] | Usage
    open_payments: tuple[Payment, ...]

    @classmethod
    def of(cls, payer: Payer, instance_id: str) -> _Started:
        identity = payer.cloud.identity
        rows = open_payments(payer.db, payer.account, identity, instance_id)
        return cls(instance_id, _stored(payer, instance_id), tuple(rows))


def _stored(payer: Payer, instance_id: str) -> tuple[Item, ...] | Usage:
    found = items_of_instance(payer.db, payer.account, instance_id) if instance_id else []
    if not found:
        found = items_by_id(payer.db, payer.account, instance_id)
        order_id = found[0].item.instance_id if found else ""
        if order_id and order_id != instance_id:
            return Usage(
                _(
                    "{instance_id} is a license ID; the Instance ID of its order is "
                    "{order_id}. Nothing was sent."
                ).format(instance_id=instance_id, order_id=order_id)
            )
    if not found and instance_id != "vod":
        return Usage(
            _(
                "this account has no Instance ID {instance_id!r}; nothing was sent. "
                "`renewal status` lists its items."
            ).format(instance_id=instance_id)
        )
    return tuple(known.item for known in found)


def _renew_one(payer: Payer, started: _Started, wish: Wish, confirm: Confirm) -> Result:
    instance_id, seen = started.instance_id, started.items
    if isinstance(seen, Usage):
        return Result(instance_id, Exit.USAGE, How.BLOCKED, seen.message)
    try:
        if not seen:
            raise Stopped(_("ApsaraVideo VOD cannot be renewed; use P-TOPUP to keep it."))
        return _renew_seen(payer, seen, started.open_payments, wish, confirm)
    except RenewalError as error:
        return Result(instance_id, error.exit, How.BLOCKED, _unsent(error), ends_before=_end(seen))


def _end(seen: Sequence[Item]) -> datetime | None:
    return billed_end(seen[0]) if seen else None


def _renew_seen(
    payer: Payer,
    seen: tuple[Item, ...],
    open_before: tuple[Payment, ...],
    wish: Wish,
    confirm: Confirm,
) -> Result:
    check_renewable(seen)
    if wish.if_ends_within is not None:
        later = _ends_later(payer, seen[0].instance_id, wish.if_ends_within)
        if later is not None:
            return later
    found = prepared(payer, seen, wish, open_before)
    if wish.dry_run:
        return _offered(found)
    if not confirm(found):
        return replace(
            _offered(found),
            exit=Exit.STOPPED_HERE,
            outcome=How.BLOCKED,
            message=_("not confirmed; nothing was sent"),
        )
    return pay_confirmed(payer, found)


def prepared(
    payer: Payer, seen: Sequence[Item], wish: Wish, open_before: Sequence[Payment] = ()
) -> Offer:
    """The offer for the items of one Instance ID, once nothing stands in its way.

    `open_before` are payments for it that were open when the renewal was asked for.

    Raises `Stopped`, `Usage`, or what the cloud raises.
    """
    if not wish.dry_run:
        payer.leave.check()
        stop_if_under_way(payer, seen[0].instance_id, open_before)
    return offer(payer, seen, wish)


def pay_confirmed(payer: Payer, found: Offer) -> Result:
    """Pay what the person said yes to; what stops it on the way is a result, too."""
    try:
        return _paid(found, pay(payer, found))
    except RenewalError as error:
        stopped = _offered(found)
        return replace(stopped, exit=error.exit, outcome=How.BLOCKED, message=_unsent(error))


def _unsent(error: RenewalError) -> str:
    """Why nothing was sent, and that it was not, where the error cannot know it."""
    if isinstance(error, FileTrouble | CloudError):
        return _("{reason}. Nothing was sent, and nothing was paid.").format(
            reason=error.message.rstrip(".。")
        )
    return error.message


def _ends_later(payer: Payer, instance_id: str, within: timedelta) -> Result | None:
    """The result of an item that, as the cloud lists it now, is not due yet."""
    due_until = payer.cloud.now() + within
    ends = [item.ends_at for item in payer.cloud.look(instance_id) if item.ends_at]
    if not ends or min(ends) <= due_until:
        return None
    return Result(
        instance_id,
        Exit.DONE,
        How.NOT_DUE,
        _("ends later than the given time; nothing to do"),
        ends_before=min(ends),
    )


def _offered(found: Offer) -> Result:
    price = found.quote.amount
    words = _("no price quoted") if price is None else format_money(price, found.quote.currency)
    return Result(
        found.instance_id,
        Exit.DONE,
        How.DRY_RUN,
        _with_licenses(
            found,
            _("would be renewed for {months} months, {price}; nothing was sent").format(
                months=found.months, price=words
            ),
        ),
        price,
        found.quote.currency,
        found.ends_before,
        found.quote.ends_at,
        sdks=found.sdks,
    )


def _with_licenses(found: Offer, message: str) -> str:
    """The message, and of a license order everything that it covers (LIC-3)."""
    if not found.licenses:
        return message
    return _("{message}. The order covers {licenses}.").format(
        message=message.rstrip(".。"), licenses="; ".join(found.licenses)
    )


def _paid(found: Offer, outcome: Outcome) -> Result:
    payment = outcome.payment
    match payment.state:
        case PaymentState.PAID:
            words = payment.note or _("renewed and paid")
            exit_code, how = Exit.DONE, How.PAID
        case PaymentState.REFUSED:
            words = _("refused by the cloud; nothing was paid: {reason}").format(
                reason=payment.error_message
            )
            exit_code = Exit.DENIED if outcome.denied else Exit.REFUSED
            how = How.REFUSED
        case _ if payment.error_code == NOT_WRITTEN:
            words = _(
                "{reason}. The journal shows it as sent: when the disk works again, run "
                "`renewal payments reconcile` to settle it. Do not pay for it elsewhere "
                "before that."
            ).format(reason=payment.error_message)
            exit_code, how = Exit.OUTCOME_UNKNOWN, How.UNKNOWN
        case _:
            words = _(
                "the outcome is unknown: {reason}. It is in the journal; run `renewal "
                "payments reconcile` to settle it. Do not pay for it elsewhere before "
                "that."
            ).format(reason=payment.error_message)
            exit_code, how = Exit.OUTCOME_UNKNOWN, How.UNKNOWN
    return replace(
        _offered(found),
        exit=exit_code,
        outcome=how,
        message=_with_licenses(found, words),
        ends_after=payment.ends_after,
        order_id=payment.order_id,
    )


def auto_renew_all(
    payer: Payer, instance_ids: Sequence[str], months: int | None
) -> Iterator[Result]:
    """Set auto-renewal of each in turn, or turn it off with None."""
    for instance_id in instance_ids:
        seen = _stored(payer, instance_id)
        try:
            if isinstance(seen, Usage):
                raise seen
            if not seen:
                raise Stopped(_("ApsaraVideo VOD cannot be renewed; use P-TOPUP to keep it."))
            set_auto_renewal(payer, seen, months)
        except RenewalError as error:
            how = How.REFUSED if error.exit is Exit.REFUSED else How.BLOCKED
            yield Result(instance_id, error.exit, how, error.message)
        else:
            words = (
                _("auto-renewal is off")
                if months is None
                else _("auto-renewal is on, for {months} months each time").format(months=months)
            )
            yield Result(instance_id, Exit.DONE, How.SET, words)
