"""The policies of SECURITY.md grant exactly the calls that the program makes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from alibabacloud_bssopenapi20171214 import models

from store.clouds.alibaba import RIGHTS
from tests.alibaba.conftest import ENTERPRISE
from tests.alibaba.desk import Desk, days, plan, wire_time
from tests.alibaba.policies import READING, RENEWING, policy
from tests.alibaba.server import Server
from tests.alibaba.test_account_details import CATALOGUE, a_year
from tests.alibaba.test_orders import MODULES
from tests.alibaba.test_program import configure
from tests.contract.program import Program

ROOT = Path(__file__).parents[2]
CHANGES = {"RenewInstance", "SetRenewal"}


def test_every_call_is_in_the_policy_and_nothing_more(
    server: Server, desk: Desk, program: Program, keys: Callable[..., None]
) -> None:
    readme = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    (written,) = re.findall(r'\{"Version": "1".*?\]\}\]\}|\{"Version": "1".*?\]\}', readme, re.S)
    assert json.loads(written)["Statement"][0]["Action"] == sorted(
        policy(READING)["Statement"][0]["Action"], key=lambda name: (name.startswith("bss:"), name)
    )
    looking = set(READING)
    (more,) = re.findall(r"For renewing add `bssapi:(\w+)` and `bssapi:(\w+)`", readme)
    assert set(more) == CHANGES
    assert looking | set(more) == set(RENEWING)

    configure(program, server.address)
    desk.plans = [plan("plan-1")]
    desk.packages, desk.catalogue = [a_year()], {"vodflowbag": CATALOGUE}
    desk.balance["AvailableAmount"] = "-1.00"
    assert program("sync").exit == 0
    desk.balance["AvailableAmount"] = "10,000.00"
    desk.monthly_price = None
    bought = desk.order_of(desk.instances[0], 12, CreateTime=wire_time(days(-9)))
    bought["detail"][0]["BillModuleConfig"] = MODULES
    desk.orders = [bought]
    assert program("renew", ENTERPRISE, "--months", "1", "--dry-run").exit == 12
    desk.monthly_price = "300.00"
    for job in (
        ("sync",), ("doctor",), ("renew", ENTERPRISE, "--months", "1", "--yes"),
        ("auto-renew", ENTERPRISE, "--months", "3", "--yes"), ("payments", "reconcile"),
    ):  # fmt: skip
        assert program(*job).exit < 64
    assert {request.action for request in server.requests} == looking | set(more)


def test_no_other_operation_is_named_in_the_code() -> None:
    package = ROOT / "store" / "clouds" / "alibaba"
    code = "".join(path.read_text() for path in package.glob("*.py"))
    operations = {name.removesuffix("Request") for name in dir(models) if name.endswith("Request")}
    named = set(re.findall(r'"([A-Z][A-Za-z]+)"', code))
    assert named & (operations | set(RIGHTS)) == set(RIGHTS)
