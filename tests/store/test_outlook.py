"""The outlook has each end on its day, and agrees with the forecast."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from store.items.assessment import Assessment
from store.items.outlook import DAYS, Day, days_ahead, first_short_day
from store.models import EnterpriseInstance
from store.rules.standing import State
from store.times import BEIJING
from tests.stories.driver import prepared_session


def _tour(home: Path) -> tuple[list[Day], list[Assessment]]:
    with prepared_session(home, "tour") as session:
        session.sync()
        shown = session.overview()
        return days_ahead(shown), list(shown.items)


def test_every_end_is_on_its_day_and_none_else(tmp_path: Path) -> None:
    days, items = _tour(tmp_path)
    assert len(days) == DAYS
    first, last = days[0].date, days[-1].date
    ends: Counter[date] = Counter()
    lost: Counter[date] = Counter()
    for each in items:
        event, data_lost = each.standing.next, each.standing.data_lost_at
        if isinstance(each.item, EnterpriseInstance) and data_lost is not None:
            lost[data_lost.astimezone(BEIJING).date()] += each.standing.state is not State.RELEASED
        if each.standing.state in {State.RUNNING, State.ACTIVE, State.GRACE} and event is not None:
            ends[event.at.astimezone(BEIJING).date()] += 1
    for day in days:
        assert (day.date, day.ends, day.lost) == (day.date, ends[day.date], lost[day.date])
    assert sum(day.ends for day in days) == sum(n for d, n in ends.items() if first <= d <= last)


def test_what_is_due_equals_the_forecast(tmp_path: Path) -> None:
    with prepared_session(tmp_path, "tour") as session:
        session.sync()
        shown = session.overview()
        assert shown.now is not None
        assert shown.forecast is not None
        last = (shown.now + shown.forecast.horizon).astimezone(BEIJING).date()
        within = [day for day in days_ahead(shown) if day.date <= last]
    assert sum((day.due for day in within), Decimal(0)) == shown.forecast.due
    assert sum(day.unpriced for day in within) == shown.forecast.unpriced
    short = first_short_day(within)
    assert short is not None
    assert shown.forecast.short_from is not None
    assert short.date <= shown.forecast.short_from.astimezone(BEIJING).date()


def test_a_midnight_belongs_to_the_day_that_begins(tmp_path: Path) -> None:
    days, items = _tour(tmp_path)
    floor = next(each for each in items if each.item.name == "Factory floor")
    assert floor.item.ends_at is not None
    assert floor.item.ends_at.astimezone(BEIJING).time().isoformat() == "00:00:00"
    (named,) = [day for day in days if "Factory floor" in day.names]
    assert named.date == floor.item.ends_at.astimezone(BEIJING).date()
    (lost,) = [day for day in days if "Factory floor" in day.names_of_lost]
    assert lost.date == named.date + timedelta(days=15)
