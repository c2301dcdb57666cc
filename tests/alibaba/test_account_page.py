"""The account page of a real account: bills by product, vouchers, and what is unknown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from store.home import Home
from store.items.manual_licenses import manual_license_ids, remove_licenses
from store.session import Session
from tests.alibaba.conftest import ENTERPRISE
from tests.alibaba.desk import Desk, days, instance, wire_time
from tests.alibaba.server import Server
from tests.alibaba.test_account_details import MONTHS
from tests.alibaba.test_program import configure
from tests.contract.program import Program
from tui.panes.account_facts import account_sections
from tui.panes.account_table import table_lines
from tui.prompts import plain_line


@pytest.fixture
def factory(program: Program, server: Server, keys: Callable[..., None], desk: Desk) -> Program:
    """The program at a desk whose one instance needs nothing for a long time."""
    configure(program, server.address)
    desk.instances = [instance(ENTERPRISE, days(300))]
    return program


def page(factory: Program) -> str:
    """The account page after a sync, a line after another."""
    assert factory("sync").exit == 0
    with Session.open(Home(factory.home), "factory") as session:
        lines = []
        charged_to = session.account.charged_to
        for section in account_sections(session.overview(), [], charged_to):
            lines += [section.title, *map(plain_line, section.lines)]
            lines += [f"{text}{end}" for text, end, _is_bad in table_lines(section.entries, 100)]
    return "\n".join(lines)


def test_a_start_that_the_cloud_does_not_return_is_unknown(factory: Program, desk: Desk) -> None:
    desk.balance["AvailableAmount"] = "-11.19"
    assert "Owed: CNY 11.19, start unknown" in page(factory)
    assert "The cloud lists no single bills." in page(factory)
    row = {"ProductName": "IoT Platform", "Currency": "CNY", "OutstandingAmount": 11.19}
    desk.outstanding = {MONTHS[0]: [row]}
    (bill,) = [line for line in page(factory).splitlines() if "IoT Platform" in line]
    assert bill.split() == [MONTHS[0], "IoT", "Platform", "11.19", "start", "unknown"]


def test_vouchers_are_shown_with_the_balance(factory: Program, desk: Desk, server: Server) -> None:
    text = page(factory)
    assert "Unpaid bills\nNone.\n" in text
    assert "Coupons and prepaid cards\nNone.\n" in text
    desk.coupons = [
        {"CashCouponNo": "Q-1", "Balance": "50.00", "Status": "Available",
         "ExpiryTime": wire_time(days(9)), "ApplicableProducts": "VOD"},
    ]  # fmt: skip
    server.denied = {"QueryPrepaidCards"}
    text = page(factory)
    assert "cash coupon Q-1 VOD" in text
    assert "Not counted in the balance." in text
    assert "Unknown: " in text
    assert "Available: CNY 10,000.00" in text


def test_where_a_card_pays_no_balance_runs_down(
    factory: Program, desk: Desk, server: Server
) -> None:
    desk.instances = [instance(ENTERPRISE, days(20))]
    assert "→ ≤ 10,000.00" in page(factory)
    configure(factory, server.address, charged_to="card")
    text = page(factory)
    assert "Paid from: the account's card or wallet" in text
    assert "→" not in text
    assert " ?" in text


def test_a_license_by_hand_that_billing_confirms_can_be_removed(
    factory: Program, desk: Desk
) -> None:
    desk.instances = [instance("vod-sdk-77", days(20))]
    add = ("licenses", "add", "--license-id", "lic-a", "--application", "Kids app")
    ends = ("--expires-at", wire_time(days(20)))
    assert factory(*add, "--instance-id", "vod-sdk-77", "--sdk", "Player SDK", *ends).exit == 0
    assert {item["id"] for item in factory.status()["items"]} >= {"lic-a"}
    with Session.open(Home(factory.home), "factory") as session:
        assert manual_license_ids(session.db, "factory") == {"lic-a"}
        remove_licenses(session.db, "factory", ["lic-a"])
    assert {item["id"] for item in factory.status()["items"]} == {"vod-sdk-77"}
