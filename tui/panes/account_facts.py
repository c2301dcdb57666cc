"""The account page as data: balance, bills, upcoming charges, vouchers and past charges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from store import formats
from store.clouds.account_details import UnpaidBill, VoucherKind
from store.config import ChargedTo
from store.i18n import N_, _, counted
from store.items.expired_licenses import expired_orders
from store.items.names import item_name
from store.items.overview import Overview
from store.items.upcoming_charges import UpcomingCharge, upcoming_charges
from store.payments.payment import Payment, PaymentState
from tui.panes.account_table import TableEntry
from tui.prompts import Emphasis, Fact, Line
from tui.text import labels, payment_text

HORIZON = timedelta(days=90)
MAX_CHARGES = 60
"""Upcoming charges that are listed; the page says if there are more."""

VOUCHERS = {
    VoucherKind.CASH_COUPON: N_("cash coupon"),
    VoucherKind.PREPAID_CARD: N_("prepaid card"),
}
PURPOSES = {
    "bill": N_("bill"),
    "renewal": N_("renewal"),
    "auto-renewal": N_("auto-renewal"),
    "purchase": N_("purchase"),
}
"""Labels of what a charge is for (`store.clouds.account_details.Charge.purpose`)."""


class Section(Struct, frozen=True):
    """A part of the account's page: lines, and below them a table."""

    title: str
    lines: Sequence[Line] = ()
    entries: Sequence[TableEntry] = ()


def account_sections(
    overview: Overview, payments: Iterable[Payment], charged_to: ChargedTo = ChargedTo.BALANCE
) -> Iterator[Section]:
    """The sections of the page, from synced data and this program's payments. If a card or a wallet
    pays, the balance is not compared with upcoming charges."""
    if overview.balance is None:
        yield Section(_("Balance"), [_("No balance yet: sync first.")])
        return
    yield Section(_("Balance"), list(_balance(overview, charged_to)))
    yield _bills(overview)
    yield _upcoming(overview, charged_to)
    if (vouchers := _vouchers(overview)) is not None:
        yield vouchers
    yield _charges(overview, payments)


def _balance(overview: Overview, charged_to: ChargedTo) -> Iterator[Line]:
    balance, forecast = overview.balance, overview.forecast
    if balance is None:
        return
    currency = balance.currency
    yield Fact(_("Available"), formats.amount(balance.available, currency))
    if balance.credit:
        yield Fact(_("Of which credit"), formats.amount(balance.credit, currency))
    yield Fact(_("Owed"), _owed(overview), is_warning=bool(balance.owed))
    if charged_to is ChargedTo.CARD:
        yield Fact(_("Paid from"), _("the account's card or wallet"))
    if forecast is None:
        return
    due = formats.amount(forecast.due, currency)
    if forecast.unpriced:
        due += " " + counted(
            "+ {n} item without a price", "+ {n} items without a price", forecast.unpriced
        )
    yield Fact(_("Due in {n} days").format(n=forecast.horizon.days), due)
    if expired := labels.expired(expired_orders(overview), currency):
        yield Fact("", expired)
    if forecast.shortfall and charged_to is ChargedTo.BALANCE:
        yield Fact(_("Missing"), labels.shortfall(overview), is_warning=True)


def _owed(overview: Overview) -> str:
    balance = overview.balance
    if balance is None or not balance.owed:
        return _("nothing")
    amount = formats.amount(balance.owed, balance.currency)
    return _(", ").join((amount, _since(overview)))


def _since(overview: Overview) -> str:
    """`since 16 Nov 09:00 (7 d)`: the start of the debt, or that it is unknown."""
    balance, now = overview.balance, overview.now
    if balance is None or balance.overdue_since is None:
        return _("start unknown")
    return _("since {moment}").format(moment=formats.countdown(balance.overdue_since, now))


def _bills(overview: Overview) -> Section:
    """The unpaid bills as the cloud lists them: single bills, or one amount for each month and
    product."""
    balance, details = overview.balance, overview.details
    title = _("Unpaid bills")
    if details.statement is not None:
        entries = [_bill(bill, overview) for bill in details.statement.unpaid]
        return Section(title, [] if entries else [_("None.")], entries)
    owed = balance.owed if balance else Decimal(0)
    open_amounts = details.outstanding
    is_owed = owed == sum(bill.amount for bill in open_amounts)
    note = _since(overview) if is_owed else _("not settled")
    entries = [
        TableEntry(bill.month, bill.product, formats.amount(bill.amount), note, is_bad=is_owed)
        for bill in open_amounts
    ]
    lines: list[Line] = []
    if not entries and owed:
        lines.append(_("The cloud lists no single bills. See the console: Expenses > Bills."))
    elif not entries:
        lines.append(_("None."))
    elif not is_owed:
        lines.append(_("Unsettled amounts include used credit that is not due yet."))
    return Section(title, [*lines, *_unreadable(overview, "QueryBillOverview")], entries)


def _bill(bill: UnpaidBill, overview: Overview) -> TableEntry:
    now = overview.now
    cycle = _("{name}, cycle {start} to {end}").format(
        name=_name(overview, bill.item_id),
        start=formats.instant(bill.cycle_starts_at, now),
        end=formats.instant(bill.cycle_ends_at, now),
    )
    age = "" if now is None else formats.length(now - bill.issued_at)
    note = _("owed for {span}").format(span=age) if age else _("owed")
    issued = formats.instant(bill.issued_at, now)
    return TableEntry(issued, cycle, formats.amount(bill.amount), note, is_bad=True)


def _upcoming(overview: Overview, charged_to: ChargedTo) -> Section:
    charges = list(islice(upcoming_charges(overview, HORIZON), MAX_CHARGES + 1))
    balance = overview.balance
    title = counted("Upcoming, next {n} day", "Upcoming, next {n} days", HORIZON.days)
    if not charges or balance is None:
        return Section(title, [_("Nothing ends.")])
    lines: list[Line] = [
        _(
            "Assumes that each item is renewed at its end, for its auto-renewal period or 12 "
            "months. Resource plans and bills not issued yet are not included."
        ),
    ]
    if charged_to is ChargedTo.BALANCE:
        start = formats.amount(balance.available - balance.owed, balance.currency)
        lines += [
            _("The last column is the balance after the charge."),
            Fact(_("Today"), _("{amount} after the debt is paid").format(amount=start)),
        ]
    if expired := labels.expired(expired_orders(overview), balance.currency):
        lines.append(_("{expired}, not included").format(expired=expired))
    if len(charges) > MAX_CHARGES:
        sentence = counted("The first {n} is listed.", "The first {n} are listed.", MAX_CHARGES)
        lines.append(sentence)
    entries = [_charge(charge, overview) for charge in charges[:MAX_CHARGES]]
    if charged_to is ChargedTo.CARD:
        entries = [replace(entry, note="", is_bad=False) for entry in entries]
    return Section(title, lines, entries)


def _charge(charge: UpcomingCharge, overview: Overview) -> TableEntry:
    name = _name(overview, charge.item_id)
    if charge.is_automatic:
        name = _("{name}, auto-renewal").format(name=name)
    balance_left = "?" if charge.left is None else formats.amount(charge.left)
    if charge.is_upper_bound and charge.left is not None:
        balance_left = f"≤ {balance_left}"
    return TableEntry(
        formats.day(charge.due_at, overview.now),
        name,
        "?" if charge.amount is None else formats.amount(charge.amount),
        f"→ {balance_left}",
        is_bad=charge.left is not None and charge.left < 0,
    )


def _vouchers(overview: Overview) -> Section | None:
    """The coupons and prepaid cards; None: this cloud has none."""
    details = overview.details
    if details.statement is not None:
        return None
    entries = [
        TableEntry(
            formats.day(voucher.expires_at, overview.now) or _("no end"),
            " ".join(filter(None, (_(VOUCHERS[voucher.kind]), voucher.id, voucher.products))),
            formats.amount(voucher.amount),
        )
        for voucher in details.vouchers
    ]
    unreadable = [
        *_unreadable(overview, "QueryCashCoupons"),
        *_unreadable(overview, "QueryPrepaidCards"),
    ]
    lines: list[Line] = [_("Not counted in the balance.")] if entries else []
    if not entries and not unreadable:
        lines.append(_("None."))
    return Section(_("Coupons and prepaid cards"), [*lines, *unreadable], entries)


def _unreadable(overview: Overview, operation: str) -> list[Line]:
    return [
        Emphasis(_("Unknown: {reason}").format(reason=read.reason))
        for read in overview.details.unavailable
        if read.operation == operation
    ]


def _charges(overview: Overview, payments: Iterable[Payment]) -> Section:
    """The latest charges that the cloud lists, else the payments of this program."""
    statement, now = overview.details.statement, overview.now
    if statement is not None:
        entries = [
            TableEntry(
                formats.instant(charge.at, now),
                f"{_(PURPOSES[charge.purpose])} · {_name(overview, charge.item_id)}",
                formats.amount(charge.amount),
            )
            for charge in statement.charges
        ]
        return Section(_("Latest charges"), [] if entries else [_("None.")], entries)
    entries = [
        TableEntry(
            formats.instant(payment.settled_at or payment.created_at, now),
            f"{_(payment_text.OPERATIONS[payment.operation.value])} · {payment.instance_id}",
            formats.amount(payment.quoted),
        )
        for payment in payments
        if payment.state is PaymentState.PAID
    ]
    others = _("Other transactions: see the console, Expenses > Transactions.")
    return Section(_("Paid by this program"), [*([] if entries else [_("None.")]), others], entries)


def _name(overview: Overview, item_id: str) -> str:
    assessment = overview.of_id(item_id)
    return item_id if assessment is None else item_name(assessment.item)
