"""How a dated item shows a word beside its name, its ID and its region, as conditions.

What the columns show of an item is made of its kind, state, end and auto-renewal; here the
same texts are made for each of these that there is, so that the database can be asked for
the items that show a word without making their texts.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property

from msgspec.structs import replace

from store.i18n import _, counted
from store.items.daily_totals import DATED
from store.items.index_ranges import Arm, Sign, Span, during
from store.items.search import each
from store.items.sort_orders import (
    EXPIRED,
    MISSING,
    RELEASED,
    REMEMBERED_EXPIRED,
    REMEMBERED_RELEASED,
    RENEWS,
    SOON,
    STATES,
    STOPPED,
    UNKNOWN,
    WITHIN,
)
from store.models import Kind
from store.rules.iot import RELEASE_AFTER
from store.times import to_epoch
from tui.panes.filter_query import SEVERITY, severity_words
from tui.text import formats, labels
from tui.text.tones import Tone

DAY, ZONE = 86_400, 28_800
"""Seconds of a day, seconds from UTC to UTC+8."""

_ENTERPRISE = f"kind = '{Kind.ENTERPRISE}'"
_ON = "auto_renewal_months IS NOT NULL"
_ENDS = Arm(after="-1")
_KEPT = Arm(_ENTERPRISE, after=":lost")
_LOCAL = f"(ends_at + {ZONE})"
_CLOCK = re.compile(r"\d{0,2}(:\d{0,2}){1,2}|\d{1,2}")
_FIRST_DAY = date(1970, 1, 1).toordinal()
_MOST = 64
"""Spans of a day that a time is looked for in; one that has more of them is frequent."""

_ENDED = Arm(f"{_ON} AND missing_since IS NULL", until=":now")
_LOST = Arm(_ON, until=":lost")
_GONE = f"{_ON} AND missing_since IS NOT NULL AND ends_at > :lost"
_UNPRICED = f"{_ON} AND due_cents IS NULL"
_RUNS = "missing_since IS NULL AND ends_at > :now"
_NOT_COVERED = Arm(
    f"{_ON} AND due_cents IS NOT NULL AND {_RUNS} AND (ends_at, id) >= (:paid_end, :paid_id)",
    after=":paid_end - 1",
)
_FORGOTTEN = (
    Arm(RELEASED.beside, until=":remembered_lost"),
    Arm(EXPIRED.beside, until=":remembered"),
)
_FINE = Arm(f"{_RUNS} AND (ends_at > :soon AND ends_at > :within OR {RENEWS})")
_SEVERITIES: dict[Tone, tuple[Arm, ...]] = {
    "critical": (STOPPED, REMEMBERED_RELEASED, REMEMBERED_EXPIRED, SOON),
    "unknown": (UNKNOWN, MISSING),
    "warning": (WITHIN,),
    "ok": (*_FORGOTTEN, _FINE),
}


class Signs:
    """The signs of one account at one instant."""

    def __init__(self, db: sqlite3.Connection, account: str, now: datetime) -> None:
        self._db, self._account = db, account
        self._now, self._year = now, labels.local(now).year
        self._months = tuple(each(db, account, "auto_renewal_months", "items_by_auto_renewal"))

    @cached_property
    def _days(self) -> list[int]:
        """Read only for a word that dates may be told with."""
        return _local_days(self._db, self._account)

    def of(self, word: str, column: str = "") -> list[Sign]:
        """What shows that casefolded word, in any column or in that one."""
        by_column: dict[str, tuple[Callable[[str], Iterable[Sign]], ...]] = {
            "edition": (_of_kind,),
            "state": (_of_state,),
            "auto": (self._of_auto_renewal,),
            "ends": (self._of_days, self._of_clock, self._of_spans),
            "then": (self._of_losses,),
        }
        if column == SEVERITY:
            return list(_of_severity(word))
        asked = by_column.get(column, ()) if column else sum(by_column.values(), ())
        return [sign for part in asked for sign in part(word)]

    def _of_auto_renewal(self, word: str) -> Iterator[Sign]:
        if word in _("off").casefold():
            off = f"{_ENTERPRISE} AND auto_renewal_months IS NULL"
            yield Sign(Arm(off, "items_by_auto_renewal"))
        texts = {
            months: counted("{n} month", "{n} months", months).casefold() for months in self._months
        }
        plain = [months for months, text in texts.items() if word in text]
        for months in plain:
            yield Sign(Arm(f"auto_renewal_months = {months}", "items_by_auto_renewal"))
        unpriced = _having(word, _("{months}, price?"), texts, plain)
        if unpriced:
            arms = [Arm(f"{_GONE} AND {unpriced}", "items_missing")]
            arms += [Arm(f"{_UNPRICED} AND {_RUNS} AND {unpriced}", "items_unpriced")]
            yield from map(Sign, arms)
        uncovered = _having(word, _("{months}, short"), texts, plain)
        if uncovered:
            for arm in (_ENDED, _LOST, _NOT_COVERED):
                yield Sign(arm.met_with(Arm(uncovered)))

    def _of_days(self, word: str) -> Iterator[Sign]:
        def told(month: date) -> str:
            of_this_year = month.year == self._year
            return formats.short_day_pattern(month) if of_this_year else formats.day_pattern(month)

        yield from self._on_days(_ENDS, 0, told, word)

    def _of_losses(self, word: str) -> Iterator[Sign]:
        def coming(month: date) -> str:
            return _("deleted on {day}").format(day=formats.short_day_pattern(month))

        def gone(month: date) -> str:
            return _("deleted since {day}").format(day=formats.short_day_pattern(month))

        days = RELEASE_AFTER.days
        yield from self._on_days(_KEPT, days, coming, word)
        yield from self._on_days(RELEASED, days, gone, word)
        if word in _("no longer listed by the cloud").casefold():
            other = f"kind = '{Kind.OTHER}' AND {MISSING.condition}"
            yield Sign(Arm(other, MISSING.index))

    def _on_days(
        self, arm: Arm, later: int, told: Callable[[date], str], word: str
    ) -> Iterator[Sign]:
        """What of the arm ends so many days before a day that is told with the word: met by one
        look into a set, found run by run. `told`: the pattern of a month."""
        if not any(map(str.isdigit, word)):
            months = [date(y, n, 1) for y in (self._year, self._year + 1) for n in range(1, 13)]
            showing = sum(word in told(month).casefold() for month in months)
            if showing in {0, len(months)}:
                yield from [Sign(arm)][:showing]
                return
        days, month, pattern = list[int](), (0, 0), ""
        for day in self._days:
            shown = _date(day + later)
            if (shown.year, shown.month) != month:
                month, pattern = (shown.year, shown.month), told(shown).casefold()
            if word in pattern.replace(formats.NUMBER, str(shown.day)):
                days.append(day)
        if days:
            spans = _runs((day * DAY - ZONE, (day + 1) * DAY - ZONE) for day in days)
            sign = _in_spans(spans, f"{_LOCAL} / {DAY} IN", days)
            yield replace(sign, arm=arm.met_with(sign.arm))

    def _of_clock(self, word: str) -> Iterator[Sign]:
        """Only dates of this year are shown with a time."""
        if not _CLOCK.fullmatch(word):
            return
        low, high = _start(self._year), _start(self._year + 1)
        minutes, period, seconds = _times(word)
        met = (
            f"({_LOCAL} % {DAY} / 60 IN ({', '.join(map(str, minutes))}) OR "
            f"{_LOCAL} % {period} IN ({', '.join(map(str, seconds))}))"
        )
        times = _runs((60 * n, 60 * n + 60) for n in minutes)
        times += _runs((n + low, n + low + 1) for n in range(0, DAY, period) for low in seconds)
        days = [day for day in self._days if low <= day * DAY - ZONE < high]
        spans = [
            (day * DAY - ZONE + first, day * DAY - ZONE + last)
            for day in days
            for first, last in (times if len(times) <= _MOST else ())
        ]
        yield Sign(during(low, high, met), spans)

    def _of_spans(self, word: str) -> Iterator[Sign]:
        """The length of time until an end, or since it."""
        now = to_epoch(self._now)
        first, last = self._first_and_last()
        ahead, past = max(last - now, 0), max(now - first, 0)
        units = formats.length_patterns()
        ends = [size for size, _told in units[1:]] + [max(ahead, past) + 1]
        ago = _("{span} ago")
        for (size, told), end in zip(units, ends, strict=True):
            coming = range(int(size > 1), (min(end, ahead + 1) - 1) // size + 1)
            if numbers := _having_number(word, f"({told})", coming):
                spans = _runs((now + n * size, now + (n + 1) * size) for n in numbers)
                yield _in_spans(spans, f"(ends_at - {now}) / {size} IN", numbers)
            gone = range(1, (min(end, past + 1) - 1) // size + 1)
            if numbers := _having_number(word, f"({ago.format(span=told)})", gone):
                runs = ((now - (n + 1) * size + 1, now - n * size + 1) for n in reversed(numbers))
                yield _in_spans(_runs(runs), f"({now} - ends_at) / {size} IN", numbers)

    def _first_and_last(self) -> tuple[int, int]:
        """The first end and the last one; now, where nothing ends."""
        ends = f"FROM items INDEXED BY items_by_end WHERE account = ? AND {DATED}"
        row = self._db.execute(
            f"SELECT (SELECT min(ends_at) {ends}), (SELECT max(ends_at) {ends})",
            (self._account, self._account),
        ).fetchone()
        now = to_epoch(self._now)
        return now if row[0] is None else row[0], now if row[1] is None else row[1]


def _of_kind(word: str) -> Iterator[Sign]:
    for kind in (Kind.ENTERPRISE, Kind.OTHER):
        if word in _(labels.KINDS[kind]).casefold():
            yield Sign(Arm(f"kind = '{kind}'", "items_by_id"))


def _of_severity(word: str) -> Iterator[Sign]:
    for tone, arms in _SEVERITIES.items():
        if word in severity_words(tone).casefold():
            yield from map(Sign, arms)


def _of_state(word: str) -> Iterator[Sign]:
    for state, arms in STATES.items():
        if word in _(labels.STATES[state]).casefold():
            yield from map(Sign, arms)


def _having(word: str, sentence: str, texts: dict[int, str], plain: list[int]) -> str:
    """The months that show the word in this sentence alone, as a condition; "": none."""
    found = [
        months
        for months, text in texts.items()
        if months not in plain and word in sentence.format(months=text).casefold()
    ]
    return f"auto_renewal_months IN ({', '.join(map(str, found))})" if found else ""


def _local_days(db: sqlite3.Connection, account: str) -> list[int]:
    """The days of UTC+8 on which something ends, by a step along the index for each; in one
    row, since for each row the interpreter is given away and waited for."""
    following = (
        f"SELECT (min(ends_at) + {ZONE}) / {DAY} FROM items INDEXED BY items_by_end "  # noqa: S608
        f"WHERE account = :account AND {DATED} AND ends_at >="
    )
    rows = db.execute(
        f"WITH RECURSIVE each(day) AS ({following} 0 UNION ALL "  # noqa: S608
        f"SELECT ({following} (day + 1) * {DAY} - {ZONE}) FROM each WHERE day IS NOT NULL) "
        "SELECT json_group_array(day) FROM each WHERE day IS NOT NULL",
        {"account": account},
    )
    days: list[int] = json.loads(rows.fetchone()[0])
    return days


def _date(day: int) -> date:
    return date.fromordinal(_FIRST_DAY + day)


def _start(year: int) -> int:
    return to_epoch(datetime.fromisoformat(f"{year}-01-01T00:00:00+08:00"))


def _in_spans(spans: Sequence[Span], met_in: str, numbers: Iterable[int]) -> Sign:
    """What ends in these spans, which is met by one look into a set of numbers."""
    met = f"{met_in} ({', '.join(map(str, numbers))})" if len(spans) > 1 else "true"
    return Sign(during(spans[0][0], spans[-1][1], met), spans)


def _runs(spans: Iterable[Span]) -> list[Span]:
    """The spans, which follow one another, with those in one that touch."""
    runs = list[Span]()
    for low, high in spans:
        if runs and runs[-1][1] == low:
            runs[-1] = runs[-1][0], high
        else:
            runs.append((low, high))
    return runs


def _having_number(word: str, pattern: str, numbers: range) -> Sequence[int]:
    """The numbers that show the word in the pattern; without a digit in it all do or none."""
    before, after = pattern.casefold().split(formats.NUMBER)
    if not any(map(str.isdigit, word)):
        return numbers if word in before or word in after else ()
    return [n for n in numbers if word in f"{before}{n}{after}"]


def _times(word: str) -> tuple[list[int], int, list[int]]:
    """The minutes of a day that are told with the word, and the seconds past a full minute of
    a day, an hour or a minute, whose length comes before them."""
    told = [f"{n:02}" for n in range(60)]
    match word.split(":"):
        case [part]:
            minutes = [n for n in range(1440) if part in told[n // 60] or part in told[n % 60]]
            return minutes, 60, [n for n in range(1, 60) if part in told[n]]
        case [left, right]:
            pairs = [
                60 * high + low
                for high in range(60)
                if told[high].endswith(left)
                for low in range(60)
                if told[low].startswith(right)
            ]
            return [n for n in pairs if n < 1440], 3600, [n for n in pairs if n % 60]
        case [left, middle, right]:
            seconds = [
                3600 * hour + 60 * told.index(middle) + second
                for hour in range(24)
                if told[hour].endswith(left) and middle in told
                for second in range(1, 60)
                if told[second].startswith(right)
            ]
            return [], DAY, seconds
    return [], DAY, []
