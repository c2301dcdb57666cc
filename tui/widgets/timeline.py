"""Draws a timeline of an item: now, its end, its next state, the deletion of its data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from textual.content import Content

from store import formats
from store.i18n import _
from store.sanitize import plain
from tui.text.cells import cells, fit
from tui.text.tones import SIGNS, TONE_STYLES, Tone

NOW = "●"
LONGEST_SPAN = 28


class TimelineEvent(Struct, frozen=True):
    """Something that happened or will happen."""

    at: datetime
    label: str
    tone: Tone = "ok"
    mark: str | None = None
    """Its mark on the line; None: that of its tone."""


def timeline_lines(events: Sequence[TimelineEvent], now: datetime, width: int) -> list[Content]:
    """The events and `now` in order of time, side by side, or below each other if they do not fit;
    each line has at most `width` cells."""
    ordered = _in_order(events, now)
    blocks = [_block(ordered, index, now) for index in range(len(ordered))]
    needed = sum(blocks)
    if needed <= width:
        spare = min((width - needed) // max(1, len(blocks) - 1), LONGEST_SPAN)
        widths = [block + spare for block in blocks[:-1]] + blocks[-1:]
        return _horizontal(ordered, now, widths)
    return _vertical(ordered, now, width)


def _in_order(events: Sequence[TimelineEvent], now: datetime) -> list[TimelineEvent]:
    """Sorted by time, with `now` before events at its instant."""
    return sorted([TimelineEvent(now, _("now"), mark=NOW), *events], key=lambda event: event.at)


def _mark(event: TimelineEvent) -> str:
    mark = SIGNS[event.tone] if event.mark is None else event.mark
    return fit(plain(mark), 1) if mark.strip() else "○"


def _date(event: TimelineEvent, now: datetime, *, long: bool = False) -> str:
    if event.mark == NOW:
        return f"{formats.instant(event.at, None if long else now)} {formats.zone(now)}"
    return formats.instant(event.at, None if long else now)


def _span(ordered: Sequence[TimelineEvent], index: int) -> str:
    """The time from the event to the next one; "" if they coincide."""
    length = ordered[index + 1].at - ordered[index].at
    return "" if length < timedelta(seconds=1) else formats.length(length)


def _block(ordered: Sequence[TimelineEvent], index: int, now: datetime) -> int:
    """The least width of an event and the line to the next one."""
    event = ordered[index]
    needed = max(cells(plain(event.label)), cells(_date(event, now)))
    if index == len(ordered) - 1:
        return needed
    return max(needed + 2, cells(_span(ordered, index)) + 8)


def _horizontal(
    ordered: Sequence[TimelineEvent], now: datetime, widths: Sequence[int]
) -> list[Content]:
    line, labels, dates = Content(""), Content(""), Content("")
    for index, (event, width) in enumerate(zip(ordered, widths, strict=True)):
        style = TONE_STYLES[event.tone]
        line += Content.styled(_mark(event), style)
        if index < len(ordered) - 1:
            line += _rule(_span(ordered, index), width - 1)
        labels += Content.styled(fit(plain(event.label), width), style)
        dates += fit(_date(event, now), width)
    return [line, labels, dates]


def _rule(span: str, width: int) -> str:
    text = f" {span} " if span else ""
    left = (width - cells(text)) // 2
    return "─" * left + text + "─" * (width - left - cells(text))


def _vertical(ordered: Sequence[TimelineEvent], now: datetime, width: int) -> list[Content]:
    dates = [_date(event, now, long=True) for event in ordered]
    widest = max(cells(date) for date in dates)
    lines = []
    for index, (event, date) in enumerate(zip(ordered, dates, strict=True)):
        room = width - widest - 4
        mark = Content.styled(_mark(event), TONE_STYLES[event.tone])
        label = Content.styled(plain(event.label), TONE_STYLES[event.tone])
        if cells(label.plain) <= room:
            lines.append(mark + f" {fit(date, widest)}  " + label)
        else:
            lines.append(mark + " " + fit(date, min(widest, max(1, width - 2))))
            lines += ["  " + part for part in label.wrap(max(4, width - 2))]
        if index < len(ordered) - 1:
            lines.append(Content(fit(f"│ {_span(ordered, index)}", width).rstrip()))
    return [line if isinstance(line, Content) else Content(line) for line in lines]
