"""The database's orders, counts, filters and sums against the pure rules, for any items."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from store.items.filters import Between, Contains, Filter, OneOf, Term, field_values
from store.items.overview import Items, Overview, OverviewOptions, read_overview
from store.items.renewal_dues import renewal_dues
from store.items.rows import COLUMNS, normalized, to_row
from store.items.search import items_by_number, matching_numbers
from store.items.sort_orders import (
    BY_ATTENTION,
    BY_DEADLINE,
    GONE_LAST,
    SortOrder,
    by_kind,
    by_state,
)
from store.items.sort_orders import COLUMNS as COLUMN_ORDERS
from store.models import (
    Balance,
    DataError,
    Details,
    EnterpriseInstance,
    Item,
    Kind,
    License,
    OtherItem,
    ResourcePlan,
    Vod,
)
from store.rules import AccountFacts, Standing, as_missing, standing
from store.rules.severity import Severity, severity
from store.rules.standing import NOT_SERVING, State
from store.schema import STORE
from store.times import to_epoch
from tests.store.forecasts import forecast_of, payable
from tests.store.items import DAY, NOW, SECOND, a_license, new_public, plan, previous_public

OFFSETS = st.sampled_from((-46, -45, -16, -15, -1, 0, 1, 6, 7, 8, 29, 30, 31, 200)).flatmap(
    lambda days_: st.sampled_from((-1, 0, 1, 4000)).map(
        lambda seconds: days_ * DAY + seconds * SECOND
    )
)
MONTHS = st.sampled_from((None, None, 1, 12))
PRICES = st.sampled_from((None, Decimal("0.00"), Decimal("10.00"), Decimal("33.33")))
DETAILS = st.sampled_from(
    (
        None, None, Details(ends_on_purpose=True), Details(is_trial=True),
        Details(errors=(DataError("ends_at", "", ""),)), Details(status="Creating"),
        Details(stopped_at=NOW), Details(is_pay_as_you_go=True),
    )
)  # fmt: skip
MANY = st.lists(
    st.one_of(
        st.builds(
            EnterpriseInstance,
            st.just("iot"), st.just("Floor"), st.just("cn-shanghai"),
            OFFSETS.map(lambda offset: NOW + offset), MONTHS, PRICES, DETAILS,
        ),
        st.builds(
            OtherItem,
            st.just("ecs"), st.just("机器"), st.just("cn-hangzhou"),
            st.one_of(st.none(), OFFSETS.map(lambda offset: NOW + offset)), DETAILS,
        ),
        st.builds(
            lambda offset, months, price: a_license(
                NOW + offset, auto_renewal_months=months, monthly_price=price
            ),
            OFFSETS, MONTHS, PRICES,
        ),
        st.builds(lambda offset: plan(NOW + offset), OFFSETS),
        st.builds(
            lambda overdue, restored: previous_public(
                overdue_since=None if overdue is None else NOW + overdue,
                restored_at=None if restored is None else NOW + restored,
            ),
            st.one_of(st.none(), OFFSETS), st.one_of(st.none(), OFFSETS),
        ),
        st.builds(new_public, st.sampled_from(("cn-shanghai", "eu-central-1"))),
    ),
    max_size=14,
)  # fmt: skip
BALANCES = st.builds(
    lambda available, owed, since: Balance(
        "CNY", available, Decimal("0.00"), owed, since if owed else None
    ),
    st.sampled_from((Decimal("0.00"), Decimal("130.00"), Decimal("99999.00"))),
    st.sampled_from((Decimal("0.00"), Decimal("0.00"), Decimal("5.00"))),
    st.sampled_from((NOW, None)),
)
Stored = list[tuple[Item, bool]]


def named(items: Sequence[Item], missing: Sequence[bool]) -> Stored:
    """The items with ids of their own, and with Instance IDs where they are the id."""
    numbered: Stored = []
    for number, (item, gone) in enumerate(zip(items, missing, strict=False)):
        values = {name: getattr(item, name) for name in item.__struct_fields__}
        values["id"] = f"{(number * 7) % 10}-{number}"
        if isinstance(item, License):
            values["instance_id"] = f"order-{number}"
        numbered.append((type(item)(**values), gone))
    return numbered


@contextmanager
def kept(stored: Stored, balance: Balance) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.row_factory = sqlite3.Row
    db.executescript(SCHEMA)
    db.execute(
        "INSERT INTO syncs VALUES ('a', 'i', 'practice', 'china', ?, 'CNY', ?, '0', ?, ?, NULL, 0)",
        (
            to_epoch(NOW), str(balance.available), str(balance.owed),
            to_epoch(NOW) if balance.overdue_since else None,
        ),
    )  # fmt: skip
    marks = ", ".join("?" for _ in COLUMNS)
    for item, gone in stored:
        db.execute(
            f"INSERT INTO items (account, {', '.join(COLUMNS)}, missing_since)"
            f" VALUES ('a', {marks}, ?)",
            (*to_row(item), to_epoch(NOW) if gone else None),
        )
    try:
        yield db
    finally:
        db.close()


def _schema() -> str:
    from sqlite_utils import Database

    made = Database(memory=True)
    STORE.migrations().apply(made)
    sql = ";".join(
        row[0]
        for row in made.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"
        )
    )
    made.close()
    return sql


SCHEMA = _schema()


def purely(stored: Stored, balance: Balance) -> list[tuple[Item, Standing, Severity]]:
    """What the pure rules say, with nothing of the database in it, in the contract's order."""
    facts = AccountFacts.of(balance, [item for item, gone in stored if not gone])
    stood = []
    for item, gone in stored:
        result = standing(item, facts, NOW)
        stood.append((item, as_missing(item, result) if gone else result))
    if any(isinstance(item, License | ResourcePlan) for item, _ in stored):
        stood.append((Vod(), standing(Vod(), facts, NOW)))
    can_pay = payable(renewal_dues(stood), balance, NOW)
    assessed = []
    for item, result in stood:
        renews = can_pay.get(item.id) is True and result.state not in NOT_SERVING
        judged = severity(result, NOW, 30 * DAY, renews_itself=renews)
        assessed.append((item, result, judged))
    return sorted(assessed, key=_order)


def _order(entry: tuple[Item, Standing, Severity]) -> tuple[bool, bool, float, str, str]:
    item, result, _ = entry
    event = result.next
    return (
        result.state not in NOT_SERVING,
        event is None,
        event.at.timestamp() if event else 0.0,
        item.id,
        item.kind.value,
    )


def current(db: sqlite3.Connection) -> Overview:
    return read_overview(db, "a", "practice", "china", OverviewOptions(NOW))


def orders() -> Iterator[SortOrder]:
    yield BY_DEADLINE
    yield BY_ATTENTION
    yield GONE_LAST
    yield by_state(list(State))
    yield by_kind(list(Kind))
    yield from COLUMN_ORDERS.values()


MISSING = st.lists(st.booleans(), min_size=14, max_size=14)


@given(MANY, MISSING, BALANCES)
@settings(max_examples=150, deadline=None)
def test_the_database_agrees_with_the_rules(
    items: list[Item], missing: list[bool], balance: Balance
) -> None:
    stored = named(items, missing)
    expected = purely(stored, balance)
    with kept(stored, balance) as db:
        shown = current(db)
        assert shown.items
        assert [(each.item, each.standing, each.severity) for each in shown.items] == expected
        assert len(shown.items.in_order(BY_DEADLINE)) == len(expected)
        worst_first = sorted(
            (each for each in expected if each[2] is not Severity.OK),
            key=lambda each: (each[2].rank, _order(each)),
        )
        pressing = shown.items.pressing
        assert [each.item for _, each in pressing] == [item for item, _, _ in worst_first]
        assert len(pressing) == len(worst_first)
        stood = [(item, standing_) for item, standing_, _ in expected]
        assert shown.forecast == forecast_of(renewal_dues(stood), balance, NOW, 30 * DAY)
        can_pay = payable(renewal_dues(stood), balance, NOW)
        for each in shown.items:
            if each.auto_renewal is not None and isinstance(each.item, EnterpriseInstance):
                expected_cover = can_pay.get(each.item.id, False if each.auto_renewal else None)
                if each.standing.state is State.RUNNING and not each.standing.ends_on_purpose:
                    assert each.auto_renewal.payable is expected_cover


@given(MANY, MISSING, st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_every_page_is_read_from_both_its_sides(
    items: list[Item], missing: list[bool], size: int
) -> None:
    balance = Balance("CNY", Decimal(100), Decimal(0), Decimal(0), None)
    with kept(named(items, missing), balance) as db:
        stored = _items(db)
        for order in orders():
            listing = stored.in_order(order) if order is not BY_ATTENTION else stored.pressing
            entries = list(listing)
            assert listing.page(backward=True, size=99) == entries[::-1]
            assert len(listing) == len(entries)
            for index, (position, assessment) in enumerate(entries):
                assert listing.page(position, size=size) == entries[index + 1 :][:size]
                before = listing.page(position, backward=True, size=size)
                assert before == entries[:index][::-1][:size]
                assert listing.before(position) == index
                assert listing.position_of(assessment.item.id) == position
            hidden = [position[:1:-1] for position, _ in entries[::3]]
            left = [entry for entry in entries if entry[0][:1:-1] not in hidden]
            assert list(listing.without(hidden)) == left
            assert len(listing.without(hidden)) == len(left)


def _items(db: sqlite3.Connection) -> Items:
    items = current(db).items
    assert items
    return items


WORDS = ("floor", "iot", "机器", "-1", "kids", "zzz", "0", "finance", "ÜBER", "Ｆｌｏｏｒ")
BOUNDS = st.one_of(st.none(), OFFSETS.map(lambda offset: to_epoch(NOW + offset)))
CENTS = st.sampled_from((None, 0, 1000, 12_000, 40_000))
TERMS: st.SearchStrategy[Term] = st.one_of(
    st.builds(
        Contains,
        st.sampled_from(("text", "name", "id", "region", "owner", "note", "application")),
        st.sampled_from(WORDS).map(normalized),
    ),
    st.builds(OneOf, st.just("state"), st.frozensets(st.sampled_from(State))),
    st.builds(OneOf, st.just("severity"), st.frozensets(st.sampled_from(Severity))),
    st.builds(OneOf, st.just("edition"), st.frozensets(st.sampled_from(Kind))),
    st.builds(Between, st.sampled_from(("ends", "lost")), BOUNDS, BOUNDS),
    st.builds(Between, st.just("cost"), CENTS, CENTS),
    st.builds(
        Between, st.just("auto"), st.sampled_from((None, 0, 1, 12)), st.sampled_from((None, 1, 13))
    ),
)
NOTES = {
    ("iot-enterprise", "0-0"): ("Über AG", "ask finance"),
    ("other", "7-1"): ("", "ｆｌｏｏｒ"),
}


@given(MANY, MISSING, BALANCES, st.lists(TERMS, max_size=3))
@settings(max_examples=60, deadline=None)
def test_a_filter_finds_what_the_fields_of_the_items_meet(
    items: list[Item], missing: list[bool], balance: Balance, terms: list[Term]
) -> None:
    asked = Filter(tuple(terms))
    with kept(named(items, missing), balance) as db:
        stored = _items(db)
        for order in orders():
            if order is BY_ATTENTION:  # has not all items, and no filter
                continue
            listing = stored.in_order(order)
            expected = [
                assessment
                for position, assessment in listing
                if asked.is_met(field_values(assessment, *NOTES.get(position[:1:-1], ("", ""))))
            ]
            numbers = matching_numbers(listing, asked, NOTES)
            assert items_by_number(listing, numbers) == expected
            assert matching_numbers(listing, asked, NOTES, backward=True) == numbers[::-1]
            assert matching_numbers(listing, asked, NOTES, limit=2) == numbers[:2]
