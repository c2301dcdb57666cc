"""What the cloud has to show before a walk counts as done, on both sides of each boundary."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from store.models import (
    Balance,
    EnterpriseInstance,
    Item,
    License,
    NewPublicInstance,
    PreviousPublicInstance,
    ResourcePlan,
)
from store.times import BEIJING, json_time
from store.walkthroughs.procedures import PROCEDURE_IDS, procedures_of_kind
from store.walkthroughs.proof import prove_goal, submitted_proof
from store.walkthroughs.snapshot import snapshot

START = datetime(2026, 11, 22, 9, tzinfo=BEIJING)
NOW = START + timedelta(hours=1)
ENDS = datetime(2026, 12, 1, tzinfo=BEIJING)
SECOND = timedelta(seconds=1)
YEAR = timedelta(days=365)

FACTORY = EnterpriseInstance("iot-1", "Factory floor", "cn-shanghai", ENDS)
KIDS = License("lic-1", "order-1", "Kids app", "com.kids", ("Player SDK", "Short Video SDK"), ENDS)
PLAN = ResourcePlan(
    "plan-1", "Storage", "storage", Fraction(10), Fraction(1), "GB", None, START - YEAR, ENDS
)
PUBLIC = PreviousPublicInstance("public-previous:ap", "", "Public instance", "ap", START)
TRIAL = NewPublicInstance("iot-new", "Trial bench", "cn-shanghai")


def money(available: str, owed: str = "0", currency: str = "CNY") -> Balance:
    return Balance(currency, Decimal(available), Decimal(0), Decimal(owed), None)


def shown(
    procedure: str,
    before: Item,
    after: Item,
    *,
    at_first: tuple[Item, ...] = (),
    now_listed: tuple[Item, ...] = (),
    listed: bool = True,
) -> bool:
    then = kept(snapshot(before, START, items=(before, *at_first)))
    now = snapshot(after, NOW, items=(after, *now_listed), listed=listed)
    return prove_goal(procedure, then, now).is_shown


def kept(taken: dict[str, Any]) -> dict[str, Any]:
    """The snapshot as it comes back out of the database."""
    again: dict[str, Any] = json.loads(json.dumps(taken))
    assert again == taken
    return again


@pytest.mark.parametrize(
    ("moved", "is_shown"), [(-SECOND, False), (timedelta(0), False), (SECOND, True), (YEAR, True)]
)
def test_a_renewed_instance_ends_later(moved: timedelta, *, is_shown: bool) -> None:
    after = replace(FACTORY, ends_at=ENDS + moved)
    assert shown("P-IOT-RENEW", FACTORY, after) is is_shown


def test_what_the_cloud_does_not_list_any_more_proves_no_renewal() -> None:
    assert not shown("P-IOT-RENEW", FACTORY, replace(FACTORY, ends_at=ENDS + YEAR), listed=False)


def test_a_renewal_is_shown_when_the_whole_order_ends_later() -> None:
    sister = replace(KIDS, id="lic-2", application="Other app", sdks=("Queen SDK",))
    renewed = replace(KIDS, ends_at=ENDS + YEAR)
    whole = (replace(sister, ends_at=ENDS + YEAR),)
    assert shown("P-LIC-RENEW", KIDS, renewed, at_first=(sister,), now_listed=whole)
    assert not shown("P-LIC-RENEW", KIDS, renewed, at_first=(sister,), now_listed=(sister,))
    assert not shown("P-LIC-RENEW", KIDS, KIDS, at_first=(sister,), now_listed=whole)


def test_a_part_of_an_order_that_lags_behind_is_named() -> None:
    sister = replace(KIDS, id="lic-2", sdks=("Queen SDK",))
    now = snapshot(replace(KIDS, ends_at=ENDS + YEAR), NOW, items=(sister,))
    result = prove_goal("P-LIC-RENEW", snapshot(KIDS, START), now)
    assert "Queen SDK" in result.sentence


@pytest.mark.parametrize(
    ("changes", "is_shown"),
    [
        ({}, True),
        ({"ends_at": ENDS + SECOND}, True),
        ({"ends_at": ENDS}, False),
        ({"application": ""}, False),
        ({"application": "Kids app 2"}, False),
        ({"sdks": ("Player SDK",)}, False),
        ({"sdks": ("Player SDK", "Queen SDK", "Short Video SDK")}, True),
    ],
)
def test_a_new_license_covers_when_it_is_bound_holds_every_sdk_and_ends_later(
    changes: dict[str, Any], *, is_shown: bool
) -> None:
    new = replace(replace(KIDS, id="lic-9", instance_id="order-9", ends_at=ENDS + YEAR), **changes)
    assert shown("P-LIC-REPLACE", KIDS, KIDS, now_listed=(new,)) is is_shown


def test_two_licenses_that_hold_one_sdk_each_do_not_replace_one_that_holds_both() -> None:
    halves = tuple(
        replace(KIDS, id=f"half-{sdk}", sdks=(sdk,), ends_at=ENDS + YEAR) for sdk in KIDS.sdks
    )
    assert not shown("P-LIC-REPLACE", KIDS, KIDS, now_listed=halves)


def test_a_license_that_has_expired_since_covers_nothing() -> None:
    old = replace(KIDS, ends_at=START - YEAR)
    for ends_at, is_shown in ((NOW, False), (NOW + SECOND, True)):
        new = replace(old, id="lic-9", ends_at=ends_at)
        assert shown("P-LIC-REPLACE", old, old, now_listed=(new,)) is is_shown


def test_an_unbound_license_is_done_once_it_is_bound() -> None:
    unbound = replace(KIDS, application="")
    assert not shown("P-LIC-REPLACE", unbound, unbound)
    assert shown("P-LIC-REPLACE", unbound, KIDS)
    gone = replace(KIDS, ends_at=NOW)
    assert not shown("P-LIC-REPLACE", unbound, gone)


@pytest.mark.parametrize(
    ("changes", "is_shown"),
    [
        ({"effective_at": NOW}, True),
        ({"effective_at": NOW + SECOND}, False),
        ({"effective_at": START, "remaining": Fraction(0)}, False),
        ({"effective_at": START, "ends_at": NOW}, False),
        ({"effective_at": START, "ends_at": NOW + SECOND}, True),
        ({"effective_at": START, "type": "traffic"}, False),
        ({"effective_at": START, "id": "plan-1"}, False),
    ],
)
def test_a_plan_is_followed_up_when_a_new_one_of_its_type_is_in_effect(
    changes: dict[str, Any], *, is_shown: bool
) -> None:
    new = replace(replace(PLAN, id="plan-9", ends_at=ENDS + YEAR), **changes)
    assert shown("P-PLAN-BUY", PLAN, PLAN, now_listed=(new,)) is is_shown


def test_a_plan_that_was_there_at_the_beginning_is_no_proof() -> None:
    waiting = replace(PLAN, id="plan-2", effective_at=START + SECOND, ends_at=ENDS + YEAR)
    assert not shown("P-PLAN-BUY", PLAN, PLAN, at_first=(waiting,), now_listed=(waiting,))


def test_a_plan_that_is_taking_effect_says_when() -> None:
    new = replace(PLAN, id="plan-9", effective_at=NOW + SECOND, ends_at=ENDS + YEAR)
    result = prove_goal("P-PLAN-BUY", snapshot(PLAN, START), snapshot(PLAN, NOW, items=(PLAN, new)))
    assert "plan-9" in result.sentence
    assert "22 Nov 2026 10:00:01" in result.sentence


@pytest.mark.parametrize(
    ("then", "later", "is_shown"),
    [
        (money("12.40", "36.50"), money("5.90"), True),
        (money("12.40", "36.50"), money("12.40", "36.50"), False),
        (money("12.40", "36.50"), money("1000", "0.01"), False),
        (money("100"), money("100"), False),
        (money("100"), money("100.01"), True),
        (money("100"), money("99.99"), False),
        (money("100"), money("200", currency="USD"), False),
        (None, money("200"), False),
        (money("100"), None, False),
    ],
)
def test_a_top_up_is_shown_when_nothing_is_owed_and_the_balance_has_risen(
    then: Balance | None, later: Balance | None, *, is_shown: bool
) -> None:
    before = kept(snapshot(None, START, balance=then))
    assert prove_goal("P-TOPUP", before, snapshot(None, NOW, balance=later)).is_shown is is_shown


@pytest.mark.parametrize(
    ("owed_then", "owed_now", "is_shown"),
    [("36.50", "0", True), ("36.50", "0.01", False), ("0", "0", False)],
)
def test_a_card_leaves_no_trace_in_the_balance_but_what_was_owed_is_paid(
    owed_then: str, owed_now: str, *, is_shown: bool
) -> None:
    card = {"charged_to": "card"}
    before = kept(snapshot(None, START, balance=money("0", owed_then)) | card)
    after = snapshot(None, NOW, balance=money("0", owed_now)) | card
    assert prove_goal("P-TOPUP", before, after).is_shown is is_shown


@pytest.mark.parametrize(
    ("overdue_since", "restored_at", "is_shown"),
    [
        (START, None, False),
        (None, None, True),
        (None, NOW, True),
        (None, NOW + SECOND, False),
    ],
)
def test_a_settled_instance_runs_and_is_not_being_restored(
    overdue_since: datetime | None, restored_at: datetime | None, *, is_shown: bool
) -> None:
    after = replace(PUBLIC, overdue_since=overdue_since, restored_at=restored_at)
    assert shown("P-IOT-SETTLE", PUBLIC, after) is is_shown


def test_an_instance_that_owed_nothing_cannot_be_settled() -> None:
    fine = replace(PUBLIC, overdue_since=None)
    result = prove_goal("P-IOT-SETTLE", snapshot(fine, START), snapshot(fine, NOW))
    assert not result.is_shown
    assert "close" in result.sentence


def test_an_upgrade_is_shown_by_an_enterprise_instance_of_the_same_id() -> None:
    upgraded = EnterpriseInstance(TRIAL.id, TRIAL.name, TRIAL.region, ENDS)
    assert shown("P-IOT-UPGRADE", TRIAL, upgraded)
    assert not shown("P-IOT-UPGRADE", TRIAL, TRIAL)
    assert not shown("P-IOT-UPGRADE", upgraded, upgraded)
    assert not shown("P-IOT-UPGRADE", TRIAL, replace(upgraded, ends_at=NOW))
    assert not shown("P-IOT-UPGRADE", TRIAL, upgraded, listed=False)


def test_what_is_not_visible_yet_shows_since_when_it_is_looked_for() -> None:
    result = prove_goal("P-IOT-RENEW", snapshot(FACTORY, START), snapshot(FACTORY, NOW))
    assert not result.is_shown
    assert result.since == START
    assert "22 Nov 2026 09:00 UTC+8" in result.sentence
    assert "+08:00" not in result.sentence


@pytest.mark.parametrize(
    ("kind", "ends_at", "is_shown"),
    [
        ("iot-enterprise", NOW + SECOND, True),
        ("iot-enterprise", NOW, False),
        ("other", NOW + SECOND, False),
    ],
)
def test_a_separate_enterprise_instance_replaces_the_upgrade(
    kind: str, ends_at: datetime, *, is_shown: bool
) -> None:
    separate = {"id": "iot-9", "kind": kind, "ends_at": json_time(ends_at)}
    result = prove_goal(
        "P-IOT-UPGRADE", snapshot(TRIAL, START), snapshot(TRIAL, NOW) | {"separate": separate}
    )
    assert result.is_shown is is_shown
    assert "iot-9" in result.sentence


@pytest.mark.parametrize("procedure", PROCEDURE_IDS)
def test_nothing_is_shown_without_the_state_at_the_beginning(procedure: str) -> None:
    assert not prove_goal(procedure, None, snapshot(FACTORY, NOW)).is_shown


@pytest.mark.parametrize(
    ("procedure", "item"),
    [
        (procedure.id, item)
        for item in (FACTORY, KIDS, replace(KIDS, application=""), PLAN, PUBLIC, TRIAL)
        for procedure in procedures_of_kind(item.kind)
    ],
)
def test_an_item_that_is_not_known_any_more_proves_nothing(procedure: str, item: Item) -> None:
    gone = snapshot(None, NOW, listed=False) | {"id": item.id}
    assert not prove_goal(procedure, snapshot(item, START), gone).is_shown


def test_a_proof_keeps_before_and_after() -> None:
    before, now = snapshot(FACTORY, START), snapshot(replace(FACTORY, ends_at=ENDS + YEAR), NOW)
    result = prove_goal("P-IOT-RENEW", before, now)
    assert (result.before, result.after, result.item_id) == (before, now, "iot-1")


def test_only_the_person_can_say_that_a_ticket_was_submitted() -> None:
    assert not prove_goal("P-TICKET", snapshot(KIDS, START), snapshot(KIDS, NOW)).is_shown
    assert submitted_proof("lic-1").is_shown
    assert "T-2026 {x}" in submitted_proof("lic-1", " T-2026 {x} ").sentence


def test_a_snapshot_keeps_only_what_bears_on_the_item() -> None:
    crowd: list[Item] = [
        EnterpriseInstance(f"iot-{number}", "x", "cn-shanghai", ENDS) for number in range(100)
    ]
    crowd += [replace(PLAN, id="other", type="traffic"), replace(KIDS, id="far", application="Far")]
    crowd[-1] = replace(KIDS, id="far", application="Far", instance_id="far")
    assert snapshot(KIDS, START, items=[*crowd, KIDS])["bound"] == [
        {
            "id": "lic-1",
            "instance_id": "order-1",
            "application": "Kids app",
            "sdks": ["Player SDK", "Short Video SDK"],
            "ends_at": "2026-12-01T00:00:00+08:00",
        }
    ]
    assert len(snapshot(PLAN, START, items=[*crowd, PLAN])["plans"]) == 1
    assert "plans" not in snapshot(FACTORY, START, items=crowd)
