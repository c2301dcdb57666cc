"""What a renewal would cost for each term, looked up before a person chooses one.

Nothing here changes anything in the cloud. What is confirmed is an `Offer`, made afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from store.clouds import Cloud
from store.errors import CloudError, Stopped
from store.i18n import _
from store.models import Balance, Item
from store.orders import Quote
from store.payments.batch import GoesOn
from store.payments.offer import (
    Payer,
    check_has_end,
    check_no_unpaid_order,
    check_renewable,
    listed_items,
)
from store.payments.policy import PaymentPolicy, check_currency
from store.payments.reconcile import check_none_in_progress

Group = tuple[Item, ...]
"""The items that one renewal covers: those of one Instance ID."""


class Omitted(Struct, frozen=True):
    """Items that a renewal of several leaves out."""

    items: Group
    reason: str


class Renewable(Struct, frozen=True):
    """The items of several Instance IDs that can be renewed now, and what pays for them."""

    groups: tuple[Group, ...]
    """As the cloud lists them now."""
    omitted: tuple[Omitted, ...]
    balance: Balance


class TermPrice(Struct, frozen=True):
    """The price of one term for several Instance IDs together."""

    months: int
    quotes: tuple[tuple[Group, Quote], ...]
    """What would be paid."""
    omitted: tuple[Omitted, ...] = ()
    """What has no price, and so is not paid."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """The items that would be paid."""
        return tuple(group for group, _quote in self.quotes)

    @property
    def total(self) -> Decimal | None:
        """The sum; None: nothing has a price."""
        amounts = [quote.amount for _group, quote in self.quotes if quote.amount is not None]
        return sum(amounts, Decimal(0)) if amounts else None


def look_up(payer: Payer, groups: Sequence[Group], goes_on: GoesOn) -> Renewable | None:
    """Check, whatever the term, which of them can be renewed now; None where `goes_on` ends it.

    A single one that cannot raises `Stopped`; of several it is omitted, and `Stopped` is raised
    where none is left. Raises what the cloud raises.
    """
    payer.policy.check()
    renewable: list[Group] = []
    omitted: list[Omitted] = []
    for done, group in enumerate(groups):
        if not goes_on(done, len(groups)):
            return None
        try:
            renewable.append(_look_up_one(payer, group))
        except Stopped as stopped:
            if len(groups) == 1:
                raise
            omitted.append(Omitted(group, stopped.message))
    if not renewable:
        raise Stopped("\n".join(each.reason for each in omitted))
    return Renewable(tuple(renewable), tuple(omitted), payer.cloud.balance())


def _look_up_one(payer: Payer, group: Group) -> Group:
    check_renewable(group)
    check_has_end(group)
    instance_id = group[0].instance_id
    check_none_in_progress(payer, instance_id)
    items = listed_items(payer.cloud, group)
    check_no_unpaid_order(instance_id, payer.cloud.orders(instance_id))
    return items


def quote_term(cloud: Cloud, policy: PaymentPolicy, renewable: Renewable, months: int) -> TermPrice:
    """The price of the term for all of them. An item without a price is omitted, with the
    reason, unless the account may pay unquoted."""
    quotes: list[tuple[Group, Quote]] = []
    omitted: list[Omitted] = []
    for group in renewable.groups:
        try:
            quote = cloud.quote(group[0].instance_id, months)
            check_currency(policy, quote, renewable.balance)
        except (CloudError, Stopped) as error:
            omitted.append(Omitted(group, error.message))
            continue
        if quote.amount is None and not policy.allow_unquoted:
            omitted.append(Omitted(group, _("The cloud quotes no price for this term.")))
        else:
            quotes.append((group, quote))
    return TermPrice(months, tuple(quotes), tuple(omitted))
