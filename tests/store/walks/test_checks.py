"""What is looked at before the first step, on both sides of each boundary."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from store.models import Balance, EnterpriseInstance, Item, License, Vod
from store.orders import Quote
from store.times import BEIJING
from store.walkthroughs.checks import Check, CheckFacts, Outcome, run_checks

NOW = datetime(2026, 11, 22, 9, tzinfo=BEIJING)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
FACTORY = EnterpriseInstance("iot-1", "Factory floor", "cn-shanghai", NOW + 30 * DAY)
KIDS = License("lic-1", "order-1", "Kids app", "com.kids", ("Player SDK",), NOW + 30 * DAY)
RICH = Balance("CNY", Decimal(10000), Decimal(0), Decimal(0), None)
PRICE = Quote(Decimal(3600), "CNY", None)
FINE = CheckFacts(
    now=NOW,
    balance=RICH,
    quote=PRICE,
    open_payment=False,
    refused=None,
    released_at=NOW + 45 * DAY,
)


def checked(procedure: str, item: Item, around: CheckFacts = FINE) -> dict[str, Check]:
    return {check.id: check for check in run_checks(procedure, item, around)}


@pytest.mark.parametrize(("procedure", "item"), [("P-IOT-RENEW", FACTORY), ("P-LIC-RENEW", KIDS)])
def test_all_checks_pass_for_an_item_in_order(procedure: str, item: Item) -> None:
    looked_at = checked(procedure, item)
    assert {check.outcome for check in looked_at.values()} == {Outcome.OK}
    assert {"refused", "owed", "balance", "payment", "time"} < set(looked_at)
    assert all(check.sentence and check.procedure is None for check in looked_at.values())


@pytest.mark.parametrize(
    ("available", "outcome"),
    [("3600.00", Outcome.OK), ("3600.01", Outcome.OK), ("3599.99", Outcome.STOP)],
)
def test_the_balance_covers_the_price_to_the_cent(available: str, outcome: Outcome) -> None:
    around = replace(FINE, balance=replace(RICH, available=Decimal(available)))
    check = checked("P-IOT-RENEW", FACTORY, around)["balance"]
    assert check.outcome is outcome
    assert check.procedure == (None if outcome is Outcome.OK else "P-TOPUP")
    assert ("You are CNY 0.01 short" in check.sentence) is (outcome is Outcome.STOP)


def test_what_is_owed_is_missing_too() -> None:
    balance = replace(RICH, available=Decimal("12.40"), owed=Decimal("36.50"))
    check = checked("P-IOT-RENEW", FACTORY, replace(FINE, balance=balance))["balance"]
    assert check.outcome is Outcome.STOP
    assert "You are CNY 3,624.10 short" in check.sentence
    assert "CNY 36.50 is owed" in check.sentence


@pytest.mark.parametrize(
    ("balance", "quote"),
    [
        (None, PRICE),
        (RICH, None),
        (RICH, Quote(None, "CNY", None)),
        (RICH, Quote(Decimal(1), "USD", None)),
    ],
)
def test_what_is_not_known_is_never_taken_for_enough(
    balance: Balance | None, quote: Quote | None
) -> None:
    around = replace(FINE, balance=balance, quote=quote)
    assert checked("P-IOT-RENEW", FACTORY, around)["balance"].outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "procedure", ["P-IOT-RENEW", "P-LIC-RENEW", "P-LIC-REPLACE", "P-PLAN-BUY", "P-IOT-UPGRADE"]
)
def test_while_anything_is_owed_the_top_up_comes_first(procedure: str) -> None:
    item: Item = FACTORY if procedure == "P-IOT-RENEW" else KIDS
    around = replace(FINE, balance=replace(RICH, owed=Decimal("0.01"), overdue_since=NOW))
    check = checked(procedure, item, around)["owed"]
    assert (check.outcome, check.procedure) == (Outcome.STOP, "P-TOPUP")
    unknown = checked(procedure, item, replace(FINE, balance=None))["owed"]
    assert unknown.outcome is Outcome.UNKNOWN


def test_a_payment_under_way_stops() -> None:
    check = checked("P-IOT-RENEW", FACTORY, replace(FINE, open_payment=True))["payment"]
    assert check.outcome is Outcome.STOP
    assert "twice" in check.sentence


@pytest.mark.parametrize(
    ("left", "outcome"),
    [
        (DAY + SECOND, Outcome.OK),
        (DAY, Outcome.WARN),
        (SECOND, Outcome.WARN),
        (timedelta(0), Outcome.WARN),
    ],
)
def test_auto_renewal_does_not_save_what_ends_within_a_day(
    left: timedelta, outcome: Outcome
) -> None:
    check = checked("P-LIC-RENEW", replace(KIDS, ends_at=NOW + left))["time"]
    assert check.outcome is outcome
    assert ("ended on" in check.sentence) is (left == timedelta(0))


def test_an_empty_instance_id_sends_to_method_2() -> None:
    check = checked("P-LIC-RENEW", replace(KIDS, instance_id=""))["instance-id"]
    assert (check.outcome, check.procedure) == (Outcome.STOP, "P-LIC-REPLACE")
    assert "instance-id" not in checked("P-LIC-REPLACE", replace(KIDS, instance_id=""))


def test_a_license_whose_renewal_was_refused_goes_to_method_2_with_the_clouds_words() -> None:
    words = "ResourceStatusError: {no} [b]"
    check = checked("P-LIC-RENEW", KIDS, replace(FINE, refused=words))["refused"]
    assert (check.outcome, check.procedure) == (Outcome.STOP, "P-LIC-REPLACE")
    assert words in check.sentence
    tried = checked("P-LIC-RENEW", replace(KIDS, renewal_refused=True))["refused"]
    assert (tried.outcome, tried.procedure) == (Outcome.STOP, "P-LIC-REPLACE")
    assert "unknown" in tried.sentence


def test_an_instance_whose_renewal_was_refused_may_be_tried_again_or_needs_a_ticket() -> None:
    check = checked("P-IOT-RENEW", FACTORY, replace(FINE, refused="busy"))["refused"]
    assert (check.outcome, check.procedure) == (Outcome.WARN, "P-TICKET")


def test_a_released_instance_fails_that_check_alone() -> None:
    gone = checked("P-IOT-RENEW", FACTORY, replace(FINE, released_at=NOW))
    assert {name: check.outcome for name, check in gone.items()} == {"released": Outcome.STOP}
    assert gone["released"].procedure is None
    alive = checked("P-IOT-RENEW", FACTORY, replace(FINE, released_at=NOW + SECOND))
    assert alive["released"].outcome is Outcome.OK
    unknown = checked("P-IOT-RENEW", FACTORY, replace(FINE, released_at=None))
    assert unknown["released"].outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("procedure", ["P-TOPUP", "P-IOT-SETTLE", "P-TICKET"])
def test_what_pays_for_nothing_has_nothing_to_check(procedure: str) -> None:
    assert checked(procedure, Vod()) == {}


def test_a_card_that_is_charged_at_purchase_needs_no_balance() -> None:
    poor = replace(RICH, available=Decimal(0))
    around = replace(FINE, balance=poor, charged_to="card")
    assert checked("P-IOT-RENEW", FACTORY, around)["balance"].outcome is Outcome.OK
    balance = replace(FINE, balance=poor)
    assert checked("P-IOT-RENEW", FACTORY, balance)["balance"].outcome is Outcome.STOP


def test_where_nothing_is_left_to_pay_no_money_is_checked() -> None:
    around = replace(FINE, balance=replace(RICH, owed=Decimal(1)), pays=False)
    assert not {"owed", "balance", "payment"} & set(checked("P-LIC-REPLACE", KIDS, around))
