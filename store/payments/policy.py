"""Limits on what an account may pay: permissions, price limits, and the balance.

Every check raises `Stopped` before anything is sent.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from store.config import ChargedTo
from store.errors import Stopped
from store.i18n import _
from store.models import Balance
from store.money import format_money
from store.orders import Quote


class PaymentPolicy(Struct, frozen=True):
    """Whether this account may pay in this run of the program, and what is charged."""

    read_only: bool = False
    payments: bool = True
    allow_unquoted: bool = False
    charged_to: ChargedTo = ChargedTo.BALANCE

    def check(self) -> None:
        """Raises `Stopped` if nothing may be paid or changed."""
        check_not_read_only(self.read_only)
        if not self.payments:
            raise Stopped(
                _(
                    "payments are off for this account: it can be viewed, but nothing is "
                    "paid from it. Set `payments = true` in config.toml to turn them on."
                )
            )


def check_not_read_only(read_only: bool) -> None:  # noqa: FBT001 - its only argument
    """Raises `Stopped` in read-only mode."""
    if read_only:
        raise Stopped(_("read-only mode: nothing is paid or changed. Start without --read-only."))


class StoppedAtPrice(Stopped):
    """A payment that was stopped here because of the price that the cloud quoted."""

    def __init__(self, message: str, quote: Quote, procedure: str | None = None) -> None:
        super().__init__(message, procedure)
        self.quote = quote


def check_price(policy: PaymentPolicy, quote: Quote, max_amount: Decimal | None) -> None:
    """Raises `Stopped` if a price is missing and the policy requires one, or if it is above
    `max_amount`."""
    if quote.amount is None:
        if max_amount is not None and policy.allow_unquoted:
            raise Stopped(
                _(
                    "the cloud quotes no price for this renewal, so it cannot be compared with "
                    "the limit of {limit}; nothing was sent."
                ).format(limit=format_money(max_amount, quote.currency))
            )
        if not policy.allow_unquoted:
            raise Stopped(
                _(
                    "the cloud quotes no price for this renewal; nothing was sent. Renew it "
                    "in the console, or set `allow_unquoted = true` in config.toml."
                )
            )
    elif max_amount is not None and quote.amount > max_amount:
        raise StoppedAtPrice(
            _("the price of {price} is above the limit of {limit}; nothing was sent.").format(
                price=format_money(quote.amount, quote.currency),
                limit=format_money(max_amount, quote.currency),
            ),
            quote,
        )


def check_currency(policy: PaymentPolicy, quote: Quote, balance: Balance) -> None:
    """Raises `Stopped` if the account pays from its balance and the price is in another
    currency."""
    if policy.charged_to is ChargedTo.CARD:
        return
    if quote.amount is not None and quote.currency != balance.currency:
        raise StoppedAtPrice(
            _(
                "the price is in {currency} and the balance in {other}, so it is unknown whether "
                "the balance covers it; nothing was sent. Renew it in the console."
            ).format(currency=quote.currency, other=balance.currency),
            quote,
        )


def missing_amount(
    policy: PaymentPolicy, amount: Decimal | None, balance: Balance
) -> Decimal | None:
    """The amount that the balance lacks for the price and what is owed; None if it is enough, or if
    a card is charged.

    It is 0 if the balance is enough but something is owed: nothing is renewed before that is paid.
    For an account that is charged to a card, only the cloud decides.
    """
    missing = balance.missing_for(amount or Decimal(0))
    if policy.charged_to is ChargedTo.CARD or (not missing and not balance.owed):
        return None
    return missing


def check_balance(policy: PaymentPolicy, quote: Quote, balance: Balance) -> None:
    """Raises `Stopped`, naming the missing amount, if the account pays from a balance that is too
    low."""
    check_currency(policy, quote, balance)
    missing = missing_amount(policy, quote.amount, balance)
    if missing is None:
        return
    owed = format_money(balance.owed, balance.currency) if balance.owed else ""
    besides = _(" and {owed} is owed").format(owed=owed) if owed else ""
    short = format_money(missing, balance.currency)
    if quote.amount is None:
        short = _("at least {amount}").format(amount=short)
    raise StoppedAtPrice(
        _(
            "the balance is {missing} short (available {available}{besides}). "
            "Nothing was sent; top up first (P-TOPUP)."
        ).format(
            missing=short,
            available=format_money(balance.available, balance.currency),
            besides=besides,
        ),
        quote,
        "P-TOPUP",
    )
