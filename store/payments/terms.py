"""The price of a renewal for each term, looked up before a person chooses one.

Nothing here changes anything in the cloud. The person confirms an `Offer`, which is made
afterwards.
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
from store.payments.batch import ShouldContinue
from store.payments.offer import (
    Payer,
    check_no_unpaid_order,
    check_renewable,
    required_end,
    unchanged_items,
)
from store.payments.policy import PaymentPolicy, check_currency
from store.payments.reconcile import check_none_in_progress

Group = tuple[Item, ...]
"""The items that one renewal covers: those of one Instance ID."""


class Omitted(Struct, frozen=True):
    """Items that are left out of a renewal of several Instance IDs."""

    items: Group
    reason: str


class Renewable(Struct, frozen=True):
    """The items of several Instance IDs that can be renewed now, and the balance."""

    groups: tuple[Group, ...]
    """As the cloud lists them now."""
    omitted: tuple[Omitted, ...]
    balance: Balance


class TermPrice(Struct, frozen=True):
    """The price of one term for several Instance IDs together."""

    months: int
    quotes: tuple[tuple[Group, Quote], ...]
    """The items that would be paid for, and their prices."""
    omitted: tuple[Omitted, ...] = ()
    """The items without a price, which are not paid for."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """The items that would be paid."""
        return tuple(group for group, _quote in self.quotes)

    @property
    def total(self) -> Decimal | None:
        """The total price; None if no quote has a price."""
        amounts = [quote.amount for _group, quote in self.quotes if quote.amount is not None]
        return sum(amounts, Decimal(0)) if amounts else None


def find_renewable(
    payer: Payer, groups: Sequence[Group], should_continue: ShouldContinue
) -> Renewable | None:
    """Check which groups can be renewed now, for any term; None if `should_continue` returns False.

    Of several groups, those that cannot be renewed are omitted. Raises `Stopped` if none can, or
    what the cloud raises.
    """
    payer.policy.check()
    renewable: list[Group] = []
    omitted: list[Omitted] = []
    for done, group in enumerate(groups):
        if not should_continue(done, len(groups)):
            return None
        try:
            renewable.append(_look_up_one(payer, group))
        except Stopped as stopped:
            if len(groups) == 1:
                raise
            omitted.append(Omitted(group, stopped.message))
    if not renewable:
        raise Stopped("\n".join(group.reason for group in omitted))
    return Renewable(tuple(renewable), tuple(omitted), payer.cloud.balance())


def _look_up_one(payer: Payer, group: Group) -> Group:
    check_renewable(group)
    required_end(group)
    instance_id = group[0].instance_id
    check_none_in_progress(payer, instance_id)
    items = unchanged_items(payer.cloud, group)
    check_no_unpaid_order(instance_id, payer.cloud.orders(instance_id))
    return items


def quote_term(cloud: Cloud, policy: PaymentPolicy, renewable: Renewable, months: int) -> TermPrice:
    """The price of the term for all of them. Items without a price are omitted, with the reason,
    unless the account may pay without a quote."""
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
