"""Whatever one value of an answer becomes: the sync fails, the account is not green, or all that
it has is what it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from store.clouds.alibaba import AlibabaCloud, Timeouts
from store.clouds.alibaba.client import BillingClient
from store.clouds.alibaba.retry import Reader
from store.config import Account
from store.errors import CloudError
from store.items.overview import Overview, OverviewOptions, read_overview
from store.items.sync import sync
from store.models import Kind
from store.rules.severity import Severity
from tests.alibaba.conftest import POLICY
from tests.alibaba.desk import Desk, days, instance, plan
from tests.alibaba.odd_values import ODD, changed, paired
from tests.alibaba.server import Server, answering
from tests.store.payments.accounts import open_store

LISTS = ("QueryAccountBalance", "QueryAvailableInstances", "QueryResourcePackageInstances")


@pytest.fixture
def calm(desk: Desk) -> Desk:
    """An account in which nothing needs attention."""
    desk.instances = [
        instance("iot-1", days(300)),
        instance("rm-1", days(200), ProductCode="rds", ProductType="rds"),
    ]
    desk.plans = [plan("plan-1", RemainingAmount="500")]
    return desk


@pytest.fixture
def synced(
    account: Account, keys: Callable[..., None], tmp_path: Path
) -> Iterator[Callable[[], Overview]]:
    """Syncs the account, over one connection, and judges it."""
    client = BillingClient(account, Timeouts(), tmp_path)
    db = open_store(tmp_path)

    def sync_now() -> Overview:
        cloud = AlibabaCloud(account, client, Reader(client, POLICY), {})
        sync(db, "factory", cloud)
        return read_overview(db, "factory", "alibaba", "china", OverviewOptions(cloud.now()))

    yield sync_now
    db.close()


def ends(overview: Overview) -> dict[str, tuple[Kind, datetime | None]]:
    return {each.item.id: (each.item.kind, each.item.ends_at) for each in overview.items}


@pytest.mark.parametrize("operation", LISTS)
def test_no_odd_value_makes_an_account_green(
    calm: Desk, server: Server, synced: Callable[[], Overview], operation: str
) -> None:
    first = synced()
    assert (first.severity, len(ends(first))) == (Severity.OK, 4)
    document = calm.answer(operation, {})
    for path, name in paired(document):
        body = changed(document, path, ODD[name])
        server.faults.clear()
        server.fail(operation, answering(body), 9)
        try:
            shown = synced()
        except CloudError:
            continue
        except Exception as error:
            raise AssertionError(path, name) from error
        finally:
            server.faults.clear()
        if shown.severity is Severity.OK:
            assert ends(shown) == ends(first), (path, name)
            available = body["Data"].get("AvailableAmount") if operation == LISTS[0] else None
            assert available != 7 or (shown.balance and shown.balance.available == 7), (path, name)
        synced()
