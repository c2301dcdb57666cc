"""Checks before the first step: conditions that would make the procedure fail.

Pure. Unknown conditions are reported as unknown, never taken for a yes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from store.formats import fill
from store.i18n import _
from store.models import Balance, Item, Kind, License
from store.money import format_money
from store.orders import Quote

AUTO_RENEWAL_LEAD = timedelta(days=1)
"""Auto-renewal takes effect on the day after it is set, so it does not save what ends by then
(Expenses and Costs: Renew expiring resources, 2026-03-30)."""

_PAYS = frozenset({"P-IOT-RENEW", "P-IOT-UPGRADE", "P-PLAN-BUY", "P-LIC-RENEW", "P-LIC-REPLACE"})
_RENEWS = frozenset({"P-IOT-RENEW", "P-LIC-RENEW"})


class Outcome(StrEnum):
    """The result of a check."""

    OK = "ok"
    WARN = "warn"
    STOP = "stop"
    """The procedure cannot succeed in this state."""
    UNKNOWN = "unknown"


class CheckFacts(Struct, frozen=True):
    """The facts about a walk that its checks need besides the item."""

    now: datetime
    """By the account's clock."""
    balance: Balance | None
    quote: Quote | None
    """The price of the procedure's purchase; None if none was requested."""
    open_payment: bool
    """Whether a payment for this item is in progress or of unknown outcome."""
    refused: str | None
    """The cloud's message, if it refused a renewal for this end date."""
    released_at: datetime | None
    """When the item was or will be released by the rules; None if they have no release for it."""
    pays: bool = True
    """Whether anything remains to be paid."""
    charged_to: str = "balance"
    """The source of the money: the account's `balance`, or a `card` that is charged at purchase."""


class Check(Struct, frozen=True):
    """One check."""

    id: str
    outcome: Outcome
    sentence: str
    procedure: str | None = None
    """The procedure to follow instead, or first."""


def run_checks(procedure: str, item: Item, facts: CheckFacts) -> tuple[Check, ...]:
    """The checks of this procedure; only the first one if the instance has been released.

    Empty for procedures that pay and renew nothing (P-TOPUP, P-IOT-SETTLE, P-TICKET).
    """
    results: list[Check] = []
    if procedure in _RENEWS:
        if item.kind is Kind.ENTERPRISE:
            results.append(_check_released(facts.released_at, facts.now))
            if results[0].outcome is Outcome.STOP:
                return tuple(results)
        if isinstance(item, License):
            results.append(_check_instance_id(item))
        results.append(_check_refused(item, facts.refused))
    if procedure in _PAYS and facts.pays:
        results.append(_check_owed(facts.balance, facts.now))
        results.append(_check_balance(facts))
        results.append(_check_payment(is_open=facts.open_payment))
    if procedure in _RENEWS and item.ends_at is not None:
        results.append(_check_time(item.ends_at, facts.now))
    return tuple(results)


def _check_released(released_at: datetime | None, now: datetime) -> Check:
    if released_at is None:
        return Check("released", Outcome.UNKNOWN, _("The release date is unknown."))
    if now < released_at:
        return Check("released", Outcome.OK, _("It has not been released."))
    words = _(
        "It was released at {at}. Its products and devices are deleted and cannot be restored."
    )
    return Check("released", Outcome.STOP, fill(words, now, at=released_at))


def _check_instance_id(item: License) -> Check:
    if item.instance_id:
        words = fill(_("Its Instance ID is {id}."), id=item.instance_id)
        return Check("instance-id", Outcome.OK, words)
    words = _(
        "Its Instance ID is empty, so there is no order to renew. Use method 2: buy a new "
        "license and bind it."
    )
    return Check("instance-id", Outcome.STOP, words, "P-LIC-REPLACE")


def _check_refused(item: Item, reason: str | None) -> Check:
    shown = isinstance(item, License) and item.renewal_refused
    if reason is None and not shown:
        return Check("refused", Outcome.OK, _("No renewal was refused for this end date."))
    if isinstance(item, License):
        words = _("A renewal was refused for this end date: {reason}. Use method 2, or a ticket.")
        return Check("refused", Outcome.STOP, fill(words, reason=reason), "P-LIC-REPLACE")
    words = _(
        "A renewal was refused for this end date: {reason}. If it is refused again, submit a "
        "ticket."
    )
    return Check("refused", Outcome.WARN, fill(words, reason=reason), "P-TICKET")


def _check_owed(balance: Balance | None, now: datetime) -> Check:
    if balance is None:
        return Check("owed", Outcome.UNKNOWN, _("It is unknown whether anything is owed."))
    if balance.owed <= 0:
        return Check("owed", Outcome.OK, _("Nothing is owed."))
    words = _(
        "{owed} has been owed since {at}. Until it is paid, nothing can be renewed or bought."
    )
    if balance.overdue_since is None:
        words = _("{owed} is owed. Until it is paid, nothing can be renewed or bought.")
    owed = format_money(balance.owed, balance.currency)
    text = fill(words, now, owed=owed, at=balance.overdue_since)
    return Check("owed", Outcome.STOP, text, "P-TOPUP")


def _check_balance(facts: CheckFacts) -> Check:
    balance, quote = facts.balance, facts.quote
    if facts.charged_to == "card":
        words = _("The card or wallet of this account is charged when you buy.")
        return Check("balance", Outcome.OK, words)
    if balance is None:
        words = _(
            "The balance is unknown, so we can't tell whether it is enough. Sync, or look in "
            "the console."
        )
        return Check("balance", Outcome.UNKNOWN, words)
    available = format_money(balance.available, balance.currency)
    if quote is None or quote.amount is None:
        words = _(
            "The cloud quotes no price here, so we can't tell whether {available} is enough. "
            "The console shows the price before you pay."
        )
        return Check("balance", Outcome.UNKNOWN, fill(words, available=available))
    price = format_money(quote.amount, quote.currency)
    if quote.currency != balance.currency:
        words = _(
            "The price of {price} and the balance of {available} are in two currencies; compare "
            "them in the console."
        )
        text = fill(words, available=available, price=price)
        return Check("balance", Outcome.UNKNOWN, text)
    missing = balance.missing_for(quote.amount)
    if not missing:
        words = _("The balance of {available} covers the price of {price}.")
        return Check("balance", Outcome.OK, fill(words, available=available, price=price))
    words = _("You are {missing} short: {available} is available, the price is {price}.")
    if balance.owed:
        words = _(
            "You are {missing} short: {available} is available, {owed} is owed, the price is "
            "{price}."
        )
    owed, short = (format_money(each, balance.currency) for each in (balance.owed, missing))
    text = fill(words, missing=short, available=available, owed=owed, price=price)
    return Check("balance", Outcome.STOP, text, "P-TOPUP")


def _check_payment(*, is_open: bool) -> Check:
    if not is_open:
        return Check("payment", Outcome.OK, _("No other payment for it is in progress."))
    words = _(
        "Another payment for it is in progress or has an unknown outcome. "
        "Settle it first (`renewal payments reconcile`), or you may pay twice."
    )
    return Check("payment", Outcome.STOP, words)


def _check_time(ends_at: datetime, now: datetime) -> Check:
    if ends_at <= now:
        words = _("It ended on {at}. Auto-renewal does not bring it back; renew it manually.")
        return Check("time", Outcome.WARN, fill(words, now, at=ends_at))
    if ends_at <= now + AUTO_RENEWAL_LEAD:
        words = _(
            "It ends on {at}, within a day. Auto-renewal set now would be too late; renew it "
            "manually now."
        )
        return Check("time", Outcome.WARN, fill(words, now, at=ends_at))
    words = _("It ends on {at}, more than a day from now.")
    return Check("time", Outcome.OK, fill(words, now, at=ends_at))
