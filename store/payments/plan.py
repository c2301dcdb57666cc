"""The plan that keeps everything: what to renew within a horizon, its prices, the money it takes.

A plan is a value: each change gives another one. Entries are in the order of what is lost first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from store.config import ChargedTo
from store.items.assessment import Assessment
from store.items.due import Cost
from store.models import RENEWAL_MONTHS, Balance, Item
from store.money import Money
from store.payments.results import RenewalOutcome, Result


class Price(Struct, frozen=True):
    """The price of a term as the cloud quotes it. `amount` None: no price, for this reason."""

    amount: Decimal | None
    ends_at: datetime | None = None
    """The end that the term brings, where the cloud's rule is known."""
    reason: str = ""


class Entry(Struct, frozen=True):
    """What one payment keeps: the items of an Instance ID. Or an item that is set apart."""

    assessment: Assessment
    """Of the item that is lost first."""
    covers: tuple[Item, ...]
    """Everything that a renewal extends: of a license order, all of its licenses (LIC-3)."""
    months: int
    is_renewable: bool
    """Whether the API can renew it."""
    cost: Cost | None = None
    """Of one that cannot be renewed, the cost of its procedure; None: it costs nothing."""
    is_staged: bool = True
    prices: Mapping[int, Price] = field(default_factory=dict)
    """Of the terms whose prices have come, by months."""
    result: Result | None = None
    """The outcome of the last attempt to pay."""
    procedure_after: str | None = None
    """The procedure that the last attempt named."""

    @property
    def key(self) -> str:
        """The Instance ID; of an item without one, its id."""
        return self.assessment.item.instance_id or self.assessment.item.id

    @property
    def price(self) -> Price | None:
        """The price of the chosen term; None: it has not come yet."""
        return self.prices.get(self.months)

    @property
    def is_apart(self) -> bool:
        """Whether a person has to keep it in another way: it cannot be renewed here, or the cloud
        quotes no price."""
        price = self.price
        return not self.is_renewable or (price is not None and price.amount is None)

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
    """Entries that would be paid."""
    awaited: int
    """Those of them whose prices have not come yet; they are not in the total."""
    total: Money
    available: Money
    owed: Money
    missing: Money
    """The top-up that makes the plan whole; 0: the balance covers it, or a card is charged."""


class Plan(Struct, frozen=True):
    """What to renew within the horizon, and what is set apart, each by what is lost first."""

    horizon: timedelta
    entries: tuple[Entry, ...] = ()
    balance: Balance | None = None
    """None: no data yet."""
    charged_to: ChargedTo = ChargedTo.BALANCE
    left_out: int = 0
    """Further items, which come after all of these."""

    @property
    def renewals(self) -> tuple[Entry, ...]:
        """What can be paid here."""
        return tuple(each for each in self.entries if not each.is_apart)

    @property
    def apart(self) -> tuple[Entry, ...]:
        """What has no price, is done in the console only, or cannot be renewed."""
        return tuple(each for each in self.entries if each.is_apart)

    @property
    def unpaid(self) -> tuple[Entry, ...]:
        """What can be paid here and has not been."""
        return tuple(each for each in self.renewals if not each.is_paid)

    @property
    def staged(self) -> tuple[Entry, ...]:
        """What a payment of the plan pays, in its order."""
        return tuple(each for each in self.unpaid if each.is_staged)

    @property
    def awaited(self) -> tuple[tuple[str, int], ...]:
        """(Instance ID, months) of the prices that have not come yet, staged entries first."""
        waiting = [each for each in self.entries if each.is_renewable and each.price is None]
        waiting.sort(key=lambda each: not each.is_staged)
        return tuple((each.key, each.months) for each in waiting)

    @property
    def totals(self) -> Totals | None:
        """The money of the staged entries; None: no data yet."""
        if self.balance is None:
            return None
        currency, staged = self.balance.currency, self.staged
        amounts = [each.price.amount for each in staged if each.price is not None]
        total = sum((amount for amount in amounts if amount is not None), Decimal(0))
        is_card = self.charged_to is ChargedTo.CARD
        owed = Decimal(0) if is_card else self.balance.owed
        missing = Decimal(0) if is_card else self.balance.missing_for(total)
        return Totals(
            len(staged),
            len(staged) - len(amounts),
            Money(total, currency),
            Money(self.balance.available, currency),
            Money(owed, currency),
            Money(missing, currency),
        )

    def entry(self, key: str | None) -> Entry | None:
        """The entry with that key."""
        return next((each for each in self.entries if each.key == key), None)

    def toggled(self, key: str) -> Plan:
        """The entry staged or unstaged."""
        return self._changed(key, lambda each: replace(each, is_staged=not each.is_staged))

    def with_term(self, key: str, months: int) -> Plan:
        """The entry for another term."""
        return self._changed(key, lambda each: replace(each, months=months))

    def with_next_term(self, key: str, step: int) -> Plan:
        """The entry with the next longer term (1) or shorter one (-1); the last one stays."""

        def changed(entry: Entry) -> Entry:
            index = RENEWAL_MONTHS.index(entry.months) + step
            last = len(RENEWAL_MONTHS) - 1
            return replace(entry, months=RENEWAL_MONTHS[max(0, min(index, last))])

        return self._changed(key, changed)

    def with_price(self, key: str, months: int, price: Price) -> Plan:
        """The entry with the price of a term."""
        return self._changed(key, lambda each: replace(each, prices={**each.prices, months: price}))

    def with_result(self, outcome: EntryResult) -> Plan:
        """The entry with the outcome of a payment; it is not staged for another one."""
        return self._changed(
            outcome.result.instance_id,
            lambda each: replace(
                each,
                result=outcome.result,
                procedure_after=outcome.procedure,
                is_staged=False,
            ),
        )

    def _changed(self, key: str, change: Callable[[Entry], Entry]) -> Plan:
        entries = (change(each) if each.key == key else each for each in self.entries)
        return replace(self, entries=tuple(entries))

    def after(self, old: Plan) -> Plan:
        """This newer plan with what was chosen in the old one, and with what that one paid."""
        fresh = {each.key for each in self.entries}
        paid = (each for each in old.entries if each.is_paid and each.key not in fresh)
        kept = (_carried(each, old.entry(each.key)) for each in self.entries)
        return replace(self, entries=(*paid, *kept))


def _carried(entry: Entry, old: Entry | None) -> Entry:
    """The entry with the choices of the old one; its prices, while it ends on the same day."""
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
