"""The type of an item, entered once in config.toml, stays until it is changed."""

from __future__ import annotations

from collections.abc import Callable

from tests.alibaba.desk import Desk, days, instance
from tests.alibaba.server import Server
from tests.alibaba.test_program import configure
from tests.contract.program import Program


def test_an_other_item_gets_the_entered_type(
    program: Program, server: Server, desk: Desk, keys: Callable[..., None]
) -> None:
    configure(program, server.address)
    desk.instances = [instance("x-1", days(20)), instance("x-2", days(20))]
    assert {item["kind"] for item in program.status()["items"]} == {"other"}
    assert program("say", "x-1", "--kind", "iot-enterprise", "--name", "Factory").exit == 0
    lic = ("--kind", "sdk-license", "--application", "Kids app", "--sdk", "Player SDK")
    assert program("say", "x-2", *lic).exit == 0
    items = {item["id"]: item for item in program.status()["items"]}
    assert (items["x-1"]["kind"], items["x-1"]["name"]) == ("iot-enterprise", "Factory")
    assert items["x-2"]["license"]["sdks"] == ["Player SDK"]
    assert all(item["state"] != "missing" for item in items.values())


def test_invalid_entries_are_refused(
    program: Program, server: Server, keys: Callable[..., None]
) -> None:
    configure(program, server.address)
    assert program("say", "x 1", "--kind", "other").exit == 64
    assert program("say", "x-1", "--kind", "sdk-license").exit == 64
    assert program("say", "x-1", "--kind", "resource-plan").exit == 64
    assert program("--account", "practice", "say", "x-1", "--kind", "other").exit == 64
