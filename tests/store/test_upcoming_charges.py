"""Upcoming charges, bills and past charges, against the forecast and the practice cloud."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from store.items.overview import DEFAULT_WITHIN
from store.items.upcoming_charges import upcoming_charges
from tests.stories.driver import prepared_session
from tests.stories.scenarios import account, enterprise, public_previous, sdk_license


@pytest.mark.parametrize("scenario", ["tour", "calm", "crisis"])
def test_charges_add_up_to_the_forecast(tmp_path: Path, scenario: str) -> None:
    with prepared_session(tmp_path, scenario) as session:
        session.sync()
        overview = session.overview()
        assert overview.forecast is not None
        assert overview.balance is not None
        charges = list(upcoming_charges(overview, DEFAULT_WITHIN))
        known = [charge.amount for charge in charges if charge.amount is not None]
        assert sum(known, Decimal(0)) == overview.forecast.due
        assert len(charges) - len(known) == overview.forecast.unpriced
        assert [charge.due_at for charge in charges] == sorted(each.due_at for each in charges)
        short = [charge.due_at for charge in charges if charge.left is not None and charge.left < 0]
        assert next(iter(short), None) == overview.forecast.short_from


def test_the_balance_after_each_charge(tmp_path: Path) -> None:
    parts = {
        "instances": [
            enterprise(),
            enterprise("iot-b", expires_at="2026-11-25T00:00:00+08:00", monthly_price=None),
            enterprise("iot-c", expires_at="2026-11-08T09:00:00+08:00", monthly_price="1.00"),
        ],
        "licenses": [sdk_license(auto_renewal_months=3)],
    }
    with prepared_session(tmp_path, account("4000.00", **parts)) as session:
        session.sync()
        overview = session.overview()
        until_last = timedelta(days=8, hours=15)
        charges = list(upcoming_charges(overview, until_last - timedelta(seconds=1)))
        assert [(each.item_id, each.left, each.is_upper_bound) for each in charges] == [
            ("iot-c", Decimal("3988.00"), False),
            ("iot-060a0bcd", Decimal("388.00"), False),
            ("iot-b", Decimal("388.00"), True),
        ]
        assert charges[0].due_at == overview.now
        assert charges[2].amount is None
        *_others, last = upcoming_charges(overview, until_last)
        assert (last.item_id, last.is_automatic) == ("lic-kids", True)
        assert last.left == Decimal("-152.00")


def test_bills_and_charges_of_the_practice_cloud(tmp_path: Path) -> None:
    with prepared_session(tmp_path, account("40.00", instances=[public_previous()])) as session:
        session.practice.advance(timedelta(hours=24))
        session.sync()
        statement = session.overview().details.statement
        assert statement is not None
        (charge,) = statement.charges
        assert (charge.amount, charge.purpose) == (Decimal("36.50"), "bill")
        (bill,) = statement.unpaid
        assert bill.item_id == charge.item_id == "public-previous:ap-northeast-1"
        assert bill.issued_at == session.now()
        assert bill.cycle_ends_at == session.now() - timedelta(hours=4)
        assert bill.cycle_ends_at - bill.cycle_starts_at == timedelta(hours=24)
