"""The money that a top-up has to bring: its purpose, and the amount that the balance lacks."""

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
    """The purpose of a top-up, besides the amount owed."""

    DEBT = "debt"
    """Nothing else."""
    PAYMENT = "payment"
    """One payment."""
    PLAN = "plan"
    """The plan that keeps everything."""
    FORECAST = "forecast"
    """The renewals within the horizon of the forecast."""


_PURPOSES = {
    Purpose.DEBT: N_("for what is owed"),
    Purpose.PAYMENT: N_("for this payment"),
    Purpose.PLAN: N_("for this plan"),
}


class Need(Struct, frozen=True):
    """The money that is needed for the amount owed and for `cost`."""

    purpose: Purpose
    balance: Balance
    cost: Decimal | None = Decimal(0)
    """The cost of the purpose in the currency of the balance; None if it is unknown."""
    days: int = 0
    """The horizon of the forecast in days, for `Purpose.FORECAST`."""

    @property
    def missing(self) -> Decimal | None:
        """The amount that the balance lacks; 0 if it is enough, None if the cost is unknown."""
        return None if self.cost is None else self.balance.missing_for(self.cost)

    @property
    def purpose_text(self) -> str:
        """The purpose as text: `for what is owed`, `for the next 30 days`."""
        if self.purpose is Purpose.FORECAST:
            return counted("for the next {n} day", "for the next {n} days", self.days)
        return _(_PURPOSES[self.purpose])

    @property
    def text(self) -> str:
        """The missing amount and the purpose, as the end of a sentence."""
        missing = self.missing
        if missing is None:
            text = _("it is unknown how much is missing {purpose}")
            return text.format(purpose=self.purpose_text)
        if not missing:
            words = _("nothing is missing {purpose}; top up only if you want to")
            return words.format(purpose=self.purpose_text)
        amount = format_money(missing, self.balance.currency)
        return _("{amount} is missing {purpose}").format(amount=amount, purpose=self.purpose_text)


def encode_need(need: Need | None) -> str:
    """The purpose and the cost as text, to be saved; empty without a need or a known cost."""
    return "" if need is None or need.cost is None else f"{need.purpose} {need.cost}"


def decode_need(text: str, balance: Balance) -> Need:
    """The need that `encode_need` wrote, for the present balance."""
    purpose, cost = text.split()
    return Need(Purpose(purpose), balance, Decimal(cost))


def for_debt(balance: Balance) -> Need:
    """The money for the amount owed."""
    return Need(Purpose.DEBT, balance)


def for_payment(balance: Balance, quote: Quote) -> Need:
    """The money for the amount owed and one payment, whose cost is unknown if its price is in
    another currency."""
    is_comparable = quote.currency == balance.currency
    return Need(Purpose.PAYMENT, balance, quote.amount if is_comparable else None)


def for_forecast(balance: Balance, forecast: Forecast) -> Need:
    """The money for the amount owed and the renewals within the forecast's horizon."""
    return Need(Purpose.FORECAST, balance, forecast.due, forecast.horizon.days)
