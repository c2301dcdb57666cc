"""What holds of every practice account, however its time passes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from store.clouds.practice.cloud import PracticeCloud
from store.errors import Refused
from tests.store.practice.accounts import (
    CLOCK,
    Document,
    at,
    enterprise,
    previous,
    resource_plan,
    rows,
    scenario,
    sdk_license,
)

START = at("2026-11-22 09:00:00")
amounts = st.integers(0, 200_000).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")
quantities = st.integers(0, 3000).map(lambda tenths: f"{tenths // 10}.{tenths % 10}")
times = st.integers(-20 * 86400, 60 * 86400).map(
    lambda seconds: (START + timedelta(seconds=seconds)).isoformat()
)
lengths = st.integers(0, 20 * 86400).map(lambda seconds: timedelta(seconds=seconds))
autos = st.sampled_from([None, 1, 3, 12])


@st.composite
def accounts(draw: st.DrawFn) -> Document:
    instances = [
        enterprise(
            f"iot-{number}",
            expires_at=draw(times),
            auto_renewal_months=draw(autos),
            monthly_price=draw(st.none() | amounts),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    instances += [
        previous(
            f"region-{number}",
            cycle_ends_at=draw(times),
            cycle_hours=draw(st.integers(1, 60)),
            cycle_cost=draw(amounts),
            bill_after_hours=draw(st.integers(0, 4)),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    order: Document = {
        "expires_at": draw(times),
        "auto_renewal_months": draw(autos),
        "renewal_error": draw(st.sampled_from([None, "no"])),
    }
    licenses = [sdk_license(f"lic-{number}", **order) for number in range(draw(st.integers(0, 2)))]
    plans = [
        resource_plan(
            f"plan-{number}",
            type=draw(st.sampled_from(["storage", "traffic"])),
            remaining=draw(quantities),
            used_per_day=draw(quantities),
            expires_at=draw(times),
            effect_delay_minutes=draw(st.integers(0, 3000)),
            payg_price=draw(st.none() | st.sampled_from(["0.01", "0.37", "2"])),
            region=draw(st.sampled_from([None, "cn-shanghai"])),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    return scenario(draw(amounts), CLOCK, instances=instances, licenses=licenses, plans=plans)


@contextmanager
def planted(document: Document) -> Iterator[PracticeCloud]:
    with (
        tempfile.TemporaryDirectory() as folder,
        PracticeCloud.open(Path(folder) / "practice.db") as cloud,
    ):
        cloud.reset(document)
        yield cloud


def truth(cloud: PracticeCloud) -> Document:
    """All that is shown, and all that is listed, but for the identity."""
    listed = [item for page, _ in cloud.pages() for item in page]
    return cloud.show() | {"identity": None, "listed": listed}


@settings(max_examples=60, deadline=None)
@given(accounts(), lengths, lengths)
def test_two_moves_are_one(document: Document, first: timedelta, second: timedelta) -> None:
    with planted(document) as cloud:
        cloud.advance(first)
        cloud.advance(second)
        in_two = truth(cloud)
        cloud.reset(document)
        cloud.advance(first + second)
        assert truth(cloud) == in_two


@settings(max_examples=40, deadline=None)
@given(accounts(), st.lists(st.tuples(lengths, amounts), max_size=4))
def test_what_is_charged_is_what_left_and_there_is_no_debt(
    document: Document, steps: list[tuple[timedelta, str]]
) -> None:
    with planted(document) as cloud:
        came = Decimal(document["account"]["available"])
        for number, (length, amount) in enumerate(steps):
            cloud.advance(length)
            if Decimal(amount):
                cloud.top_up(Decimal(amount))
                came += Decimal(amount)
            if document["licenses"]:
                with suppress(Refused):
                    cloud.renew("vod-1", 1, f"token-{number}")
        charges, orders = rows(cloud, "charges"), rows(cloud, "orders")
        assert came - sum(Decimal(each["amount"]) for each in charges) == cloud.balance().available
        assert cloud.balance().available >= 0
        assert cloud.balance().owed >= 0
        paid = {each["order_id"]: each["amount"] for each in orders if each["state"] == "paid"}
        assert paid == {each["order_id"]: each["amount"] for each in charges if each["order_id"]}
        if cloud.balance().overdue_since is None:
            assert cloud.balance().owed == 0


@settings(max_examples=40, deadline=None)
@given(accounts(), lengths)
def test_going_by_events_meets_every_change(document: Document, length: timedelta) -> None:
    """Between two events nothing that is billed, tried or listed changes."""
    with planted(document) as cloud:
        end = cloud.now() + length
        while (event := cloud.next_event()) is not None and event <= end:
            if event - timedelta(seconds=1) > cloud.now():
                before = cloud.show()
                cloud.set_clock(event - timedelta(seconds=1))
                after = cloud.show()
                for name in ("balance", "orders", "charges", "tries", "licenses"):
                    assert after[name] == before[name]
            cloud.set_clock(event)
        cloud.set_clock(end)
        by_events = truth(cloud)
        cloud.reset(document)
        cloud.advance(length)
        assert truth(cloud) == by_events
