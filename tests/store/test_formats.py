"""Instants, lengths, amounts and lists, as a person reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from store import formats
from store.times import BEIJING
from tui import text

MOMENT = datetime(2026, 11, 24, 9, 0, tzinfo=BEIJING)
NEW_YEAR = datetime(2027, 1, 1, 0, 0, tzinfo=BEIJING)
SECOND = timedelta(seconds=1)


def test_the_year_is_shown_unless_it_is_this_one() -> None:
    assert formats.day(MOMENT) == "24 Nov 2026"
    assert formats.day(MOMENT, NEW_YEAR - SECOND) == "24 Nov"
    assert formats.day(MOMENT, NEW_YEAR) == "24 Nov 2026"
    assert formats.day(date(2026, 11, 24), NEW_YEAR - SECOND) == "24 Nov"
    assert formats.instant(MOMENT) == "24 Nov 2026 09:00"
    assert formats.instant(MOMENT, NEW_YEAR - SECOND) == "24 Nov 09:00"
    assert formats.instant(MOMENT, NEW_YEAR) == "24 Nov 2026 09:00"
    assert formats.instant(None) == formats.day(None) == ""


def test_chinese_puts_no_space_between_sentences() -> None:
    assert formats.sentences(["One.", "", "Two."]) == "One. Two."
    assert formats.with_aside("CNY 1.00", "owed 2.00") == "CNY 1.00 (owed 2.00)"
    assert formats.sentences([]) == ""
    text.use_language("zh")
    assert formats.sentences(["一。", "二。"]) == "一。二。"
    assert formats.with_aside("¥1.00", "欠费 2.00") == "¥1.00（欠费 2.00）"


def test_an_instant_is_shown_in_utc8() -> None:
    utc = datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert formats.instant(utc) == "1 Jan 2027 00:00"
    assert formats.day(utc - SECOND, utc) == "31 Dec 2026"
    assert formats.instant_with_zone(utc) == "1 Jan 2027 00:00 UTC+8"


def test_seconds_are_shown_unless_zero() -> None:
    assert formats.clock(MOMENT) == "09:00"
    assert formats.clock(MOMENT + timedelta(seconds=5)) == "09:00:05"


def test_a_zone_is_its_offset() -> None:
    assert formats.zone(MOMENT) == "UTC+8"
    assert formats.zone(MOMENT.astimezone(UTC)) == "UTC"
    assert formats.zone(MOMENT.astimezone(timezone(-timedelta(hours=3, minutes=30)))) == "UTC-3:30"


def test_a_countdown_shows_how_long() -> None:
    assert formats.countdown(MOMENT, MOMENT - timedelta(days=2)) == "24 Nov 09:00 (2 d)"
    assert formats.countdown(MOMENT, MOMENT) == "24 Nov 09:00 (0 s)"
    assert formats.countdown(MOMENT, MOMENT + SECOND) == "24 Nov 09:00 (1 s ago)"
    assert formats.countdown(NEW_YEAR, MOMENT) == "1 Jan 2027 (37 d)"
    assert formats.countdown(MOMENT, None) == "24 Nov 2026 09:00"


def test_lengths_are_rounded_down_to_their_largest_unit() -> None:
    assert formats.length(timedelta(days=2, hours=23)) == "2 d"
    assert formats.length(timedelta(hours=23, minutes=59)) == "23 h"
    assert formats.length(timedelta(seconds=-61)) == "1 min"
    assert formats.length(timedelta()) == "0 s"


def test_an_unknown_amount_is_not_0() -> None:
    assert formats.amount(None) == formats.amount(None, "CNY") == "unknown"
    assert formats.amount(Decimal(0), "CNY") == "CNY 0.00"
    assert formats.amount(Decimal("1240.5"), "CNY") == "CNY 1,240.50"
    assert formats.amount(Decimal("-3"), "C\x1b") == "C␛ -3.00"
    assert formats.amount(Decimal(3)) == "3.00"


def test_chinese_writes_days_and_lists_by_its_rules() -> None:
    text.use_language("zh")
    assert formats.instant(MOMENT) == "2026年11月24日 09:00"
    assert formats.day(MOMENT, MOMENT) == "11月24日"
    assert formats.joined(["Player", "Short Video", "{x}"]) == "Player、Short Video、{x}"
    text.use_language("en")
    assert formats.joined(["Player", "Short Video", "{x}"]) == "Player, Short Video, {x}"
    assert formats.joined([]) == ""
