"""Renewals that are given back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from store.errors import Usage
from store.orders import OrderState
from tests.store.practice.accounts import at, enterprise, scenario
from tests.store.practice.conftest import Plant


def test_the_money_and_the_old_end_are_back_and_the_order_is_listed_as_refunded(
    plant: Plant,
) -> None:
    cloud = plant(scenario(instances=[enterprise()]))
    order_id = cloud.renew("iot-1", 2, "token")
    cloud.refund(order_id)
    [item] = cloud.items_of("iot-1")
    [order] = cloud.orders("iot-1")
    assert item.ends_at == at("2026-11-24")
    assert (order.state, order.ends_at) == (OrderState.REFUNDED, None)
    assert cloud.balance().available == Decimal("1000.00")
    assert cloud.show()["charges"] == []
    assert cloud.renew("iot-1", 2, "token") == order_id
    assert cloud.balance().available == Decimal("1000.00")


def test_only_the_latest_paid_renewal_can_be_given_back(plant: Plant) -> None:
    cloud = plant(scenario(instances=[enterprise()]))
    first, second = (cloud.renew("iot-1", 1, token) for token in ("a", "b"))
    with pytest.raises(Usage, match="renewed again after"):
        cloud.refund(first)
    for order_id in (second, first):
        cloud.refund(order_id)
    [item] = cloud.items_of("iot-1")
    assert item.ends_at == at("2026-11-24")
    for order_id in (first, "none"):
        with pytest.raises(Usage, match="not a paid renewal"):
            cloud.refund(order_id)
