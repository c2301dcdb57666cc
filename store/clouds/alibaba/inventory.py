"""The items of an account: the rows of its two lists, completed by the optional reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from store.clouds.account_details import LastBill
from store.clouds.alibaba import instances, plans
from store.clouds.alibaba.commodity_codes import proposed_kind
from store.clouds.alibaba.instance_items import items_of, second_product
from store.clouds.alibaba.instances import ListedInstance
from store.clouds.alibaba.item_types import ItemType, previous_public_instances
from store.clouds.alibaba.optional_reads import Supplement
from store.clouds.alibaba.retry import Reader
from store.models import Details, Item, Kind, OtherItem, ResourcePlan

_NO_DETAILS = Details()


class Inventory:
    """The items of one account. `bills` are the stored ones, by Instance ID."""

    def __init__(
        self, reader: Reader, item_types: Mapping[str, ItemType], bills: Mapping[str, LastBill]
    ) -> None:
        self._reader = reader
        self._item_types = item_types
        self._bills = dict(bills)
        self._supplement = Supplement()
        self._currency = ""
        self.lists_nothing = False
        """Whether the last `pages` had no row at all."""

    def complete_with(self, supplement: Supplement, currency: str) -> None:
        """Complete the items by the results of the optional reads. Prices in another currency than
        the account's are ignored."""
        self._supplement = supplement
        self._currency = currency
        self._bills |= {bill.instance_id: bill for bill in supplement.details.bills}

    def pages(self) -> Iterator[tuple[Sequence[Item], int]]:
        """The pages: resource plans first, then instances.

        Skipped are plans in the list of instances, and rows without an end date whose ID another
        row has. The total is lowered by the skipped rows and exact on the last page.
        """
        self.lists_nothing = False
        plan_ids: set[str] = set()
        count = total = 0
        for page, total in plans.plan_pages(self._reader):
            count += len(page)
            plan_ids.update(item.id for item in page)
            yield self._with_prices(page), total
        plan_count = count
        past = [plan for plan in self._past_plans() if plan.id not in plan_ids]
        if past:
            plan_ids.update(plan.id for plan in past)
            count += len(past)
            yield self._with_prices(past), count
        ids = set(plan_ids)
        endless: dict[str, ListedInstance] = {}
        row_count = total = 0
        for rows, total in instances.instance_pages(self._reader):
            row_count += len(rows)
            endless.update((row.instance_id, row) for row in rows if row.ends_at is None)
            ending = [
                row for row in rows if row.ends_at is not None and row.instance_id not in plan_ids
            ]
            items = self._ending_items(ending, ids)
            count += len(items)
            yield items, count + total - row_count
        items = [
            item
            for row in endless.values()
            if row.instance_id not in ids
            for item in self.items_of(row)
        ]
        items.extend(previous_public_instances(self._item_types))
        count += len(items)
        yield items, count
        self.lists_nothing = not (plan_count or past or total)

    def _ending_items(self, rows: Iterable[ListedInstance], ids: set[str]) -> list[Item]:
        """The items of these rows; their IDs are added to `ids`. A row whose ID is in there belongs
        to another product."""
        items: list[Item] = []
        for row in rows:
            if row.instance_id in ids:
                items.append(second_product(row, ids))
            else:
                ids.add(row.instance_id)
                items.extend(self.items_of(row))
        return items

    def _past_plans(self) -> list[ResourcePlan]:
        """The VOD plans of the newer list, which includes used-up and ended ones."""
        items = [plans.item_of(row, set()) for row in self._supplement.package_rows]
        return [item for item in items if isinstance(item, ResourcePlan)]

    def _with_prices(self, page: Iterable[Item]) -> list[Item]:
        """The items, plans with their prices."""
        prices = {
            price.plan_id: price
            for price in self._supplement.details.plan_prices
            if price.currency == self._currency
        }
        return [
            replace(item, price=prices[item.id].amount, months=prices[item.id].months)
            if isinstance(item, ResourcePlan) and item.id in prices
            else item
            for item in page
        ]

    def items_of(self, row: ListedInstance) -> list[Item]:
        """The items of a row, completed by its last bill: a name if nothing else provides one, and
        a proposed kind if its product codes propose none."""
        items = items_of(row, self._item_types)
        bill, item_type = self._bills.get(row.instance_id), self._item_types.get(row.instance_id)
        if bill is None or (item_type is not None and item_type.kind is Kind.LICENSE):
            return items
        if bill.name and not (item_type is not None and item_type.name):
            items = [replace(item, name=bill.name) for item in items]
        return (
            items if item_type is not None else [_with_proposal(item, row, bill) for item in items]
        )


def _with_proposal(item: Item, row: ListedInstance, bill: LastBill) -> Item:
    if not isinstance(item, OtherItem) or not bill.commodity:
        return item
    details = item.details or _NO_DETAILS
    proposal = proposed_kind(
        (bill.commodity,),
        has_end=row.ends_at is not None,
        is_pay_as_you_go=row.is_pay_as_you_go,
    )
    if proposal is None or details.proposed_kind is not None or details.errors:
        return item
    return replace(item, details=replace(details, proposed_kind=proposal))
