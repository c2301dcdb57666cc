"""A step filled in with the values of an item."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from store.models import Balance, EnterpriseInstance, License, PreviousPublicInstance, ResourcePlan
from store.orders import Quote
from store.times import BEIJING
from store.walkthroughs.procedures import catalogue, load
from store.walkthroughs.step import PLACEHOLDERS, Around, filled, missing_amount, values

NOW = datetime(2026, 11, 22, 9, tzinfo=BEIJING)
ENDS = datetime(2026, 11, 24, tzinfo=BEIJING)
BALANCE = Balance("CNY", Decimal("12.40"), Decimal(0), Decimal("36.50"), NOW)
FACTORY = EnterpriseInstance("iot-060a0bcd", "Factory floor", "cn-shanghai", ENDS)
KIDS = License(
    "lic-kids",
    "vod-sdk-77",
    "Kids app",
    "com.example.kids",
    ("Player SDK", "Short Video SDK"),
    ENDS,
)
PLAN = ResourcePlan(
    "p1", "Storage", "storage", Fraction(1024), Fraction(75, 2), "GB", None, NOW, ENDS
)


def when(moment: datetime) -> str:
    return f"{moment:%d %b}"


def test_an_enterprise_instance_is_filled_in_with_its_own_values() -> None:
    around = Around("factory", "china", BALANCE, released_at=ENDS + timedelta(days=15))
    step = filled(load("P-IOT-RENEW").step("find-instance"), values(FACTORY, around, when))
    assert "Factory floor, Instance ID iot-060a0bcd" in step.does
    assert "24 Nov" in step.does
    assert "09 Dec" in step.does
    assert step.carry == "iot-060a0bcd"


def test_price_and_balance_are_money_with_a_currency() -> None:
    quote = Quote(Decimal(3600), "CNY", None)
    around = Around("factory", "china", BALANCE, quote, months=12)
    step = filled(load("P-IOT-RENEW").step("renew"), values(FACTORY, around, when))
    assert "12 months: CNY 3,600.00" in step.does
    assert "CNY 12.40" in step.does


@pytest.mark.parametrize(("lang", "word"), [("en", "not known"), ("zh", "未知")])
def test_what_is_not_known_says_so_and_never_reads_as_nothing(lang: str, word: str) -> None:
    for procedure in catalogue(lang):
        for step in procedure.steps:
            told = filled(step, {}, lang)
            assert told.carry is None
            for text in (told.title, told.where, told.does, *told.notes):
                assert "{" not in text
                assert "None" not in text
    renew = filled(load("P-IOT-RENEW", lang).step("renew"), {}, lang)
    assert word in renew.does


@pytest.mark.parametrize(("lang", "word"), [("en", "empty"), ("zh", "为空")])
def test_an_empty_instance_id_reads_as_empty_and_carries_nothing(lang: str, word: str) -> None:
    license_ = License("l", "", "Kids app", "", ("Player SDK",), ENDS)
    step = filled(
        load("P-LIC-RENEW", lang).step("save-id"),
        values(license_, Around("a", "china"), when, lang),
        lang,
    )
    assert word in step.does
    assert step.carry is None


def test_an_unbound_license_has_no_application_yet() -> None:
    license_ = License("l", "id", "", "", ("Player SDK",), ENDS)
    step = filled(load("P-LIC-REPLACE").step("bind"), values(license_, Around("a", "china"), when))
    assert "no application yet" in step.does


def test_the_whole_order_is_named() -> None:
    step = filled(load("P-LIC-RENEW").step("save-id"), values(KIDS, Around("a", "china"), when))
    assert "Player SDK, Short Video SDK" in step.does
    assert step.carry == "vod-sdk-77"


def test_the_site_chooses_the_page_and_is_named() -> None:
    step = load("P-TOPUP").step("top-up")
    assert ".aliyun.com" in filled(step, {"site": "china"}).page
    assert ".alibabacloud.com" in filled(step, {"site": "international"}).page
    console = load("P-TOPUP").step("open-console")
    assert "international site" in filled(console, {"site": "international"}).does
    assert "国际站" in filled(load("P-TOPUP", "zh").steps[0], {"site": "international"}, "zh").does


def test_values_are_not_read_as_placeholders_again() -> None:
    odd = EnterpriseInstance("i", "{price} {0} [b]{", "cn-shanghai", ENDS)
    told = values(odd, Around("a", "china"), when)
    step = filled(load("P-IOT-RENEW").step("find-instance"), told)
    assert "{price} {0} [b]{" in step.does


def test_what_remains_of_a_plan_is_rounded_down() -> None:
    told = values(PLAN, Around("a", "china"), when)
    assert (told["remaining"], told["total"], told["unit"]) == ("37.5", "1024", "GB")
    nearly = ResourcePlan(
        "p", "s", "storage", Fraction(10), Fraction(2999, 1000), "GB", None, NOW, ENDS
    )
    assert values(nearly, Around("a", "china"), when)["remaining"] == "2.99"


def test_a_previous_instance_tells_its_own_overdue_instant() -> None:
    item = PreviousPublicInstance("public-previous:ap", "", "Public instance", "ap", ENDS)
    told = values(item, Around("a", "china", BALANCE, stops_at=ENDS + timedelta(days=1)), when)
    assert told["overdue_since"] == "24 Nov"
    step = filled(load("P-IOT-SETTLE").steps[0], told)
    assert "25 Nov" in step.does


def test_the_account_itself_has_no_item_values() -> None:
    told = values(None, Around("a", "china", BALANCE), when)
    assert set(told) <= set(PLACEHOLDERS)
    assert "name" not in told


@pytest.mark.parametrize(
    ("available", "owed", "price", "missing"),
    [
        ("12.40", "36.50", None, "24.10"),
        ("100.00", "0.00", "100.00", "0"),
        ("99.99", "0.00", "100.00", "0.01"),
        ("50.00", "30.00", "40.00", "20.00"),
    ],
)
def test_what_is_missing_covers_what_is_owed_and_the_price(
    available: str, owed: str, price: str | None, missing: str
) -> None:
    balance = Balance("CNY", Decimal(available), Decimal(0), Decimal(owed), None)
    quote = None if price is None else Quote(Decimal(price), "CNY", None)
    assert missing_amount(balance, quote) == Decimal(missing)


def test_what_is_missing_is_not_known_without_a_price_or_in_another_currency() -> None:
    assert missing_amount(BALANCE, Quote(None, "CNY", None)) is None
    assert missing_amount(BALANCE, Quote(Decimal(1), "USD", None)) is None
