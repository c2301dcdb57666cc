"""The way of an item through time: now, its end, the stop, the loss of its data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct
from textual.content import Content

from store import formats
from store.i18n import _
from tui.cells import cells, fit, plain
from tui.text.tones import SIGNS, TONE_STYLES, Tone
from tui.widgets.fitted_text import FittedText

NOW = "●"
LONGEST_SPAN = 28


class Event(Struct, frozen=True):
    """Something that happened or will happen. `at` None: nobody knows when."""

    at: datetime | None
    label: str
    tone: Tone = "ok"
    sign: str | None = None
    """What stands on the line; None: the sign of its tone."""


class Timeline(FittedText):
    """Draws events lying down where there is room, standing up where there is not."""

    DEFAULT_CSS = """
    Timeline { height: auto; }
    """

    def show(self, events: Sequence[Event], now: datetime) -> None:
        """Shows the events around `now`, in whose zone all times are told."""
        self.fit(partial(_drawn, tuple(events), now))


def _drawn(events: Sequence[Event], now: datetime, width: int) -> Content:
    return Content("\n").join(timeline_lines(events, now, width))


def timeline_lines(events: Sequence[Event], now: datetime, width: int) -> list[Content]:
    """The events and `now` in the order of time, as lines of at most `width` cells."""
    ordered = _in_order(events, now)
    blocks = [_block(ordered, place, now) for place in range(len(ordered))]
    needed = sum(blocks)
    if needed <= width:
        spare = min((width - needed) // max(1, len(blocks) - 1), LONGEST_SPAN)
        widths = [block + spare for block in blocks[:-1]] + blocks[-1:]
        return _lying(ordered, now, widths)
    return _standing(ordered, now, width)


def _in_order(events: Sequence[Event], now: datetime) -> list[Event]:
    """By time, `now` before what happens at the same instant, what has no time at the end."""
    known = [event for event in events if event.at is not None]
    here = Event(now, _("now"), sign=NOW)
    ordered = sorted([here, *known], key=lambda event: event.at or now)
    return ordered + [event for event in events if event.at is None]


def _sign(event: Event) -> str:
    sign = SIGNS[event.tone] if event.sign is None else event.sign
    return fit(plain(sign), 1) if sign.strip() else "○"


def _date(event: Event, now: datetime, *, long: bool = False) -> str:
    if event.at is None:
        return _("unknown")
    if event.sign == NOW:
        return f"{formats.instant(event.at, None if long else now)} {formats.zone(now)}"
    return formats.instant(event.at, None if long else now)


def _span(ordered: Sequence[Event], place: int) -> str:
    """How long from the event to the one after it; nothing where they coincide."""
    first, second = ordered[place].at, ordered[place + 1].at
    if first is None or second is None or second - first < timedelta(seconds=1):
        return ""
    return formats.length(second - first)


def _block(ordered: Sequence[Event], place: int, now: datetime) -> int:
    """The cells that an event takes at least, with the line to the one after it."""
    event = ordered[place]
    needed = max(cells(plain(event.label)), cells(_date(event, now)))
    if place == len(ordered) - 1:
        return needed
    return max(needed + 2, cells(_span(ordered, place)) + 8)


def _lying(ordered: Sequence[Event], now: datetime, widths: Sequence[int]) -> list[Content]:
    line, labels, dates = Content(""), Content(""), Content("")
    for place, (event, width) in enumerate(zip(ordered, widths, strict=True)):
        style = TONE_STYLES[event.tone]
        line += Content.styled(_sign(event), style)
        if place < len(ordered) - 1:
            line += _rule(_span(ordered, place), width - 1)
        labels += Content.styled(fit(plain(event.label), width), style)
        dates += fit(_date(event, now), width)
    return [line, labels, dates]


def _rule(span: str, width: int) -> str:
    told = f" {span} " if span else ""
    left = (width - cells(told)) // 2
    return "─" * left + told + "─" * (width - left - cells(told))


def _standing(ordered: Sequence[Event], now: datetime, width: int) -> list[Content]:
    dates = [_date(event, now, long=True) for event in ordered]
    widest = max(cells(date) for date in dates)
    lines = []
    for place, (event, date) in enumerate(zip(ordered, dates, strict=True)):
        room = width - widest - 4
        sign = Content.styled(_sign(event), TONE_STYLES[event.tone])
        label = Content.styled(plain(event.label), TONE_STYLES[event.tone])
        if cells(label.plain) <= room:
            lines.append(sign + f" {fit(date, widest)}  " + label)
        else:
            lines.append(sign + " " + fit(date, min(widest, max(1, width - 2))))
            lines += ["  " + part for part in label.wrap(max(4, width - 2))]
        if place < len(ordered) - 1:
            lines.append(Content(fit(f"│ {_span(ordered, place)}", width).rstrip()))
    return [line if isinstance(line, Content) else Content(line) for line in lines]
