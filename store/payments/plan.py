"""The plan that keeps everything: the renewals within a horizon, their prices, and their total.

A plan is immutable: each change returns a new one. Its entries are sorted by urgency.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from store.config import ChargedTo
from store.items.assessment import Assessment
from store.items.remedy_cost import Cost
from store.models import RENEWAL_MONTHS, Balance, Item
from store.money import Money
from store.payments.results import RenewalOutcome, Result
from store.rules.standing import State


class Price(Struct, frozen=True):
    """The cloud's price of a term. If `amount` is None, `reason` says why there is no price."""

    amount: Decimal | None
    ends_at: datetime | None = None
    """The new end date, if the cloud's rule is known."""
    reason: str = ""


class Entry(Struct, frozen=True):
    """The items of one Instance ID, which one payment renews, or an item that is set apart."""

    assessment: Assessment
    """That of the most urgent item."""
    covers: tuple[Item, ...]
    """Every item that is renewed: for a license order, all of its licenses (LIC-3)."""
    months: int
    """The chosen term."""
    is_renewable: bool
    """Whether the API can renew it."""
    cost: Cost | None = None
    """The cost of its procedure, if it cannot be renewed; None if that costs nothing."""
    is_staged: bool = True
    """Whether it is selected for payment."""
    prices: Mapping[int, Price] = field(default_factory=dict)
    """The prices fetched so far, by term in months."""
    result: Result | None = None
    """The outcome of the last attempt to pay."""
    procedure_after: str | None = None
    """The procedure that the last attempt to pay suggested."""

    @property
    def key(self) -> str:
        """The Instance ID, or the id of an item without one."""
        return self.assessment.item.instance_id or self.assessment.item.id

    @property
    def price(self) -> Price | None:
        """The price of the chosen term; None if it has not been fetched yet."""
        return self.prices.get(self.months)

    @property
    def is_apart(self) -> bool:
        """Whether it is set apart, because it cannot be renewed here or has no price: the person
        has to keep it in another way."""
        price = self.price
        return not self.is_renewable or (price is not None and price.amount is None)

    @property
    def has_expired(self) -> bool:
        """Whether it is a license that has ended already."""
        return self.assessment.standing.state is State.EXPIRED

    @property
    def is_paid(self) -> bool:
        """Whether the last attempt paid it."""
        return self.result is not None and self.result.outcome is RenewalOutcome.PAID

    @property
    def procedure(self) -> str | None:
        """The procedure that keeps it."""
        return self.procedure_after or self.assessment.standing.remedy


class EntryResult(Struct, frozen=True):
    """The result of one entry, and the procedure to continue with."""

    result: Result
    procedure: str | None = None


class Totals(Struct, frozen=True):
    """The money of a plan, in the currency of the balance."""

    count: int
    """The number of entries that would be paid."""
    awaited: int
    """The number of these whose price has not been fetched yet; the total leaves them out."""
    total: Money
    available: Money
    owed: Money
    missing: Money
    """The top-up that the plan needs; 0 if the balance covers it, or a card is charged."""
    expired: int = 0
    """The number of these that have expired: the forecast leaves them out."""
    for_expired: Decimal = Decimal(0)
    """Their part of the total."""


class Plan(Struct, frozen=True):
    """The entries within the horizon, by urgency."""

    horizon: timedelta
    entries: tuple[Entry, ...] = ()
    balance: Balance | None = None
    """None without data."""
    charged_to: ChargedTo = ChargedTo.BALANCE
    left_out: int = 0
    """The number of less urgent items that the plan leaves out."""

    @property
    def renewals(self) -> tuple[Entry, ...]:
        """The entries that can be paid here."""
        return tuple(entry for entry in self.entries if not entry.is_apart)

    @property
    def apart(self) -> tuple[Entry, ...]:
        """The entries that are set apart."""
        return tuple(entry for entry in self.entries if entry.is_apart)

    @property
    def unpaid(self) -> tuple[Entry, ...]:
        """The entries that can be paid here and are not paid."""
        return tuple(entry for entry in self.renewals if not entry.is_paid)

    @property
    def staged(self) -> tuple[Entry, ...]:
        """The entries that a payment of the plan pays, in order."""
        return tuple(entry for entry in self.unpaid if entry.is_staged)

    @property
    def awaited(self) -> tuple[tuple[str, int], ...]:
        """(Instance ID, months) of each price to fetch, staged entries first."""
        waiting = [entry for entry in self.entries if entry.is_renewable and entry.price is None]
        waiting.sort(key=lambda entry: not entry.is_staged)
        return tuple((entry.key, entry.months) for entry in waiting)

    @property
    def totals(self) -> Totals | None:
        """The totals of the staged entries; None without data."""
        if self.balance is None:
            return None
        currency, staged = self.balance.currency, self.staged
        prices = [(entry, entry.price.amount) for entry in staged if entry.price is not None]
        amounts = [amount for _entry, amount in prices]
        expired = [amount for entry, amount in prices if entry.has_expired]
        total = sum((amount for amount in amounts if amount is not None), Decimal(0))
        is_card = self.charged_to is ChargedTo.CARD
        owed = Decimal(0) if is_card else self.balance.owed
        missing = Decimal(0) if is_card else self.balance.missing_for(total)
        return Totals(
            count=len(staged),
            awaited=len(staged) - len(amounts),
            total=Money(total, currency),
            available=Money(self.balance.available, currency),
            owed=Money(owed, currency),
            missing=Money(missing, currency),
            expired=len(expired),
            for_expired=sum((amount for amount in expired if amount is not None), Decimal(0)),
        )

    def entry(self, key: str | None) -> Entry | None:
        """The entry with that key, or None."""
        return next((entry for entry in self.entries if entry.key == key), None)

    def toggled(self, key: str) -> Plan:
        """The plan with that entry staged, or unstaged if it was staged."""
        return self._change_entry(key, lambda entry: replace(entry, is_staged=not entry.is_staged))

    def with_term(self, key: str, months: int) -> Plan:
        """The plan with that entry for another term."""
        return self._change_entry(key, lambda entry: replace(entry, months=months))

    def with_next_term(self, key: str, step: int) -> Plan:
        """The plan with that entry for the next longer (1) or shorter (-1) term, if there is
        one."""

        def changed(entry: Entry) -> Entry:
            index = RENEWAL_MONTHS.index(entry.months) + step
            last = len(RENEWAL_MONTHS) - 1
            return replace(entry, months=RENEWAL_MONTHS[max(0, min(index, last))])

        return self._change_entry(key, changed)

    def with_price(self, key: str, months: int, price: Price) -> Plan:
        """The plan with the price of a term for that entry."""
        return self._change_entry(
            key, lambda entry: replace(entry, prices={**entry.prices, months: price})
        )

    def with_result(self, outcome: EntryResult) -> Plan:
        """The plan with the result of paying one of its entries, which is unstaged."""
        return self._change_entry(
            outcome.result.instance_id,
            lambda entry: replace(
                entry,
                result=outcome.result,
                procedure_after=outcome.procedure,
                is_staged=False,
            ),
        )

    def _change_entry(self, key: str, change: Callable[[Entry], Entry]) -> Plan:
        entries = (change(entry) if entry.key == key else entry for entry in self.entries)
        return replace(self, entries=tuple(entries))

    def with_choices_of(self, old: Plan) -> Plan:
        """This newer plan, with the choices made in the old one and the entries that it paid."""
        fresh = {entry.key for entry in self.entries}
        paid = (entry for entry in old.entries if entry.is_paid and entry.key not in fresh)
        current = (_carry_choices(entry, old.entry(entry.key)) for entry in self.entries)
        return replace(self, entries=(*paid, *current))


def _carry_choices(entry: Entry, old: Entry | None) -> Entry:
    """The entry with the choices of the old one, and with its prices if the end date is the
    same."""
    if old is None:
        return entry
    same_end = old.assessment.item.ends_at == entry.assessment.item.ends_at
    known = {months: price for months, price in old.prices.items() if price.amount is not None}
    return replace(
        entry,
        months=old.months,
        is_staged=old.is_staged,
        prices=known if same_end else {},
        result=old.result,
        procedure_after=old.procedure_after,
    )
