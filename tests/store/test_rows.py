"""Items as rows, and back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from store.items.rows import COLUMNS, filled, from_row, to_row
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


def test_what_is_filled_is_the_row_without_what_is_empty() -> None:
    whole = {item.id: dict(zip(COLUMNS, to_row(item), strict=True)) for item in EACH}
    found = [
        dict(zip(columns, values, strict=True)) for columns, rows in filled(EACH) for values in rows
    ]
    assert len(found) == len(EACH)
    for row in found:
        assert {**dict.fromkeys(COLUMNS), **row} == whole[str(row["id"])]


def test_items_alike_are_handed_over_together_and_without_empty_values() -> None:
    alike = [
        enterprise(id=f"iot-{n}", monthly_price=None, auto_renewal_months=None) for n in range(9)
    ]
    ((_columns, rows),) = filled(alike)
    assert len(rows) == len(alike)
    assert all(None not in row for row in rows)
