"""The installed program on a real account of config.toml, with the official SDK."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.alibaba import server as how
from tests.alibaba.conftest import ENTERPRISE
from tests.alibaba.desk import KEY_ID, SECRET, Desk, plan
from tests.alibaba.server import Server
from tests.contract.program import Program


@pytest.fixture
def factory(program: Program, server: Server, keys: Callable[..., None]) -> Program:
    """The program with one account, paid from, at the server."""
    configure(program, server.address)
    return program


def configure(program: Program, endpoint: str, **more: Any) -> None:
    lines = {"cloud": "alibaba", "profile": "default", "payments": True, "endpoint": endpoint}
    written = "\n".join(f"{name} = {json.dumps(value)}" for name, value in (lines | more).items())
    config = f'default = "factory"\n[accounts.factory]\n{written}\n'
    (program.home / "config.toml").write_text(config)


def test_sync_status_renew_and_auto_renewal(factory: Program, desk: Desk) -> None:
    desk.plans = [plan("plan-1")]
    assert factory("sync").exit == 0
    status = factory("status", "--max-age", "never", "--json").json
    assert (status["cloud"], status["balance"]["available"]) == ("alibaba", "10000.00")
    assert {item["id"] for item in status["items"]} == {ENTERPRISE, "plan-1", "vod"}
    done = factory("renew", ENTERPRISE, "--months", "12", "--yes", "--json")
    assert done.exit == 0
    (result,) = done.json["results"]
    assert (result["outcome"], result["quoted"]) == ("paid", "3600.00")
    assert factory("auto-renew", ENTERPRISE, "--months", "3", "--yes").exit == 0
    assert desk.charges == [(ENTERPRISE, 12)]
    for path in factory.home.iterdir():
        assert SECRET.encode() not in path.read_bytes()
        assert KEY_ID.encode() not in path.read_bytes()


def test_commit_then_drop_is_11_and_reconciled(
    factory: Program, server: Server, desk: Desk
) -> None:
    assert factory("sync").exit == 0
    server.fail("RenewInstance", how.reset, after=True)
    assert factory("renew", ENTERPRISE, "--months", "1", "--yes").exit == 11
    assert factory("payments", "reconcile", "--json").exit == 0
    (row,) = factory("payments", "--json").json["payments"]
    assert (row["state"], row["order_id"]) == ("paid", desk.orders[0]["OrderId"])
    assert desk.charges == [(ENTERPRISE, 1)]


def test_a_missing_right_is_77_and_status_goes_on_with_what_is_stored(
    factory: Program, server: Server
) -> None:
    assert factory("sync").exit == 0
    server.denied.add("QueryAccountBalance")
    failed = factory("sync")
    assert failed.exit == 77
    assert "bss:DescribeAcccount" in failed.err
    status = factory("status", "--max-age", "0", "--json").json
    assert status["sync_error"]["exit"] == 77
    assert [item["id"] for item in status["items"]] == [ENTERPRISE]


def test_no_answer_is_69(factory: Program, server: Server) -> None:
    configure(factory, "http://127.0.0.1:9")
    failed = factory("sync")
    assert failed.exit == 69
    assert "refused the connection" in failed.err
    assert server.requests == []


def test_a_plain_address_elsewhere_is_64(factory: Program) -> None:
    configure(factory, "http://example.com")
    assert factory("sync").exit == 64


def test_an_account_that_is_looked_at_only_sends_no_payment(
    factory: Program, server: Server
) -> None:
    configure(factory, server.address, payments=False)
    assert factory("sync").exit == 0
    assert factory("renew", ENTERPRISE, "--months", "1", "--yes").exit == 12
    assert server.count("RenewInstance") == 0


def test_an_empty_list_hints_at_the_other_site(factory: Program, desk: Desk) -> None:
    desk.instances = []
    ran = factory("sync")
    assert ran.exit == 0
    assert "other site" in ran.err


@pytest.mark.parametrize(
    ("code", "status"), [("InvalidAccessKeyId.Inactive", 400), ("InvalidTimeStamp.Expired", 400)]
)
def test_the_doctor_proposes_a_right_for_a_missing_right_only(
    factory: Program, server: Server, code: str, status: int
) -> None:
    server.fail("QueryAccountBalance", how.refusing(code, status))
    server.denied.add("QueryOrders")
    findings = {each["what"]: each for each in factory("doctor", "--json").json["findings"]}
    assert findings["account factory: QueryAccountBalance"]["todo"] == ""
    assert "bss:DescribeOrderList" in findings["account factory: QueryOrders"]["todo"]


@pytest.mark.parametrize("max_age", ["0", "1s"])
def test_data_that_the_command_itself_fetched_are_fresh(
    factory: Program, server: Server, max_age: str
) -> None:
    """A sync that takes longer than the age that is asked for; `as_of` is its beginning."""
    server.fail("QueryAvailableInstances", how.slow(2.1))
    ran = factory("status", "--max-age", max_age, "--json")
    assert (ran.exit, ran.json["stale"]) == (1, False)
    age = datetime.fromisoformat(ran.json["now"]) - datetime.fromisoformat(ran.json["as_of"])
    assert age >= timedelta(seconds=2)
    stored = factory("status", "--max-age", "never", "--json").json
    assert stored["as_of"] == ran.json["as_of"]


def test_what_a_failed_sync_left_is_as_old_as_it_is(factory: Program, server: Server) -> None:
    assert factory("sync").exit == 0
    server.denied.add("QueryAccountBalance")
    assert factory("status", "--max-age", "0", "--json").json["stale"]


@pytest.mark.parametrize("field", ["AvailableAmount", "CreditAmount", "Currency"])
@pytest.mark.parametrize("value", [["1"], {"Amount": "1"}, True, "", 1e300, None])
def test_a_balance_that_cannot_be_read_is_shown_as_unknown(
    factory: Program, server: Server, desk: Desk, field: str, value: object
) -> None:
    desk.balance[field] = value
    ran = factory("status", "--max-age", "0")
    if field == "CreditAmount" and value in (None, ""):
        assert ran.exit == 1  # nothing is lent
        return
    assert ran.exit == 3
    assert f"QueryAccountBalance {field}" in ran.err
    assert factory("renew", ENTERPRISE, "--months", "1", "--yes").exit == 69
    assert server.count("RenewInstance") == 0
