"""Instants and lengths of time as a person reads them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from store.i18n import N_, _

_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip

_UNITS = (
    (N_("{n} d"), 86_400), (N_("{n} h"), 3_600), (N_("{n} min"), 60), (N_("{n} s"), 1),
)  # fmt: skip
"""The units of a length, each with its seconds."""

NUMBER = "\0"
"""What stands for a number in a pattern: no text has it."""


def zone(moment: datetime) -> str:
    """The instant's offset: `UTC+8`, `UTC`, `UTC-3:30`."""
    offset = moment.utcoffset() or timedelta()
    sign, minutes = ("-" if offset < timedelta() else "+"), abs(offset) // timedelta(minutes=1)
    if not minutes:
        return "UTC"
    hours, rest = divmod(minutes, 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def day(moment: date) -> str:
    """`24 Nov 2026`; a language that writes months as numbers has them as its words."""
    return day_pattern(moment).replace(NUMBER, str(moment.day))


def short_day(moment: date) -> str:
    """`24 Nov`"""
    return short_day_pattern(moment).replace(NUMBER, str(moment.day))


def day_pattern(month: date) -> str:
    """How `day` tells the days of that month, with `NUMBER` for their number."""
    return _("{day} {month} {year}").format(
        day=NUMBER, month=_(_MONTHS[month.month - 1]), year=month.year
    )


def short_day_pattern(month: date) -> str:
    """How `short_day` tells the days of that month, with `NUMBER` for their number."""
    return _("{day} {month}").format(day=NUMBER, month=_(_MONTHS[month.month - 1]))


def clock(moment: datetime) -> str:
    """`09:00`, with seconds only where there are some."""
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def length(span: timedelta) -> str:
    """How long, in its largest unit, rounded down: `2 d`, `21 h`, `5 min`, `40 s`."""
    seconds = abs(span) // timedelta(seconds=1)
    words, size = next((unit for unit in _UNITS if seconds >= unit[1]), _UNITS[-1])
    return _(words).format(n=seconds // size)


def length_patterns() -> list[tuple[int, str]]:
    """The units of a length, the smallest first: the seconds of each, and how `length` tells
    it, with `NUMBER` for the number."""
    return [(size, _(words).format(n=NUMBER)) for words, size in reversed(_UNITS)]
