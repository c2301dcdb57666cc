"""The database's orders, counts and sums against the pure rules, for any items and any `now`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from store.items import counts, daily_totals
from store.items.assessment import Assessor
from store.items.forecast import dues, forecast, payable
from store.items.forecast_totals import looking_ahead
from store.items.queries import LastSync, is_dated
from store.items.rows import COLUMNS, to_row
from store.items.sort_orders import COLUMNS as COLUMN_ORDERS
from store.items.sort_orders import (
    PRESSING,
    by_column,
    by_deadline,
    by_kind,
    by_state,
    pressing,
    seen_undated,
)
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
    found: Stored = []
    for number, (item, gone) in enumerate(zip(items, missing, strict=False)):
        values = {name: getattr(item, name) for name in item.__struct_fields__}
        values["id"] = f"{(number * 7) % 10}-{number}"
        if isinstance(item, License):
            values["instance_id"] = f"order-{number}"
        found.append((type(item)(**values), gone))
    return found


@contextmanager
def kept(stored: Stored) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.row_factory = sqlite3.Row
    db.executescript(SCHEMA)
    marks = ", ".join("?" for _ in COLUMNS)
    for item, gone in stored:
        db.execute(
            f"INSERT INTO items (account, {', '.join(COLUMNS)}, missing_since)"
            f" VALUES ('a', {marks}, ?)",
            (*to_row(item), to_epoch(NOW) if gone else None),
        )
    daily_totals.rewrite(db, "a")
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
        found = standing(item, facts, NOW)
        stood.append((item, as_missing(item, found) if gone else found))
    if any(isinstance(item, License | ResourcePlan) for item, _ in stored):
        stood.append((Vod(), standing(Vod(), facts, NOW)))
    can_pay = payable(dues(stood), balance)
    seen = []
    for item, found in stood:
        renews = can_pay.get(item.id) is True and found.state not in NOT_SERVING
        judged = severity(found, NOW, 30 * DAY, renews_itself=renews)
        seen.append((item, found, judged))
    return sorted(seen, key=_order)


def _order(one: tuple[Item, Standing, Severity]) -> tuple[bool, bool, float, str, str]:
    item, found, _ = one
    coming = found.next
    return (
        found.state not in NOT_SERVING,
        coming is None,
        coming.at.timestamp() if coming else 0.0,
        item.id,
        item.kind.value,
    )


@given(MANY, st.lists(st.booleans(), min_size=14, max_size=14), BALANCES)
@settings(max_examples=150, deadline=None)
def test_the_database_says_what_the_rules_say(
    items: list[Item], missing: list[bool], balance: Balance
) -> None:
    stored = named(items, missing)
    expected = purely(stored, balance)
    with kept(stored) as db:
        judge = Assessor.of(
            db, "a", LastSync("i", "practice", "china", NOW, balance), NOW, 30 * DAY
        )
        window = by_deadline(db, "a", judge)
        rows = list(window.rows())
        assert [(one.item, one.standing, one.severity) for _, one in rows] == expected
        assert len(window) == len(rows)
        worst_first = sorted(
            (one for one in expected if one[2] is not Severity.OK),
            key=lambda one: (one[2].rank, _order(one)),
        )
        urgent = pressing(db, "a", judge)
        assert [one.item for _, one in urgent.rows()] == [item for item, _, _ in worst_first]
        assert counts.pressing(db, "a", judge) + len(urgent.undated) == len(urgent)
        assert counts.dated(db, "a") + len(judge.undated) == len(rows)
        stood = [(item, found) for item, found, _ in expected]
        foreseen = looking_ahead(db, "a", judge.orders, balance, NOW, 30 * DAY)
        wanted = forecast(dues(stood), balance, NOW, 30 * DAY)
        assert (foreseen.due, foreseen.unpriced, foreseen.shortfall, foreseen.short_from) == (
            wanted.due, wanted.unpriced, wanted.shortfall, wanted.short_from,
        )  # fmt: skip


@given(MANY, st.lists(st.booleans(), min_size=14, max_size=14), st.integers(1, 5))
@settings(max_examples=100, deadline=None)
def test_every_page_is_found_from_both_its_sides_and_by_its_number(
    items: list[Item], missing: list[bool], size: int
) -> None:
    balance = Balance("CNY", Decimal(100), Decimal(0), Decimal(0), None)
    with kept(named(items, missing)) as db:
        judge = Assessor.of(
            db, "a", LastSync("i", "practice", "china", NOW, balance), NOW, 30 * DAY
        )
        undated = seen_undated(judge)
        states, kinds = list(State), list(Kind)
        for window in (
            by_deadline(db, "a", judge),
            pressing(db, "a", judge),
            by_state(db, "a", judge, states, undated),
            by_kind(db, "a", judge, kinds, undated),
            *(by_column(db, "a", judge, column, undated) for column in COLUMN_ORDERS),
        ):
            rows = list(window.rows())
            assert list(window.every()) == rows
            assert len(rows) == counts.dated(db, "a") + len(undated) or window.stretches is PRESSING
            assert window.page(back=True, size=99) == rows[::-1]
            for index, (place, seen) in enumerate(rows):
                assert window.page(place, size=size) == rows[index + 1 :][:size]
                assert window.page(place, back=True, size=size) == rows[:index][::-1][:size]
                assert window.page_at(index, size) == rows[index:][:size]
                assert window.before(place) == index
                assert window.place_of(seen.item.id) == place


@given(MANY, st.integers(-50, 50), st.integers(0, 90))
@settings(max_examples=100, deadline=None)
def test_a_stretch_of_days_counts_what_ends_in_it(
    items: list[Item], first: int, length: int
) -> None:
    stored = named(items, [False] * 14)
    after, until = NOW + first * DAY, NOW + (first + length) * DAY + timedelta(hours=3)
    with kept(stored) as db:
        found = daily_totals.tally(db, "a", to_epoch(after), to_epoch(until))
    inside = [
        item
        for item, _ in stored
        if isinstance(item, EnterpriseInstance | OtherItem)
        and is_dated(item)
        and item.ends_at is not None
        and after < item.ends_at <= until
    ]
    priced = [one for one in inside if getattr(one, "monthly_price", None) is not None]
    assert found.items == len(inside)
    assert found.autos == sum(getattr(one, "auto_renewal_months", 0) is not None for one in priced)
