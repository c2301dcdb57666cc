"""The optional reads of a sync, several at once; each may be denied or fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from itertools import chain, islice
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from store.clouds.account_details import AccountDetails, LastBill, PlanPrice, Unavailable
from store.clouds.alibaba import bills, package_history, package_prices, vouchers
from store.clouds.alibaba.fields import Row, text
from store.clouds.alibaba.retry import Reader
from store.errors import CloudError

A = TypeVar("A")
T = TypeVar("T")

_TRIES = 2
"""Few tries, so that an optional read does not delay a sync."""
_WORKERS = 4
_OWED_MONTHS = 3
"""The number of recent bills searched for outstanding amounts."""
_MOST_PRICES = 20
"""The largest number of plan prices requested in one sync."""


def optional_reader(reader: Reader) -> Reader:
    """The reader with fewer tries, for optional reads."""
    policy = replace(reader.policy, tries=min(reader.policy.tries, _TRIES))
    return Reader(reader.client, policy, reader.stop)


class OptionalReads:
    """Runs optional reads in threads and records those that were denied or failed."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="optional-read")
        self.unavailable: dict[str, Unavailable] = {}
        """By operation."""

    def __enter__(self) -> OptionalReads:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def start(
        self, operation: str, read: Callable[[Reader, A], list[T]], argument: A
    ) -> Callable[[], list[T]]:
        """Start a read; the returned function waits for its result, which is empty if it was denied
        or failed."""
        future = self._pool.submit(read, self._reader, argument)
        return lambda: self._result(operation, future)

    def _result(self, operation: str, future: Future[list[T]]) -> list[T]:
        try:
            return future.result()
        except CloudError as error:
            self.unavailable.setdefault(operation, Unavailable(operation, error.message))
            return []


class Supplement(Struct, frozen=True):
    """The results of the optional reads of one sync."""

    details: AccountDetails = AccountDetails()
    package_rows: tuple[Row, ...] = ()
    """Resource plans, used-up and ended ones too, as rows of QueryResourcePackageInstances."""


def read_supplement(
    reader: Reader, now: datetime, *, is_owing: bool, billed_through: str | None
) -> Supplement:
    """Run all optional reads. Raises no cloud error: what is denied or fails is absent.

    Bills are read back to the month before `billed_through`, which may have grown since, or for
    `bills.MONTHS`; the newest comes first, and if it is denied or fails, older ones are skipped.
    """
    months = bills.last_months(now, bills.MONTHS)
    newest, *older = months[: _unread(months, billed_through)]
    with OptionalReads(reader) as reads:
        coupons = reads.start(vouchers.CASH_COUPONS, vouchers.cash_coupons, now)
        cards = reads.start(vouchers.PREPAID_CARDS, vouchers.prepaid_cards, now)
        packages = reads.start(package_history.OPERATION, package_history.package_rows, now)
        billed = [reads.start(bills.INSTANCE_BILL, bills.last_bills, newest)]
        owed = [
            reads.start(bills.OVERVIEW, bills.outstanding_amounts, month)
            for month in (months[:_OWED_MONTHS] if is_owing else ())
        ]
        billed[0]()
        if bills.INSTANCE_BILL not in reads.unavailable:
            billed += [reads.start(bills.INSTANCE_BILL, bills.last_bills, month) for month in older]
        rows = tuple(packages())
        prices = tuple(_plan_prices(reads, rows))
        details = AccountDetails(
            tuple(chain.from_iterable(result() for result in owed)),
            (*coupons(), *cards()),
            merge_bills(chain.from_iterable(result() for result in billed)),
            billed_through if bills.INSTANCE_BILL in reads.unavailable else newest,
            plan_prices=prices,
        )
        unavailable = tuple(reads.unavailable.values())
    return Supplement(replace(details, unavailable=unavailable), rows)


def _plan_prices(reads: OptionalReads, rows: Sequence[Row]) -> Iterator[PlanPrice]:
    """The prices of plans like these rows, one request for each distinct offer."""
    catalogues = [
        reads.start(package_prices.CATALOGUE, package_prices.fetch_offers, commodity)
        for commodity in package_prices.vod_commodities(rows)
    ]
    offers = [offer for offered in catalogues for offer in offered()]
    same = {
        text(row.get("InstanceId")): offer
        for row in rows
        for offer in [package_prices.same_offer(row, offers)]
        if offer is not None
    }
    results = {
        offer: reads.start(package_prices.PRICE, package_prices.fetch_price, offer)
        for offer in islice(dict.fromkeys(same.values()), _MOST_PRICES)
    }
    for plan_id, offer in same.items():
        for price in results[offer]() if offer in results else ():
            yield replace(price, plan_id=plan_id)


def _unread(months: list[str], billed_through: str | None) -> int:
    """The number of months to read, from the newest one on."""
    return months.index(billed_through) + 2 if billed_through in months else len(months)


def merge_bills(listed: Iterable[LastBill]) -> tuple[LastBill, ...]:
    """One bill for each Instance ID, from bills sorted newest first."""
    by_id: dict[str, LastBill] = {}
    for bill in listed:
        newer = by_id.get(bill.instance_id)
        by_id[bill.instance_id] = bill if newer is None else newer.completed_by(bill)
    return tuple(by_id.values())
