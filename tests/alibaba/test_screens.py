"""The app on a real account: proposals are accepted with one key, and an odd account hides none."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable

import pytest

from tests.alibaba.desk import Desk, days, instance
from tests.alibaba.server import Server
from tests.alibaba.test_program import configure
from tests.contract.program import Program
from tests.stories.driver import at_the_desk


@pytest.fixture
def factory(program: Program, server: Server, keys: Callable[..., None]) -> Program:
    configure(program, server.address)
    return program


async def test_a_proposal_is_accepted_with_one_key(factory: Program, desk: Desk) -> None:
    desk.instances = [instance("x-1", days(20)), instance("x-2", days(20), ProductCode="rds")]
    desk.instances[1]["ProductType"] = "rds"
    assert factory("sync").exit == 0
    async with at_the_desk(factory.home, fresh=False) as person:
        await person.press("1")
        await person.move_to("x-2")
        await person.press("y")
        person.sees("its product code")
        await person.move_to("x-1")
        await person.press("enter")
        person.sees("May be", "Enterprise, by its product code")
        await person.press("y")
        person.sees("P-IOT-RENEW")
    assert {item["id"]: item["kind"] for item in factory.status()["items"]} == {
        "x-1": "iot-enterprise", "x-2": "other",
    }  # fmt: skip


async def test_an_account_that_cannot_be_read_hides_no_other(factory: Program, desk: Desk) -> None:
    desk.instances = [instance("x-1", days(2), ProductCode="rds", ProductType="rds")]
    desk.balance["AvailableAmount"] = "-11.19"
    assert factory("sync").exit == 0
    assert factory("--account", "practice", "sync").exit == 0
    db = sqlite3.connect(factory.home / "practice.db")
    db.execute("PRAGMA user_version = 999")
    db.close()
    async with at_the_desk(factory.home, fresh=False) as person:
        await person.press("A")
        await person.choose("All accounts in one list")
        person.sees("? practice", "! factory", "rds", "CNY 11.19 owed, start unknown")


@pytest.mark.parametrize(
    ("available", "listed", "words"),
    [
        ("-11.19", True, "the account is overdue: CNY 11.19 owed"),
        ("10.00", False, "has no instances and no resource plans"),
        ("10.00", True, "Nothing needs attention within 30 days"),
    ],
)
async def test_an_empty_list_says_what_the_account_needs(
    factory: Program, desk: Desk, available: str, words: str, *, listed: bool
) -> None:
    desk.instances = [instance("iot-1", days(300))] if listed else []
    desk.balance["AvailableAmount"] = available
    assert factory("sync").exit == 0
    async with at_the_desk(factory.home, fresh=False) as person:
        await person.press("0")
        person.sees(words)
        assert ("Nothing needs attention" in person.words) == words.startswith("Nothing")


async def test_everything_is_kept_through_the_api(factory: Program, desk: Desk) -> None:
    desk.instances = [instance("x-soon", days(2)), instance("x-late", days(25))]
    desk.balance["AvailableAmount"] = "3,700.00"
    for each in ("x-soon", "x-late"):
        assert factory("say", each, "--kind", "iot-enterprise").exit == 0
    assert factory("sync").exit == 0
    async with at_the_desk(factory.home, fresh=False) as person:
        await person.press("K")
        person.sees("2 staged · Total CNY 7,200.00 · balance 3,700.00 · missing 3,500.00")
        await person.press("t")
        person.sees("CNY 3,500.00 is missing for this plan.", "Top up the account")
        await person.press("escape", "down", "space")
        person.sees("1 staged", "covered")
        await person.press("enter")
        await person.confirm("3600")
        await person.comes_to_see("1 of 1 paid")
        assert "✓" in person.row("x-soon")
    assert desk.charges == [("x-soon", 12)]


async def test_without_quotes_everything_is_set_apart(factory: Program, desk: Desk) -> None:
    desk.instances, desk.monthly_price = [instance("x-1", days(2))], None
    assert factory("say", "x-1", "--kind", "iot-enterprise").exit == 0
    assert factory("sync").exit == 0
    async with at_the_desk(factory.home, fresh=False) as person:
        await person.press("K")
        person.sees("0 staged · Total CNY 0.00", "Set apart")
        await person.move_to("x-1")
        await person.press("enter")
        person.sees("Renew an Enterprise Edition instance")
    assert desk.charges == []


def test_line_mode_says_what_the_account_needs_and_has_no_practice_clock(
    factory: Program, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.instances = [instance("iot-1", days(300))]
    desk.balance["AvailableAmount"] = "-11.19"
    assert factory("sync").exit == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n0\n"))
    shown = factory("--plain").out
    assert "No item needs attention, but the account is overdue: CNY 11.19 owed" in shown
    assert "clock" not in shown
