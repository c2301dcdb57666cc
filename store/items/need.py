"""What money is needed for, and what the balance lacks for it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from store.i18n import N_, _, counted
from store.items.forecast import Forecast
from store.models import Balance
from store.money import format_money
from store.orders import Quote


class Purpose(StrEnum):
    """What a top-up is for."""

    DEBT = "debt"
    """What is owed."""
    PAYMENT = "payment"
    """What is owed, and one payment."""
    PLAN = "plan"
    """What is owed, and the plan that keeps everything."""
    FORECAST = "forecast"
    """What is owed, and the renewals within the horizon of the forecast."""


_PURPOSES = {
    Purpose.DEBT: N_("for what is owed"),
    Purpose.PAYMENT: N_("for this payment"),
    Purpose.PLAN: N_("for this plan"),
}


class Need(Struct, frozen=True):
    """The money that is needed for what is owed and, beside it, for `cost`."""

    purpose: Purpose
    balance: Balance
    cost: Decimal | None = Decimal(0)
    """In the currency of the balance; None: unknown."""
    days: int = 0
    """The horizon of the forecast."""

    @property
    def missing(self) -> Decimal | None:
        """What the balance lacks; 0: nothing, None: unknown."""
        return None if self.cost is None else self.balance.missing_for(self.cost)

    @property
    def purpose_text(self) -> str:
        """`for what is owed`, `for the next 30 days`"""
        if self.purpose is Purpose.FORECAST:
            return counted("for the next {n} day", "for the next {n} days", self.days)
        return _(_PURPOSES[self.purpose])

    @property
    def text(self) -> str:
        """What is missing, as the end of a sentence."""
        missing = self.missing
        if missing is None:
            return _("it is unknown what is missing {purpose}").format(purpose=self.purpose_text)
        if not missing:
            words = _("nothing is missing {purpose}; top up only if you want to")
            return words.format(purpose=self.purpose_text)
        amount = format_money(missing, self.balance.currency)
        return _("{amount} is missing {purpose}").format(amount=amount, purpose=self.purpose_text)


def for_debt(balance: Balance) -> Need:
    """The money for what is owed."""
    return Need(Purpose.DEBT, balance)


def for_payment(balance: Balance, quote: Quote) -> Need:
    """The money for what is owed and one payment; unknown for a price in another currency."""
    is_comparable = quote.currency == balance.currency
    return Need(Purpose.PAYMENT, balance, quote.amount if is_comparable else None)


def for_forecast(balance: Balance, forecast: Forecast) -> Need:
    """The money for what is owed and the renewals within the forecast's horizon."""
    return Need(Purpose.FORECAST, balance, forecast.due, forecast.horizon.days)
