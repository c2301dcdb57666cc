"""`renewal status --json`, as the contract has it."""

from __future__ import annotations

from tests.contract.program import Program


def test_the_example_of_the_contract(example: Program) -> None:
    ran = example("status", "--json")
    document = ran.json
    items = document.pop("items")
    assert document == {
        "schema": "renewal.status/1",
        "account": "practice",
        "cloud": "practice",
        "site": "china",
        "now": "2026-11-22T09:00:00+08:00",
        "as_of": "2026-11-22T09:00:00+08:00",
        "stale": False,
        "severity": "critical",
        "balance": {
            "currency": "CNY",
            "available": "12.40",
            "credit": "0.00",
            "owed": "36.50",
            "overdue_since": "2026-11-22T06:00:00+08:00",
        },
        "forecast": {
            "horizon_days": 30,
            "due": "5760.00",
            "unpriced": 0,
            "shortfall": "5784.10",
            "short_from": "2026-11-24T00:00:00+08:00",
        },
        "data_errors": [],
        "sync_error": None,
    }
    assert ran.exit == 2
    by_id = {item["id"]: item for item in items}
    assert by_id["iot-060a0bcd"] == {
        "kind": "iot-enterprise",
        "id": "iot-060a0bcd",
        "name": "Factory floor",
        "region": "cn-shanghai",
        "state": "running",
        "severity": "critical",
        "ends_at": "2026-11-24T00:00:00+08:00",
        "next": {"state": "stopped", "at": "2026-11-24T00:00:00+08:00", "clause": "IOT-3"},
        "data_lost_at": "2026-12-09T00:00:00+08:00",
        "clauses": ["IOT-3", "IOT-4", "IOT-5"],
        "auto_renewal": None,
        "remedy": "P-IOT-RENEW",
    }
    assert by_id["lic-kids"]["license"] == {
        "application": "Kids app",
        "instance_id": "vod-sdk-77",
        "sdks": ["Player SDK", "Short Video SDK"],
    }
    assert by_id["plan-storage-1"]["plan"] == {
        "type": "storage",
        "total": "1024",
        "remaining": "37.5",
        "unit": "GB",
        "type_remaining": "37.5",
    }
    assert by_id["vod"]["region"] is None
    assert by_id["vod"]["name"] == "ApsaraVideo VOD"
    assert set(by_id) == {
        "iot-060a0bcd", "public-previous:ap-northeast-1", "iot-public-new-1", "lic-kids",
        "plan-storage-1", "vod",
    }  # fmt: skip


def test_without_data_everything_is_unknown(program: Program) -> None:
    ran = program("status", "--json", "--max-age", "never")
    assert ran.exit == 3
    assert "no data" in ran.err
    document = ran.json
    assert [document[key] for key in ("now", "as_of", "balance", "forecast")] == [None] * 4
    assert document["items"] == []
    assert document["severity"] == "unknown"
    assert not (program.home / "practice.db").exists()


def test_the_tour_shows_every_clause_of_the_rulebook(program: Program) -> None:
    document = program.status()
    shown = {clause for item in document["items"] for clause in item["clauses"]}
    assert shown == (
        {f"IOT-{n}" for n in range(1, 11)}
        | {f"VOD-{n}" for n in range(1, 8)}
        | {f"LIC-{n}" for n in range(1, 7)}
    )


def test_calm_is_calm_and_crisis_is_not(program: Program) -> None:
    program("practice", "reset", "--scenario", "calm")
    assert program("status", "--max-age", "0").exit == 0
    program("practice", "reset", "--scenario", "crisis")
    assert program("status", "--max-age", "0").exit == 2


def test_a_failed_sync_shows_what_is_stored_and_calls_it_old(example: Program) -> None:
    example("sync")
    example("practice", "fail", "items", "--how", "5xx", "--times", "9")
    ran = example("status", "--json", "--max-age", "0")
    assert ran.exit == 2
    document = ran.json
    assert document["stale"] is True
    assert document["sync_error"]["exit"] == 69
    assert len(ran.err.strip().splitlines()) == 1
    example("practice", "fail", "items", "--how", "denied")
    assert example("status", "--json", "--max-age", "0").json["sync_error"]["exit"] == 77


def test_a_failed_first_sync_is_unknown(example: Program) -> None:
    example("practice", "fail", "balance", "--times", "9")
    ran = example("status", "--json")
    assert ran.exit == 3
    assert ran.json["sync_error"]["exit"] == 69


def test_old_data_are_stale_and_unknown_at_least(program: Program) -> None:
    program("practice", "reset", "--scenario", "calm")
    program("sync")
    program("practice", "clock", "--advance", "24h")
    never = ("status", "--json", "--max-age", "never")
    assert program(*never).json["stale"] is False
    program("practice", "clock", "--advance", "1s")
    ran = program(*never)
    assert ran.json["stale"] is True
    assert ran.exit == 3
    assert program("status", "--json").json["stale"] is False


def test_an_item_that_is_no_longer_listed_is_missing(example: Program) -> None:
    example("sync")
    example("practice", "hide", "iot-060a0bcd")
    item = example.item("iot-060a0bcd")
    assert (item["state"], item["severity"], item["next"]) == ("missing", "unknown", None)
    assert item["ends_at"] == "2026-11-24T00:00:00+08:00"
    assert item["remedy"] == "P-IOT-RENEW"
    example("practice", "clock", "--advance", "17d")
    assert example.item("iot-060a0bcd")["state"] == "released"
    example("practice", "unhide", "iot-060a0bcd")
    assert example.item("iot-060a0bcd")["state"] == "released"


def test_a_reset_forgets_the_old_cloud(example: Program) -> None:
    example("sync")
    example("practice", "reset", "--scenario", "calm")
    document = example("status", "--json").json
    assert "iot-060a0bcd" not in {item["id"] for item in document["items"]}
    assert all(item["state"] != "missing" for item in document["items"])


def test_the_order_is_not_serving_first_then_by_what_comes_next(program: Program) -> None:
    items = program.status()["items"]
    not_serving = [
        item["state"] in {"stopped", "restoring", "released", "expired", "used-up"}
        for item in items
    ]
    assert not_serving == sorted(not_serving, reverse=True)
    for group in (True, False):
        keys = [
            (item["next"] is None, (item["next"] or {}).get("at", ""), item["id"])
            for item, down in zip(items, not_serving, strict=True)
            if down is group
        ]
        assert keys == sorted(keys)


def test_within_takes_whole_days_only(example: Program) -> None:
    ran = example("status", "--within", "36h", "--json")
    assert ran.exit == 64
    assert ran.json == {"schema": "renewal.error/1", "exit": 64, "message": ran.json["message"]}
    assert example("status", "--within", "2d", "--json").json["forecast"]["horizon_days"] == 2


def test_an_upgraded_instance_is_not_missing_as_what_it_was(example: Program) -> None:
    example("practice", "topup", "5000")
    example("sync")
    ran = example("practice", "upgrade", "iot-public-new-1", "--monthly-price", "500")
    assert (ran.exit, ran.out) == (0, "iot-public-new-1\n")
    items = [item for item in example.status()["items"] if item["id"] == "iot-public-new-1"]
    assert [(item["kind"], item["state"]) for item in items] == [("iot-enterprise", "running")]


def test_an_instance_and_an_order_that_end_on_one_day(example: Program) -> None:
    truth = example.truth()
    day = "2026-12-01T00:00:00+08:00"
    instances = [{**truth["instances"][0], "expires_at": day}]
    licenses = [{**truth["licenses"][0], "expires_at": day}]
    money = {"site": "china", "currency": "CNY", "credit": "0.00"}
    for available, short_from in (("3599.99", day), ("5759.99", day), ("5760.00", None)):
        example.scenario(
            instances=instances,
            licenses=licenses,
            resource_plans=[],
            account={**money, "available": available},
        )
        assert example.status()["forecast"]["short_from"] == short_from
