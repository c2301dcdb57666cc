"""The list of what is due: its order, its groups, its costs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from store.clouds.account_details import AccountDetails, Statement, UnpaidBill
from store.items.assessment import Assessment
from store.items.due import Urgency, due_items, urgency
from store.items.remedy_cost import remedy_cost
from store.models import Balance, Item, Kind
from store.rules.severity import Severity
from store.times import to_epoch
from tests.contract.program import Program
from tests.store.items import DAY, NOW, SECOND, a_license, enterprise, plan, previous_public
from tests.store.test_pages import BALANCES, MANY, MISSING, current, kept, named
from tui.text import due_text

MONEY = Balance("CNY", Decimal(100), Decimal(0), Decimal(0), None)
LOST = 15 * DAY


def names(*items: Item, balance: Balance = MONEY) -> list[str]:
    """The ids of what is due, in order, then of what is gone."""
    with kept([(item, False) for item in items], balance) as db:
        shown = current(db).items
        assert shown
        due = due_items(shown)
        return [each.item.id for listing in (due.listing, due.gone) for _, each in listing]


def instance(item_id: str, ends_at: datetime) -> Item:
    return enterprise(ends_at, id=item_id)


def test_a_loss_counts_a_day_earlier_than_a_stop() -> None:
    stop = NOW + DAY
    for offset, first in ((-SECOND, "loss"), (SECOND, "stop")):
        loses = instance("loss", stop + DAY + offset - LOST)
        assert names(instance("stop", stop), loses)[0] == first


def test_what_is_down_and_can_be_brought_back_comes_first() -> None:
    down, soon = a_license(NOW, id="expired"), instance("soon", NOW + SECOND)
    assert names(soon, down, plan(NOW + SECOND))[:2] == ["expired", "soon"]


def test_what_is_gone_is_set_apart() -> None:
    gone, last_second = instance("gone", NOW - LOST), instance("kept", NOW - LOST + SECOND)
    assert names(gone, last_second) == ["kept", "gone"]
    assert names(instance("forgotten", NOW - LOST - 30 * DAY)) == []


def test_licenses_of_one_order_are_one_row() -> None:
    order = [a_license(NOW + DAY, id=f"lic-{n}", instance_id="vod-sdk-9") for n in range(3)]
    assert names(*order)[0].startswith("lic-")
    assert len([each for each in names(*order) if each.startswith("lic-")]) == 1


def _expected(assessment: Assessment) -> tuple[int, object, str]:
    group, event = urgency(assessment), assessment.standing.next
    if group is Urgency.LOOK or (group is Urgency.GONE and event is None):
        return group, 0, assessment.item.id
    if event is None:
        return group, 0, assessment.item.id
    lost = assessment.standing.data_lost_at == event.at
    return group, to_epoch(event.at) - (86_400 if lost else 0), assessment.item.id


@given(MANY, MISSING, BALANCES)
@settings(max_examples=100, deadline=None)
def test_the_database_has_the_documented_order(
    items: list[Item], missing: list[bool], balance: Balance
) -> None:
    with kept(named(items, missing), balance) as db:
        shown = current(db).items
        assert shown
        due = due_items(shown)
        helped = [each for _, each in due.listing]
        needy = [each for each in shown if each.severity is not Severity.OK]
        assert {each.item.id for each in helped} | {each.item.id for _, each in due.gone} == {
            each.item.id for each in needy
        }
        assert [_expected(each) for each in helped] == sorted(_expected(each) for each in helped)
        assert all(urgency(each) is Urgency.GONE for _, each in due.gone)
        for index, (position, _each) in enumerate(due.listing):
            assert due.listing.page(position) == list(due.listing)[index + 1 :][:64]


@pytest.mark.parametrize(
    ("item_id", "amount", "months"),
    [
        ("iot-060a0bcd", "3600.00", 12),
        ("lic-kids", "2160.00", 12),
        ("plan-storage-1", "480.00", 12),
        ("public-previous:ap-northeast-1", "36.50", None),
        ("iot-public-new-1", None, None),
    ],
)
def test_what_each_remedy_costs(
    example: Program, item_id: str, amount: str | None, months: int | None
) -> None:
    from store.home import open_home
    from store.session import Session

    with Session.open(open_home(str(example.home))) as session:
        session.sync()
        overview = session.overview()
        assessment = overview.of_id(item_id)
        assert assessment is not None
        cost = remedy_cost(assessment, overview)
        if amount is None:
            assert cost is None
        else:
            assert cost is not None
            assert (cost.amount, cost.months) == (Decimal(amount), months)
            assert cost.is_owed is (assessment.item.kind is Kind.PUBLIC_PREVIOUS)


def test_a_price_that_is_not_known_is_not_zero() -> None:
    with kept([(enterprise(NOW + DAY, monthly_price=None), False)], MONEY) as db:
        overview = current(db)
        cost = remedy_cost(next(iter(overview.items)), overview)
        assert cost is not None
        assert cost.amount is None


def test_settling_shows_what_is_owed() -> None:
    owing = Balance("CNY", Decimal(0), Decimal(0), Decimal("36.50"), NOW)
    with kept([(previous_public(overdue_since=NOW), False)], owing) as db:
        overview = current(db)
        cost = remedy_cost(next(iter(overview.items)), overview)
        assert cost is not None
        assert (cost.amount, cost.is_owed) == (Decimal("36.50"), True)


def bill(item_id: str, amount: str) -> UnpaidBill:
    return UnpaidBill(item_id, Decimal(amount), NOW, NOW - DAY, NOW)


@pytest.mark.parametrize(
    ("bills", "has_vod", "shown"),
    [
        ((), False, ["50.00", None]),
        ((), True, ["50.00", None, None]),
        ((bill("public-previous:tokyo", "36.50"),), False, ["36.50", "13.50"]),
        ((bill("public-previous:tokyo", "36.50"),), True, ["36.50", "13.50", None]),
        (
            (bill("public-previous:tokyo", "36.50"), bill("public-previous:virginia", "13.50")),
            True,
            ["36.50", "13.50", None],
        ),
    ],
)
def test_a_debt_is_shown_once(
    bills: tuple[UnpaidBill, ...], shown: list[str | None], *, has_vod: bool
) -> None:
    """By its own bills, the rest by VOD or the first: the column adds up to what is owed."""
    owing = Balance("CNY", Decimal(0), Decimal(0), Decimal("50.00"), NOW)
    items: list[Item] = [
        previous_public(id=f"public-previous:{city}", region=city, overdue_since=NOW)
        for city in ("tokyo", "virginia")
    ]
    items += [plan(NOW - DAY)] if has_vod else []
    with kept([(item, False) for item in items], owing) as db:
        overview = replace(current(db), details=AccountDetails(statement=Statement(bills)))
        assert overview.items
        due = due_items(overview.items)
        costs = [
            remedy_cost(each, overview) for _, each in due.listing if each.item.kind != Kind.PLAN
        ]
    amounts = [cost.amount for cost in costs if cost]
    assert all(cost and cost.is_owed for cost in costs)
    assert sum(filter(None, amounts)) == owing.owed
    assert sorted(amounts, key=str) == sorted((each and Decimal(each) for each in shown), key=str)
    texts = [due_text.cost(cost) for cost in costs]
    assert texts.count("account's debt") == shown.count(None)
