"""Items as rows, and back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from store.items.renewal_dues import LARGEST_DUE, due_cents
from store.items.rows import COLUMNS, from_row, search_text, to_row
from store.models import DataError, Details, Item, OtherItem
from tests.store.items import NOW, a_license, enterprise, new_public, plan, previous_public

DETAILS = Details(ends_on_purpose=True, errors=(DataError("ends_at", "17", "a time", None),))
EACH: tuple[Item, ...] = (
    enterprise(id="iot-1", auto_renewal_months=1),
    enterprise(id="iot-2", auto_renewal_months=None),
    enterprise(id="iot-3", auto_renewal_months=3, monthly_price=None),
    enterprise(id="iot-4", auto_renewal_months=None, monthly_price=None),
    previous_public(overdue_since=NOW, restored_at=NOW + timedelta(minutes=30)),
    previous_public(id="public-2", instance_id="public-2"),
    new_public(),
    a_license(auto_renewal_months=12, renewal_refused=True),
    a_license(id="lic-2", instance_id="", monthly_price=None),
    plan(payg_price=Decimal("0.12")),
    plan(id="plan-2", price=None, months=None, used_per_day=None),
    enterprise(id="iot-5", monthly_price=None, details=DETAILS),
    previous_public(id="public-3", instance_id="public-3", details=DETAILS),
    a_license(id="lic-3", details=DETAILS),
    OtherItem("x-3", "Something", "eu-central-1", None, DETAILS),
    OtherItem("x-1", "Something", "eu-central-1", NOW),
    OtherItem("x-2", "", "", None),
)
BESIDE = {"console_ends_at": None, "console_against": None}


def test_each_item_comes_back_from_its_row() -> None:
    rows = [dict(zip(COLUMNS, to_row(item), strict=True)) for item in EACH]
    assert [from_row({**row, **BESIDE}) for row in rows] == list(EACH)


def test_words_are_looked_for_without_regard_to_case_width_and_composition() -> None:
    item = enterprise(id="IOT-1", name="Ｃａｆｅ\u0301 ÜBER\n工厂")
    assert search_text(item) == "café über 工厂\niot-1"
    assert search_text(enterprise(id="iot-2", name="")) == "iot-2\niot-2"
    assert search_text(previous_public(name="")) == (
        "public-previous:ap-northeast-1\n\npublic-previous:ap-northeast-1"
    )
    kids = a_license(id="lic-1", instance_id="vod-1", application="Kids", package="com.ＫＩＤＳ")
    assert search_text(kids) == "kids\nvod-1\nlic-1\ncom.kids"


def test_a_price_that_cannot_be_is_none() -> None:
    assert due_cents(Decimal("0.01"), None) == 12
    assert due_cents(Decimal(10**10), 1) == LARGEST_DUE
    assert due_cents(Decimal(10**10) + Decimal("0.01"), 1) is None
    assert due_cents(None, 1) is None
