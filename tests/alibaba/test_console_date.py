"""Where the console shows another end than the billing, the console's counts (LIC-5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from store.times import json_time
from tests.alibaba.desk import Desk, days, instance
from tests.alibaba.server import Server
from tests.alibaba.test_program import configure
from tests.contract.program import Program


def test_the_console_wins_until_the_billed_end_moves(
    program: Program, server: Server, desk: Desk, keys: Callable[..., None]
) -> None:
    configure(program, server.address)
    billed, shown = days(20), days(20) + timedelta(days=100)
    desk.instances = [
        instance(
            "vod-sdk-1",
            billed,
            RenewStatus="AutoRenewal",
            RenewalDuration=12,
            RenewalDurationUnit="M",
        )
    ]
    words = ("--license-id", "lic-1", "--application", "Kids app", "--instance-id", "vod-sdk-1")
    rest = ("--sdk", "Player SDK", "--expires-at", json_time(shown) or "")
    assert program("licenses", "add", *words, *rest).exit == 0

    (item, _vod) = program.status()["items"]
    assert (item["id"], item["ends_at"]) == ("lic-1", json_time(shown))
    assert item["severity"] == "warning"
    (error,) = program("status", "--json").json["data_errors"]
    assert (error["field"], error["expected"], error["clause"]) == ("auto_renewal", "off", "LIC-5")

    assert program("auto-renew", "vod-sdk-1", "--off", "--yes").exit == 0
    assert program("status", "--json").json["data_errors"] == []

    done = program("renew", "vod-sdk-1", "--months", "12", "--yes", "--json")
    assert done.exit == 0, done.err
    (result,) = done.json["results"]
    assert result["ends_before"] == json_time(billed)
    (item, _vod) = program.status()["items"]
    assert item["ends_at"] == result["ends_after"]
