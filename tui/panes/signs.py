"""How a dated item shows a word beside its name, its ID and its region, as conditions.

What the columns show of an item is made of its kind, state, end and auto-renewal; here the
same texts are made for each of these that there is, so that the database can be asked for
the items that show a word without making their texts.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from store.arranging import (
    EXPIRED,
    MISSING,
    RELEASED,
    REMEMBERED,
    RENEWS,
    SOON,
    STATES,
    STOPPED,
    UNKNOWN,
    WITHIN,
)
from store.days import DATED
from store.models import Kind
from store.moments import from_stamp, stamp
from store.searching import Sign, each
from store.windows import Arm
from tui.panes import words
from tui.panes.terms import SEVERITY, severity_words
from tui.text import _, counted, when
from tui.widgets.rows import Tone

DAY, ZONE, RELEASE = 86_400, 28_800, 15
"""Seconds of a day, seconds from UTC to UTC+8, days from an end to the release."""

_ENTERPRISE = f"kind = '{Kind.ENTERPRISE}'"
_ON = "auto_renewal_months IS NOT NULL"
_KEPT = f"{_ENTERPRISE} AND ends_at > :lost"
_LOCAL = f"(ends_at + {ZONE})"
_CLOCK = re.compile(r"\d{0,2}(:\d{0,2}){1,2}|\d{1,2}")

_ENDED = f"{_ON} AND missing_since IS NULL AND ends_at <= :now"
_LOST = f"{_ON} AND ends_at <= :lost"
_GONE = f"{_ON} AND missing_since IS NOT NULL AND ends_at > :lost"
_UNPRICED = f"{_ON} AND due_cents IS NULL"
_RUNS = "missing_since IS NULL AND ends_at > :now"
_NOT_COVERED = (
    f"{_ON} AND due_cents IS NOT NULL AND {_RUNS} AND (ends_at, id) >= (:paid_end, :paid_id)"
)
_FORGOTTEN = Arm(f"{RELEASED.condition} AND ends_at <= :remembered")
_FINE = Arm(f"{_RUNS} AND (ends_at > :soon AND ends_at > :within OR {RENEWS})")
_SEVERITIES: dict[Tone, tuple[Arm, ...]] = {
    "critical": (STOPPED, REMEMBERED, EXPIRED, SOON),
    "unknown": (UNKNOWN, MISSING),
    "warning": (WITHIN,),
    "ok": (_FORGOTTEN, _FINE),
}
Span = tuple[int, int]
"""From the first second to the one after the last."""


class Signs:
    """The signs of one account at one instant."""

    def __init__(self, db: sqlite3.Connection, account: str, now: datetime) -> None:
        self._now, self._year = now, words.local(now).year
        self._days = tuple(_local_days(db, account))
        self._ends, self._losses = dict[int, str](), dict[int, str]()
        for day in self._days:
            end, loss = _noon(day), _noon(day + RELEASE)
            same = end.year == self._year
            self._ends[day] = (when.short_day(end) if same else when.day(end)).casefold()
            self._losses[day] = when.short_day(loss)
        self._months = tuple(each(db, account, "auto_renewal_months", "items_by_auto_renewal"))

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
            yield Sign.of(Arm(off, "items_by_auto_renewal"))
        texts = {
            months: counted("{n} month", "{n} months", months).casefold() for months in self._months
        }
        plain = [months for months, text in texts.items() if word in text]
        for months in plain:
            yield Sign.of(Arm(f"auto_renewal_months = {months}", "items_by_auto_renewal"))
        unpriced = _having(word, _("{months}, price?"), texts, plain)
        if unpriced:
            arms = [Arm(f"{_GONE} AND {unpriced}", "items_missing")]
            arms += [Arm(f"{_UNPRICED} AND {_RUNS} AND {unpriced}", "items_unpriced")]
            yield from map(Sign.of, arms)
        uncovered = _having(word, _("{months}, short"), texts, plain)
        if uncovered:
            for condition in (_ENDED, _LOST, _NOT_COVERED):
                yield Sign.of(Arm(f"{condition} AND {uncovered}"))

    def _of_days(self, word: str) -> Iterator[Sign]:
        yield from _on_days(day for day, text in self._ends.items() if word in text)

    def _of_losses(self, word: str) -> Iterator[Sign]:
        texts = self._losses
        coming, gone = _("data lost {day}"), _("data gone since {day}")
        for sentence, condition in ((coming, _KEPT), (gone, RELEASED.condition)):
            days = [d for d, text in texts.items() if word in sentence.format(day=text).casefold()]
            if len(days) == len(texts):
                yield Sign.of(Arm(condition))
            else:
                yield from _on_days(days, condition)
        if word in _("no longer listed by the cloud").casefold():
            other = f"kind = '{Kind.OTHER}' AND {MISSING.condition}"
            yield Sign.of(Arm(other, MISSING.index))

    def _of_clock(self, word: str) -> Iterator[Sign]:
        """Only dates of this year are shown with a time."""
        if not _CLOCK.fullmatch(word):
            return
        minutes = [n for n in range(1440) if word in f"{n // 60:02}:{n % 60:02}"]
        listed = f"{_LOCAL} % {DAY} / 60 IN ({', '.join(map(str, minutes))})"
        exact = f"instr(strftime('%H:%M:%S', {_LOCAL}, 'unixepoch'), '{word}') > 0"
        year = _within((_start(self._year), _start(self._year + 1)))
        yield Sign.of(Arm(f"{year} AND ({listed} OR (ends_at % 60 AND {exact}))"))

    def _of_spans(self, word: str) -> Iterator[Sign]:
        """The length of time until an end, or since it."""
        if not self._days:
            return
        now = stamp(self._now)
        ahead = (self._days[-1] + 1) * DAY - ZONE - now
        past = now - self._days[0] * DAY + ZONE
        ago = _("{span} ago")
        for low, high in _lengths(max(ahead, past), alike=not any(map(str.isdigit, word))):
            text = when.length(timedelta(seconds=low))
            if low <= ahead and word in f"({text})".casefold():
                yield _during((now + low, now + high))
            if 0 < low <= past and word in f"({ago.format(span=text)})".casefold():
                yield _during((now - high + 1, now - low + 1))


def _of_kind(word: str) -> Iterator[Sign]:
    for kind in (Kind.ENTERPRISE, Kind.OTHER):
        if word in _(words.KINDS[kind]).casefold():
            yield Sign.of(Arm(f"kind = '{kind}'", "items_by_id"))


def _of_severity(word: str) -> Iterator[Sign]:
    for tone, arms in _SEVERITIES.items():
        if word in severity_words(tone).casefold():
            yield from map(Sign.of, arms)


def _of_state(word: str) -> Iterator[Sign]:
    for state, arms in STATES.items():
        if word in _(words.STATES[state]).casefold():
            yield from map(Sign.of, arms)


def _having(word: str, sentence: str, texts: dict[int, str], plain: list[int]) -> str:
    """The months that show the word in this sentence alone, as a condition; "": none."""
    found = [
        months
        for months, text in texts.items()
        if months not in plain and word in sentence.format(months=text).casefold()
    ]
    return f"auto_renewal_months IN ({', '.join(map(str, found))})" if found else ""


def _local_days(db: sqlite3.Connection, account: str) -> Iterator[int]:
    """Each day of UTC+8 on which something ends, by a step along the index for each."""
    low = -1
    while True:
        (end,) = db.execute(
            "SELECT min(ends_at) FROM items INDEXED BY items_by_end "  # noqa: S608
            f"WHERE account = ? AND {DATED} AND ends_at > ?",
            (account, low),
        ).fetchone()
        if end is None:
            return
        day = (end + ZONE) // DAY
        yield day
        low = (day + 1) * DAY - ZONE - 1


def _noon(day: int) -> datetime:
    return words.local(from_stamp(day * DAY - ZONE + DAY // 2))


def _start(year: int) -> int:
    return stamp(datetime.fromisoformat(f"{year}-01-01T00:00:00+08:00"))


def _within(span: Span) -> str:
    return f"ends_at >= {span[0]} AND ends_at < {span[1]}"


def _during(span: Span) -> Sign:
    return Sign.of(Arm(_within(span)))


def _on_days(days: Iterable[int], condition: str = "true") -> Iterator[Sign]:
    """What ends on these local days: met by one look into a set, found run by run."""
    listed = sorted(days)
    if not listed:
        return
    met = f"{condition} AND {_LOCAL} / {DAY} IN ({', '.join(map(str, listed))})"
    runs = list[Span]()
    for day in listed:
        low = day * DAY - ZONE
        if runs and runs[-1][1] == low:
            runs[-1] = runs[-1][0], low + DAY
        else:
            runs.append((low, low + DAY))
    yield Sign(met, [Arm(f"{condition} AND {_within(run)}") for run in runs])


def _lengths(most: int, *, alike: bool) -> Iterator[Span]:
    """The lengths up to that many seconds that are told alike, to the number or but for it."""
    yield 0, 1
    for size, end in ((1, 60), (60, 3600), (3600, DAY), (DAY, max(most, DAY) + 1)):
        if alike:
            yield size, end
            continue
        for seconds in range(size, min(end, most + 1), size):
            yield seconds, seconds + size
