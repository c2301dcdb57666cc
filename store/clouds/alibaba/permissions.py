"""One harmless call of each read operation, to check the permissions of the credentials."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from store.clouds.alibaba.bills import INSTANCE_BILL, OVERVIEW, last_months
from store.clouds.alibaba.retry import Reader
from store.errors import CloudError

_ONE_ROW = {"page_num": 1, "page_size": 1}


def permission_checks(reader: Reader, now: datetime) -> Iterator[tuple[str, CloudError | None]]:
    """Each read operation that needs no ID, with its error; None if it is permitted."""
    month = last_months(now, 1)[0]
    calls: dict[str, dict[str, object]] = {
        "QueryAccountBalance": {},
        "QueryAvailableInstances": {**_ONE_ROW},
        "QueryResourcePackageInstances": {**_ONE_ROW},
        "QueryOrders": {**_ONE_ROW},
        "QueryAccountTransactions": {**_ONE_ROW},
        OVERVIEW: {"billing_cycle": month},
        INSTANCE_BILL: {"billing_cycle": month, "max_results": 1},
        "QueryCashCoupons": {"effective_or_not": True},
        "QueryPrepaidCards": {"effective_or_not": True},
        "DescribeFrInstances": {**_ONE_ROW},
    }
    for operation, parameters in calls.items():
        problem: CloudError | None = None
        try:
            reader.call(operation, dict, **parameters)
        except CloudError as error:
            problem = error
        yield operation, problem
