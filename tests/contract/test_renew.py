"""`renewal renew`, `auto-renew` and `payments`, as the contract has them."""

from __future__ import annotations

import json

import pytest

from tests.contract.program import EXAMPLE, Program

FACTORY = "iot-060a0bcd"


@pytest.fixture
def rich(example: Program) -> Program:
    example("practice", "topup", "10000")
    example("sync")
    return example


def renew(program: Program, *more: str, ids: tuple[str, ...] = (FACTORY,)):
    return program("renew", *ids, "--months", "1", "--yes", "--json", *more)


def test_a_paid_renewal(rich: Program) -> None:
    ran = renew(rich)
    assert ran.exit == 0
    (result,) = ran.json["results"]
    assert result["outcome"] == "paid"
    assert (result["quoted"], result["currency"]) == ("300.00", "CNY")
    assert result["ends_before"] == "2026-11-24T00:00:00+08:00"
    assert result["ends_after"] == "2026-12-24T00:00:00+08:00"
    (charge,) = [each for each in rich.truth()["charges"] if each["what"] == "renewal"]
    assert charge["order_id"] == result["order_id"]
    (row,) = rich("payments", "--json").json["payments"]
    assert (row["state"], row["order_id"], row["error"]) == ("paid", result["order_id"], None)
    assert len(row["client_token"]) == 64


def test_a_license_order_names_every_sdk(rich: Program) -> None:
    (result,) = renew(rich, ids=("vod-sdk-77",)).json["results"]
    assert result["sdks"] == ["Player SDK", "Short Video SDK"]
    assert rich.item("lic-kids")["ends_at"] == "2027-01-01T00:00:00+08:00"


@pytest.mark.parametrize(
    ("arguments", "outcome", "quoted"),
    [
        (("--max-amount", "179.99"), "blocked", "180.00"),
        (("--if-ends-within", "1d"), "not-due", None),
        (("--max-amount", "180.00", "--dry-run"), "dry-run", "180.00"),
    ],
)
def test_what_is_not_paid_names_the_sdks_and_the_price_that_was_quoted(
    rich: Program, arguments: tuple[str, ...], outcome: str, quoted: str | None
) -> None:
    (result,) = renew(rich, *arguments, ids=("vod-sdk-77",)).json["results"]
    assert result["outcome"] == outcome
    assert (result["quoted"], result["currency"]) == (quoted, quoted and "CNY")
    assert result["sdks"] == ["Player SDK", "Short Video SDK"]


def test_a_balance_that_is_too_low_is_told_with_the_price(rich: Program) -> None:
    (result,) = renew(rich, "--months", "36").json["results"]
    assert (result["exit"], result["quoted"], result["currency"]) == (12, "10800.00", "CNY")
    assert "CNY 824.10 short" in result["message"]


@pytest.mark.parametrize(
    ("how", "exit_code", "state"),
    [
        ("refuse", 10, "refused"),
        ("denied", 77, "refused"),
        ("timeout", 11, "unknown"),
        ("reset", 11, "unknown"),
        ("5xx", 11, "unknown"),
        ("throttle", 11, "unknown"),
    ],
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_failing_renewal(rich: Program, how: str, exit_code: int, state: str, when: str) -> None:
    rich("practice", "fail", "renew", "--how", how, "--when", when)
    assert renew(rich).exit == exit_code
    (row,) = rich("payments", "--json").json["payments"]
    assert row["state"] == state
    took = when == "after" and state == "unknown"
    ran = rich("payments", "reconcile", "--json")
    (row,) = ran.json["payments"]
    assert row["state"] == ("paid" if took else state)
    assert ran.exit == (11 if row["state"] == "unknown" else 0)
    charges = [each for each in rich.truth()["charges"] if each["what"] == "renewal"]
    assert len(charges) == took


def test_an_unknown_payment_blocks_the_next_until_it_is_settled(rich: Program) -> None:
    rich("practice", "fail", "renew")
    assert renew(rich).exit == 11
    assert renew(rich).exit == 12
    assert rich("payments", "reconcile", "--resend").exit == 0
    charges = [each for each in rich.truth()["charges"] if each["what"] == "renewal"]
    assert len(charges) == 1
    rich("sync")
    assert renew(rich).exit == 0


@pytest.mark.parametrize("operation", ["items", "quote", "balance", "orders"])
@pytest.mark.parametrize(("how", "exit_code"), [("timeout", 69), ("denied", 77)])
def test_a_look_that_fails_sends_nothing(rich, operation, how, exit_code) -> None:
    rich("practice", "fail", operation, "--how", how, "--times", "99")
    ran = renew(rich)
    assert ran.exit == exit_code
    assert ran.json["exit"] == exit_code
    assert rich("payments", "--json").json["payments"] == []


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("--read-only", "renew", FACTORY, "--months", "1", "--yes"), 12),
        (("--read-only", "practice", "refund", "20261122090000000001"), 12),
        (("renew", FACTORY, "--months", "1", "--yes", "--max-amount", "299.99"), 12),
        (("renew", FACTORY, "--months", "36", "--yes"), 12),
        (("renew", FACTORY, "--months", "10", "--yes"), 64),
        (("renew", FACTORY, "--months", "1"), 64),
        (("renew", "iot-nobody", "--months", "1", "--yes"), 64),
        (("renew", "plan-storage-1", "--months", "1", "--yes"), 12),
        (("renew", "iot-public-new-1", "--months", "1", "--yes"), 12),
        (("renew", "public-previous:ap-northeast-1", "--months", "1", "--yes"), 12),
        (("renew", "vod", "--months", "1", "--yes"), 12),
        (("renew", FACTORY, "--months", "1", "--yes", "--max-amount", "1e3"), 64),
        (("renew", FACTORY, "--months", "1", "--yes", "--if-ends-within", "soon"), 64),
    ],
)
def test_what_is_stopped_here_leaves_no_row(rich: Program, arguments, exit_code) -> None:
    ran = rich(*arguments)
    assert ran.exit == exit_code, ran.err
    assert rich("payments", "--json").json["payments"] == []
    assert [order for order in rich.truth()["orders"] if order["kind"] == "renewal"] == []


def test_the_missing_amount_is_named(example: Program) -> None:
    example("sync")
    ran = renew(example)
    assert ran.exit == 12
    (result,) = ran.json["results"]
    assert "324.10" in result["message"]
    assert "P-TOPUP" in result["message"]


def test_a_released_instance_is_refused_by_the_cloud(rich: Program) -> None:
    rich("practice", "clock", "--set", "2026-12-08T23:59:59+08:00")
    rich("sync")
    assert rich.item(FACTORY)["state"] == "stopped"
    rich("practice", "clock", "--advance", "1s")
    assert renew(rich).exit == 10
    rich("sync")
    assert rich.item(FACTORY)["state"] == "released"


def test_renewed_elsewhere_since(rich: Program, tmp_path) -> None:
    elsewhere = Program(tmp_path / "elsewhere")
    elsewhere.home.mkdir()
    (elsewhere.home / "practice.db").hardlink_to(rich.home / "practice.db")
    rich("practice", "clock")
    assert rich("renew", FACTORY, "--months", "1", "--yes").exit == 0
    rich("practice", "clock", "--advance", "1s")
    assert renew(rich).exit == 0


def test_two_ids_one_unknown_the_worst_exit_counts(rich: Program) -> None:
    ran = renew(rich, ids=(FACTORY, "iot-nobody"))
    assert ran.exit == 64
    assert [result["outcome"] for result in ran.json["results"]] == ["paid", "blocked"]


def test_the_same_id_twice_is_paid_once(rich: Program) -> None:
    ran = renew(rich, ids=(FACTORY, FACTORY))
    assert [result["outcome"] for result in ran.json["results"]] == ["paid", "blocked"]
    assert ran.exit == 12


@pytest.mark.parametrize(("within", "outcome"), [("1d15h", "paid"), ("1d14h59m59s", "not-due")])
def test_if_ends_within_counts_its_boundary(rich: Program, within: str, outcome: str) -> None:
    ran = renew(rich, "--if-ends-within", within)
    assert ran.exit == 0
    assert ran.json["results"][0]["outcome"] == outcome


def test_a_dry_run_changes_nothing(rich: Program) -> None:
    before = rich.truth()
    ran = rich("renew", FACTORY, "--months", "3", "--dry-run", "--json")
    assert (ran.exit, ran.json["results"][0]["outcome"]) == (0, "dry-run")
    assert ran.json["results"][0]["quoted"] == "900.00"
    assert rich.truth() == before


@pytest.mark.parametrize(
    ("how", "exit_code"), [("refuse", 10), ("denied", 77), ("timeout", 69), ("5xx", 69)]
)
def test_auto_renewal(rich: Program, how: str, exit_code: int) -> None:
    arguments = ("auto-renew", FACTORY, "--months", "3", "--yes", "--json")
    rich("practice", "fail", "auto-renew", "--how", how)
    assert rich(*arguments).exit == exit_code
    assert rich(*arguments).exit == 0
    assert rich.item(FACTORY)["auto_renewal"] == {"months": 3, "payable": True}
    assert rich("auto-renew", FACTORY, "--off", "--yes").exit == 0
    assert rich.item(FACTORY)["auto_renewal"] is None
    assert rich("auto-renew", FACTORY, "--months", "4", "--yes").exit == 64


def test_a_refused_license_renewal_leads_to_method_2_for_that_end_date(example: Program) -> None:
    scenario = example.truth()
    lic = {**scenario["licenses"][0], "renewal_error": "the order is damaged"}
    example.scenario(
        licenses=[lic],
        account={"site": "china", "currency": "CNY", "available": "9000.00", "credit": "0.00"},
    )
    example("sync")
    ran = renew(example, ids=("vod-sdk-77",))
    assert ran.exit == 10
    assert "the order is damaged" in ran.json["results"][0]["message"]
    item = example.item("lic-kids")
    assert (item["remedy"], item["clauses"]) == ("P-LIC-REPLACE", ["LIC-2", "LIC-6"])


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_same_command_after_11_is_12_and_pays_nothing_more(rich: Program, when: str) -> None:
    rich("practice", "fail", "renew", "--when", when)
    assert renew(rich).exit == 11
    rich("sync")
    again = renew(rich)
    assert again.exit == 12
    charges = [each for each in rich.truth()["charges"] if each["what"] == "renewal"]
    assert len(charges) == (when == "after")
    if when == "after":
        assert "24 Dec 2026 00:00 UTC+8" in again.json["results"][0]["message"]
        assert renew(rich).exit == 0


def test_a_walk_whose_goal_was_reached_elsewhere_is_ended_when_it_is_next_looked_at(
    rich: Program,
) -> None:
    guide = ("guide", "P-IOT-RENEW", FACTORY, "--json")
    begun = rich(*guide).json
    assert (begun["ended"], rich(*guide).json["walk"]) == (None, begun["walk"])
    assert renew(rich).exit == 0
    reached = rich(*guide).json
    assert (reached["walk"], reached["ended"]) == (begun["walk"], "done")
    assert "from 24 Nov 2026 00:00 UTC+8 to 24 Dec 2026 00:00 UTC+8" in reached["reason"]
    assert "Checked at 22 Nov 2026 09:00 UTC+8" in reached["reason"]
    anew = rich(*guide).json
    assert (anew["walk"] != begun["walk"], anew["ended"]) == (True, None)
    ran = rich("guide", "P-IOT-RENEW", FACTORY)
    assert renew(rich).exit == 0
    assert "It has ended" not in ran.out
    assert "It has ended: The end has moved" in rich("guide", "P-IOT-RENEW", FACTORY).out


def test_a_guide_goes_through_the_top_up_first_while_anything_is_owed(example: Program) -> None:
    lines = example("guide", "P-IOT-RENEW", FACTORY).out.splitlines()
    stops = [line for line in lines if line.startswith("[stop]")]
    assert len(stops) == 2
    assert all(line.endswith(" → P-TOPUP") for line in stops)
    checks = example("guide", "P-IOT-RENEW", FACTORY, "--json").json["checks"]
    assert {each["procedure"] for each in checks if each["outcome"] == "stop"} == {"P-TOPUP"}
    example("practice", "topup", "10000")
    example("sync")
    assert "P-TOPUP" not in example("guide", "P-IOT-RENEW", FACTORY).out


def test_a_payment_that_is_too_old_is_not_said_to_be_sendable(rich: Program) -> None:
    rich("practice", "fail", "renew")
    assert renew(rich).exit == 11
    rich("practice", "clock", "--advance", "23h59m59s")
    assert "--resend" in rich("payments", "reconcile").err
    assert "--resend" in renew(rich).json["results"][0]["message"]
    rich("practice", "clock", "--advance", "1s")
    ran = rich("payments", "reconcile")
    assert (ran.exit, "--resend" in ran.err) == (11, False)
    again = renew(rich)
    assert (again.exit, "--resend" in again.err) == (12, False)
    assert "under Orders" in again.err


def test_a_missing_price_is_not_within_a_limit(program: Program) -> None:
    config = program.home / "config.toml"
    document = json.loads(EXAMPLE.read_text())
    document["instances"][0]["monthly_price"] = None
    document["account"]["available"] = "9000.00"
    program.scenario(**document)
    assert "allow_unquoted" in renew(program, "--max-amount", "9").json["results"][0]["message"]
    config.write_text('[accounts.practice]\ncloud = "practice"\nallow_unquoted = true\n')
    [result] = renew(program, "--max-amount", "9").json["results"]
    assert (result["exit"], result["quoted"]) == (12, None)
    assert "cannot be compared with the limit of CNY 9.00" in result["message"]
