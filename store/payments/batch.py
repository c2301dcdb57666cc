"""Renewals and auto-renewal settings one after another, each with its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from store.errors import Exit, RenewalError, Stopped, Usage
from store.i18n import _, counted
from store.items.queries import items_by_id, items_of_instance
from store.models import AUTO_RENEWAL_MONTHS, Item
from store.payments.evidence import prove
from store.payments.journal import open_payments
from store.payments.offer import (
    Offer,
    Payer,
    RenewalRequest,
    billed_end,
    check_months,
    check_renewable,
    make_offer,
    sdks_of,
)
from store.payments.pay import pay
from store.payments.payment import Payment
from store.payments.policy import StoppedAtPrice
from store.payments.reconcile import check_none_in_progress
from store.payments.results import (
    RenewalOutcome,
    Result,
    sent_result,
    unpaid_result,
    unsent_message,
)

ShouldContinue = Callable[[int, int], bool]
"""Called with the number done and the total; returns whether to continue."""

Confirm = Callable[[Offer], bool]
"""Shows an offer to the person; returns whether they confirmed it."""


def renew_all(
    payer: Payer, instance_ids: Sequence[str], request: RenewalRequest, confirm: Confirm
) -> Iterator[Result]:
    """Renew the Instance IDs one by one.

    The end dates that the person saw are the stored ones at the start; payments that are open at
    that moment block new ones.
    """
    check_months(request.months)
    targets = [_Target.of(payer, instance_id) for instance_id in instance_ids]
    for target in targets:
        yield _renew_one(payer, target, request, confirm)


class _Target(Struct, frozen=True):
    """An Instance ID, with its stored items and open payments when the command started."""

    instance_id: str
    items: tuple[Item, ...] | Usage
    open_payments: tuple[Payment, ...]

    @classmethod
    def of(cls, payer: Payer, instance_id: str) -> _Target:
        identity = payer.cloud.identity
        rows = open_payments(payer.db, payer.account, identity, instance_id)
        return cls(instance_id, _stored_items(payer, instance_id), tuple(rows))


def _stored_items(payer: Payer, instance_id: str) -> tuple[Item, ...] | Usage:
    rows = items_of_instance(payer.db, payer.account, instance_id) if instance_id else []
    if not rows:
        rows = items_by_id(payer.db, payer.account, instance_id)
        order_id = rows[0].instance_id if rows else ""
        if order_id and order_id != instance_id:
            return Usage(
                _(
                    "{instance_id} is a license ID; the Instance ID of its order is "
                    "{order_id}. Nothing was sent."
                ).format(instance_id=instance_id, order_id=order_id)
            )
    if not rows and instance_id != "vod":
        return Usage(
            _(
                "this account has no Instance ID {instance_id!r}; nothing was sent. "
                "`renewal status` lists its items."
            ).format(instance_id=instance_id)
        )
    return tuple(rows)


def _renew_one(payer: Payer, target: _Target, request: RenewalRequest, confirm: Confirm) -> Result:
    instance_id, items = target.instance_id, target.items
    if isinstance(items, Usage):
        return Result(instance_id, Exit.USAGE, RenewalOutcome.BLOCKED, items.message)
    try:
        if not items:
            raise Stopped(_("ApsaraVideo VOD cannot be renewed; use P-TOPUP to keep it."))
        return _renew_items(payer, items, target.open_payments, request, confirm)
    except RenewalError as error:
        quote = error.quote if isinstance(error, StoppedAtPrice) else None
        return Result(
            instance_id,
            error.exit,
            RenewalOutcome.BLOCKED,
            unsent_message(error),
            quoted=quote.amount if quote else None,
            currency=quote.currency if quote else None,
            ends_before=billed_end(items[0]) if items else None,
            sdks=sdks_of(items),
        )


def _renew_items(
    payer: Payer,
    items: tuple[Item, ...],
    open_before: tuple[Payment, ...],
    request: RenewalRequest,
    confirm: Confirm,
) -> Result:
    check_renewable(items)
    if request.if_ends_within is not None:
        not_due = _not_due(payer, items, request.if_ends_within)
        if not_due is not None:
            return not_due
    offer = prepare_offer(payer, items, request, open_before)
    if request.dry_run:
        return unpaid_result(offer)
    if not confirm(offer):
        return replace(
            unpaid_result(offer),
            exit=Exit.STOPPED_HERE,
            outcome=RenewalOutcome.BLOCKED,
            message=_("not confirmed; nothing was sent"),
        )
    return pay_offer(payer, offer)


def prepare_offer(
    payer: Payer,
    items: Sequence[Item],
    request: RenewalRequest,
    open_before: Sequence[Payment] = (),
) -> Offer:
    """The offer for the items of one Instance ID.

    `open_before` are the payments for it that were open when the renewal was requested. Raises
    `Stopped` if something prevents the payment, `Usage`, or what the cloud raises.
    """
    if not request.dry_run:
        payer.policy.check()
        check_none_in_progress(payer, items[0].instance_id, open_before)
    return make_offer(payer, items, request)


def pay_offer(payer: Payer, offer: Offer) -> Result:
    """Pay the confirmed offer. An error that stops the payment becomes a result."""
    try:
        return sent_result(offer, pay(payer, offer))
    except RenewalError as error:
        return replace(
            unpaid_result(offer),
            exit=error.exit,
            outcome=RenewalOutcome.BLOCKED,
            message=unsent_message(error),
        )


def pay_in_order(
    payer: Payer, offers: Sequence[Offer], should_continue: ShouldContinue
) -> Iterator[Result]:
    """Pay the offers one by one and yield each result, until `should_continue` returns False."""
    for done, offer in enumerate(offers):
        if not should_continue(done, len(offers)):
            return
        yield pay_offer(payer, offer)


def _not_due(payer: Payer, items: tuple[Item, ...], within: timedelta) -> Result | None:
    """The result for items of one Instance ID that end later than `within`, as the cloud lists
    them; None if they are due."""
    instance_id, due_until = items[0].instance_id, payer.cloud.now() + within
    ends = [item.ends_at for item in payer.cloud.items_of(instance_id) if item.ends_at]
    if not ends or min(ends) <= due_until:
        return None
    return Result(
        instance_id,
        Exit.DONE,
        RenewalOutcome.NOT_DUE,
        _("ends later than the given time; nothing to do"),
        ends_before=min(ends),
        sdks=sdks_of(items),
    )


def auto_renew_all(
    payer: Payer, instance_ids: Sequence[str], months: int | None
) -> Iterator[Result]:
    """Set auto-renewal of the Instance IDs one by one, or turn it off with None."""
    for instance_id in instance_ids:
        items = _stored_items(payer, instance_id)
        try:
            if isinstance(items, Usage):
                raise items
            if not items:
                raise Stopped(_("ApsaraVideo VOD cannot be renewed; use P-TOPUP to keep it."))
            set_auto_renewal(payer, items, months)
        except RenewalError as error:
            is_refusal = error.exit is Exit.REFUSED
            outcome = RenewalOutcome.REFUSED if is_refusal else RenewalOutcome.BLOCKED
            yield Result(instance_id, error.exit, outcome, error.message)
        else:
            words = (
                _("auto-renewal is off")
                if months is None
                else _("auto-renewal is on, for {term} each time").format(
                    term=counted("{n} month", "{n} months", months)
                )
            )
            yield Result(instance_id, Exit.DONE, RenewalOutcome.SET, words)


def set_auto_renewal(payer: Payer, items: Sequence[Item], months: int | None) -> tuple[Item, ...]:
    """Turn auto-renewal on for a term, or off with None; return the items as the cloud lists them
    afterwards.

    This pays nothing, but lets the cloud pay, so it needs the same permission. It is idempotent and
    may be repeated after an unclear answer.

    Raises `Stopped`, `Usage` for an invalid term, or what the cloud raises.
    """
    if months is not None and months not in AUTO_RENEWAL_MONTHS:
        raise Usage(
            _("auto-renewal cannot be set to {months} months: use 1, 2, 3, 6 or 12").format(
                months=months
            )
        )
    check_renewable(items)
    payer.policy.check()
    payer.cloud.set_auto_renewal(items[0].instance_id, months)
    return prove(payer, items[0].instance_id)
