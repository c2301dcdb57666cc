"""Instants, durations and calendar months."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import Usage
from store.times import (
    BEIJING,
    add_months,
    from_epoch,
    json_time,
    parse_duration,
    parse_time,
    to_epoch,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3d12h", timedelta(days=3, hours=12)),
        ("1w", timedelta(weeks=1)),
        ("90s", timedelta(seconds=90)),
        ("1w2d3h4m5s", timedelta(weeks=1, days=2, hours=3, minutes=4, seconds=5)),
        ("0s", timedelta(0)),
    ],
)
def test_durations(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    "text",
    [
        "", "3", "3x", "12h3d", "3d 12h", "-3d", "1.5d", "d", "٣d", "9999999d", "1d\n",
        "9" * 40 + "w",
    ],
)  # fmt: skip
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(Usage):
        parse_duration(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22", "2026-11-22T09:00:00", "2026-11-22 09:00:00+08:00", "2026-11-22T09:00+08:00",
        "2026-13-01T00:00:00Z", "2026-11-22T24:00:00Z", "1999-12-31T23:59:59Z",
        "2200-01-01T00:00:00Z", "2199-12-31T23:59:59Z", "1999-12-31T23:59:59+08:00",
        "2026-11-22T09:00:00.5Z", "٢٠٢٦-11-22T09:00:00Z", "2026-11-22T09:00:00+25:00",
    ],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_time(text)


def test_times_are_shown_in_utc8() -> None:
    moment = parse_time("2026-11-22T01:00:00Z")
    assert json_time(moment) == "2026-11-22T09:00:00+08:00"
    assert from_epoch(to_epoch(moment)) == moment
    assert json_time(None) is None


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31T00:00:00+08:00", 1, "2026-02-28T00:00:00+08:00"),
        ("2028-01-31T00:00:00+08:00", 1, "2028-02-29T00:00:00+08:00"),
        ("2026-02-28T00:00:00+08:00", 1, "2026-03-28T00:00:00+08:00"),
        ("2026-11-24T00:00:00+08:00", 12, "2027-11-24T00:00:00+08:00"),
        ("2026-01-30T20:00:00+00:00", 1, "2026-02-28T04:00:00+08:00"),
    ],
)
def test_months_are_calendar_months_of_utc8(start: str, months: int, end: str) -> None:
    assert add_months(at(start), months) == at(end)


def test_no_end_leaves_the_years_that_are_kept() -> None:
    with pytest.raises(ValueError, match="years"):
        add_months(at("2199-12-01T00:00:00+08:00"), 1)


@given(
    start=st.datetimes(datetime(2000, 1, 2), datetime(2190, 1, 1)),  # noqa: DTZ001
    months=st.integers(1, 36),
)
def test_a_renewal_always_moves_the_end_on(start: datetime, months: int) -> None:
    moment = start.replace(microsecond=0, tzinfo=UTC)
    end = add_months(moment, months)
    assert end > moment
    assert end.astimezone(BEIJING).day <= moment.astimezone(BEIJING).day
