"""How fast plans are used is measured from one sync to another, where no cloud tells it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from store.items.assessment import Assessment
from store.items.overview import OverviewOptions, read_overview
from store.items.sync import sync
from store.models import Item, ResourcePlan
from store.rules.severity import Severity
from store.rules.standing import Event, State
from tests.store.items import DAY, NOW, SECOND, plan
from tests.store.payments.accounts import ScriptedCloud, open_store

HOUR = timedelta(hours=1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


class Listing(ScriptedCloud):
    """Lists these plans, all on one page."""

    def pages(self) -> Iterator[tuple[list[Item], int]]:
        yield list(self.items), len(self.items)


def listed(db: sqlite3.Connection, at: datetime, *left: int) -> None:
    """A sync at that instant, with so much left of each plan."""
    items: list[Item] = [
        plan(id=f"plan-{n}", used_per_day=None, remaining=Fraction(amount))
        for n, amount in enumerate(left)
    ]
    sync(db, "a", Listing(items=items, clock=at))


def assessed(db: sqlite3.Connection, now: datetime, item_id: str = "plan-0") -> Assessment:
    assessment = read_overview(db, "a", "alibaba", "china", OverviewOptions(now)).of_id(item_id)
    assert assessment is not None
    assert assessment in list(
        read_overview(db, "a", "alibaba", "china", OverviewOptions(now)).items
    )
    return assessment


def use(assessment: Assessment) -> Fraction | None:
    assert isinstance(assessment.item, ResourcePlan)
    return assessment.item.used_per_day


def test_the_use_since_an_earlier_sync_predicts_when_a_plan_is_used_up(
    db: sqlite3.Connection,
) -> None:
    listed(db, NOW, 500)
    assert use(assessed(db, NOW)) is None
    later = NOW + 2 * DAY
    listed(db, later, 400)
    assessment = assessed(db, later)
    assert (use(assessment), assessment.severity) == (Fraction(50), Severity.WARNING)
    assert assessment.standing.next == Event(State.USED_UP, later + 8 * DAY, "VOD-2")


def test_use_within_a_day_counts_as_that_of_a_day(db: sqlite3.Connection) -> None:
    listed(db, NOW, 500)
    listed(db, NOW + HOUR, 400)
    assert use(assessed(db, NOW + HOUR)) == 100
    listed(db, NOW + DAY, 400)
    assert use(assessed(db, NOW + DAY)) == 100
    listed(db, NOW + 4 * DAY, 400)
    assert use(assessed(db, NOW + 4 * DAY)) == 25


def test_the_use_of_about_a_week_counts(db: sqlite3.Connection) -> None:
    for day in range(30):
        listed(db, NOW + day * DAY, 1000 - day * 10 if day < 15 else 860 - (day - 14) * 2)
    assert use(assessed(db, NOW + 29 * DAY)) == 2
    assert db.execute("SELECT count(*) FROM plan_amounts").fetchone()[0] == 8


def test_what_is_not_used_has_no_known_use(db: sqlite3.Connection) -> None:
    """The plan of a type that ends first is used first, so the others say nothing."""
    listed(db, NOW, 500)
    listed(db, NOW + 5 * DAY, 500)
    assert use(assessed(db, NOW + 5 * DAY)) is None


def test_a_plan_that_was_filled_up_begins_anew(db: sqlite3.Connection) -> None:
    listed(db, NOW, 500)
    listed(db, NOW + DAY, 900)
    assert use(assessed(db, NOW + DAY)) is None
    listed(db, NOW + 3 * DAY, 880)
    assert use(assessed(db, NOW + 3 * DAY)) == 10


def test_a_missing_plan_is_used_up_when_its_last_use_predicts_it(db: sqlite3.Connection) -> None:
    listed(db, NOW, 30, 30)
    listed(db, NOW + DAY, 10, 30)
    gone = NOW + 2 * DAY
    listed(db, gone)
    empty = gone + timedelta(days=1)
    assert assessed(db, empty - SECOND).standing.state is State.MISSING
    assert assessed(db, empty).standing.state is State.USED_UP
    assert assessed(db, empty).severity is Severity.CRITICAL
    assert assessed(db, empty, "plan-1").standing.state is State.MISSING
    end = NOW + 100 * DAY
    assert assessed(db, end, "plan-1").standing.state is State.EXPIRED


def test_what_covers_is_judged_by_measured_use(db: sqlite3.Connection) -> None:
    def sync_at(at: datetime, left: int) -> None:
        items: list[Item] = [
            plan(NOW + 9 * DAY, id="plan-0", used_per_day=None),
            plan(id="plan-1", used_per_day=None, remaining=Fraction(left)),
        ]
        sync(db, "a", Listing(items=items, clock=at))

    sync_at(NOW, 400)
    assert assessed(db, NOW).severity is Severity.OK
    sync_at(NOW + 2 * DAY, 250)
    assert assessed(db, NOW + 2 * DAY).severity is Severity.CRITICAL
