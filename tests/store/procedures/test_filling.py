"""A step filled in with the values of an item."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from store.items.top_up_need import Need, Purpose, for_debt, for_payment
from store.models import Balance, EnterpriseInstance, License, PreviousPublicInstance, ResourcePlan
from store.orders import Quote
from store.times import BEIJING
from store.walkthroughs.procedures import all_procedures, load_procedure
from store.walkthroughs.step import PLACEHOLDERS, FilledStep, StepFacts, fill_step, step_values
from tui.text import use_language

NOW = datetime(2026, 11, 22, 9, tzinfo=BEIJING)
ENDS = datetime(2026, 11, 24, tzinfo=BEIJING)
BALANCE = Balance("CNY", Decimal("12.40"), Decimal(0), Decimal("36.50"), NOW)
ENOUGH = Balance("CNY", Decimal(100), Decimal(0), Decimal(0), None)
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


@pytest.fixture
def _in_english_again() -> Iterator[None]:
    yield
    use_language("en")


def test_an_enterprise_instance_is_filled_in_with_its_values() -> None:
    facts = StepFacts("factory", "china", BALANCE, released_at=ENDS + timedelta(days=15))
    step = fill_step(load_procedure("P-IOT-RENEW").step("renew"), step_values(FACTORY, facts))
    assert "Renew Factory floor" in step.does
    assert "24 Nov 2026 00:00 UTC+8" in step.does
    assert "9 Dec 2026 00:00 UTC+8" in step.does
    assert step.carry == "iot-060a0bcd"


def test_price_and_balance_are_money_with_a_currency() -> None:
    quote = Quote(Decimal(3600), "CNY", None)
    facts = StepFacts("factory", "china", BALANCE, quote, months=12)
    step = fill_step(load_procedure("P-IOT-RENEW").step("renew"), step_values(FACTORY, facts))
    assert "12 months: CNY 3,600.00" in step.does
    assert "CNY 12.40" in step.does


@pytest.mark.usefixtures("_in_english_again")
@pytest.mark.parametrize(("lang", "word"), [("en", "unknown"), ("zh", "未知")])
def test_an_unknown_value_is_called_unknown_and_never_left_empty(lang: str, word: str) -> None:
    use_language(lang)
    for procedure in all_procedures():
        for step in procedure.steps:
            whole = fill_step(step, {})
            assert whole.carry is None
            for text in (
                whole.title,
                whole.where,
                whole.does,
                *(note.text for note in whole.notes),
            ):
                assert "{" not in text
                assert "None" not in text
    renew = fill_step(load_procedure("P-IOT-RENEW").step("renew"), {})
    assert word in renew.does


@pytest.mark.usefixtures("_in_english_again")
@pytest.mark.parametrize(("lang", "word"), [("en", "empty"), ("zh", "空")])
def test_an_empty_instance_id_reads_as_empty_and_carries_nothing(lang: str, word: str) -> None:
    use_language(lang)
    license_ = License("l", "", "Kids app", "", ("Player SDK",), ENDS)
    step = fill_step(
        load_procedure("P-LIC-RENEW").step("save-id"),
        step_values(license_, StepFacts("a", "china")),
    )
    assert word in step.does
    assert step.carry is None


def test_an_unbound_license_has_no_application_yet() -> None:
    license_ = License("l", "id", "", "", ("Player SDK",), ENDS)
    step = fill_step(
        load_procedure("P-LIC-REPLACE").step("bind"), step_values(license_, StepFacts("a", "china"))
    )
    assert "an application of your choice" in step.does


def test_the_whole_order_is_named() -> None:
    step = fill_step(
        load_procedure("P-LIC-RENEW").step("save-id"), step_values(KIDS, StepFacts("a", "china"))
    )
    assert "Player SDK, Short Video SDK" in step.does
    assert step.carry == "vod-sdk-77"


@pytest.mark.usefixtures("_in_english_again")
def test_the_site_chooses_the_page_and_is_named() -> None:
    step = load_procedure("P-TOPUP").step("top-up")
    assert ".aliyun.com" in fill_step(step, {"site": "china"}).page
    assert ".alibabacloud.com" in fill_step(step, {"site": "international"}).page
    console = load_procedure("P-TOPUP").step("open-console")
    assert "international site" in fill_step(console, {"site": "international"}).does
    use_language("zh")
    use_language("zh")
    assert "国际站" in fill_step(load_procedure("P-TOPUP").steps[0], {"site": "international"}).does


def test_the_site_chooses_the_text_about_a_bank_transfer() -> None:
    step = load_procedure("P-TOPUP").step("top-up")
    china = " ".join(note.text for note in fill_step(step, {"site": "china"}).notes)
    abroad = " ".join(note.text for note in fill_step(step, {"site": "international"}).notes)
    assert "3 to 5 days" in china
    assert "2 to 4 days" not in china
    assert "2 to 4 days" in abroad
    assert "3 to 5 days" not in abroad


@pytest.mark.parametrize(("months", "is_told"), [("11", False), ("12", True), ("24", True)])
def test_a_long_term_warns_that_the_product_is_called_deprecated(
    months: str, *, is_told: bool
) -> None:
    step = fill_step(
        load_procedure("P-IOT-RENEW").step("renew"), {"site": "china", "months": months}
    )
    assert any("Deprecated" in note.text for note in step.notes) is is_told


def test_values_are_not_read_as_placeholders_again() -> None:
    odd = EnterpriseInstance("i", "{price} {0} [b]{", "cn-shanghai", ENDS)
    filling = step_values(odd, StepFacts("a", "china"))
    step = fill_step(load_procedure("P-IOT-RENEW").step("find-instance"), filling)
    assert "{price} {0} [b]{" in step.does


def test_what_remains_of_a_plan_is_rounded_down() -> None:
    filling = step_values(PLAN, StepFacts("a", "china"))
    assert (filling["remaining"], filling["total"], filling["unit"]) == ("37.5", "1024", "GB")
    nearly = ResourcePlan(
        "p", "s", "storage", Fraction(10), Fraction(2999, 1000), "GB", None, NOW, ENDS
    )
    assert step_values(nearly, StepFacts("a", "china"))["remaining"] == "2.99"


def test_an_item_without_a_name_is_called_by_its_id() -> None:
    item = PreviousPublicInstance("public-previous:ap", "", "", "ap", None)
    facts = StepFacts("a", "china", BALANCE, is_overdue=True)
    step = fill_step(load_procedure("P-IOT-SETTLE").step("top-up"), step_values(item, facts))
    assert "public-previous:ap in ap is overdue" in step.does


@pytest.mark.parametrize(
    ("since", "is_overdue", "words"),
    [
        (ENDS, True, "overdue since 24 Nov 2026 00:00 UTC+8, and stops at 25 Nov 2026 00:00 UTC+8"),
        (None, True, "since an unknown time: it stops within 24 hours"),
        (None, False, "not overdue"),
    ],
)
def test_a_previous_instance_shows_since_when_it_is_overdue(
    since: datetime | None, words: str, *, is_overdue: bool
) -> None:
    item = PreviousPublicInstance("public-previous:ap", "", "Public instance", "ap", since)
    facts = StepFacts("a", "china", BALANCE, is_overdue=is_overdue)
    step = fill_step(load_procedure("P-IOT-SETTLE").step("top-up"), step_values(item, facts))
    assert words in step.does


def test_the_account_itself_has_no_item_values() -> None:
    filling = step_values(None, StepFacts("a", "china", BALANCE))
    assert set(filling) <= set(PLACEHOLDERS)
    assert "name" not in filling


def top_up_step(need: Need) -> FilledStep:
    facts = StepFacts("a", "china", need.balance, need=need)
    return fill_step(load_procedure("P-TOPUP").step("top-up"), step_values(None, facts))


@pytest.mark.parametrize(
    ("need", "words", "carry"),
    [
        (for_debt(BALANCE), "CNY 24.10 is missing for what is owed.", "CNY 24.10"),
        (
            for_payment(BALANCE, Quote(Decimal(300), "CNY", None)),
            "CNY 324.10 is missing for this payment.",
            "CNY 324.10",
        ),
        (
            Need(Purpose.FORECAST, BALANCE, Decimal(300), 30),
            "CNY 324.10 is missing for the next 30 days.",
            "CNY 324.10",
        ),
        (
            Need(Purpose.FORECAST, ENOUGH, Decimal(100), 30),
            "nothing is missing for the next 30 days; top up only if you want to.",
            None,
        ),
        (
            for_payment(BALANCE, Quote(None, "CNY", None)),
            "it is unknown how much is missing for this payment.",
            None,
        ),
    ],
)
def test_a_top_up_says_what_is_missing_and_for_what(
    need: Need, words: str, carry: str | None
) -> None:
    step = top_up_step(need)
    assert step.does.endswith(words)
    assert step.carry == carry


@pytest.mark.parametrize(
    ("available", "owed", "price", "missing"),
    [
        ("12.40", "36.50", "0", "24.10"),
        ("100.00", "0.00", "100.00", "0"),
        ("99.99", "0.00", "100.00", "0.01"),
        ("50.00", "30.00", "40.00", "20.00"),
    ],
)
def test_what_is_missing_covers_what_is_owed_and_the_price(
    available: str, owed: str, price: str, missing: str
) -> None:
    balance = Balance("CNY", Decimal(available), Decimal(0), Decimal(owed), None)
    assert for_payment(balance, Quote(Decimal(price), "CNY", None)).missing == Decimal(missing)


def test_what_is_missing_is_not_known_without_a_price_or_in_another_currency() -> None:
    assert for_payment(BALANCE, Quote(None, "CNY", None)).missing is None
    assert for_payment(BALANCE, Quote(Decimal(1), "USD", None)).missing is None
