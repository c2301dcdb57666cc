"""Instants, lengths of time, amounts and lists as a person reads them, in the language in use.

Every instant is shown in UTC+8, with its year unless that is the year of `now`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from store.i18n import N_, _
from store.money import format_money
from store.sanitize import plain
from store.times import BEIJING

_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip

_UNITS = (
    (N_("{n} d"), 86_400), (N_("{n} h"), 3_600), (N_("{n} min"), 60), (N_("{n} s"), 1),
)  # fmt: skip
"""The units of a length, each with its seconds."""


def local(moment: datetime) -> datetime:
    """The instant in the zone in which times are shown."""
    return moment.astimezone(BEIJING)


def zone(moment: datetime) -> str:
    """The instant's offset: `UTC+8`, `UTC`, `UTC-3:30`."""
    offset = moment.utcoffset() or timedelta()
    sign, minutes = ("-" if offset < timedelta() else "+"), abs(offset) // timedelta(minutes=1)
    if not minutes:
        return "UTC"
    hours, rest = divmod(minutes, 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def day(moment: date | None, now: date | None = None) -> str:
    """`24 Nov 2026`, in the year of `now` `24 Nov`; nothing for None."""
    if moment is None:
        return ""
    moment, now = _local_day(moment), now and _local_day(now)
    month = _(_MONTHS[moment.month - 1])
    if now is not None and now.year == moment.year:
        return _("{day} {month}").format(day=moment.day, month=month)
    return _("{day} {month} {year}").format(day=moment.day, month=month, year=moment.year)


def _local_day(moment: date) -> date:
    return local(moment) if isinstance(moment, datetime) else moment


def clock(moment: datetime) -> str:
    """`09:00`; with seconds unless they are 0."""
    moment = local(moment)
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def instant(moment: datetime | None, now: datetime | None = None) -> str:
    """`24 Nov 2026 09:00`, in the year of `now` `24 Nov 09:00`; nothing for None."""
    return "" if moment is None else f"{day(moment, now)} {clock(moment)}"


def instant_with_zone(moment: datetime) -> str:
    """`24 Nov 2026 09:00 UTC+8`, for texts that do not name the zone."""
    return f"{instant(moment)} {zone(local(moment))}"


def countdown(moment: datetime | None, now: datetime | None) -> str:
    """`24 Nov 09:00 (2 d)`, `20 Nov 09:00 (2 d ago)`; of another year without the time of day."""
    if moment is None or now is None:
        return instant(moment)
    same_year = local(now).year == local(moment).year
    text = instant(moment, now) if same_year else day(moment)
    span = length(moment - now)
    if moment < now:
        span = _("{span} ago").format(span=span)
    return f"{text} ({span})"


def length(span: timedelta) -> str:
    """The length in its largest unit, rounded down: `2 d`, `21 h`, `5 min`, `40 s`."""
    seconds = abs(span) // timedelta(seconds=1)
    text, size = next((unit for unit in _UNITS if seconds >= unit[1]), _UNITS[-1])
    return _(text).format(n=seconds // size)


def amount(value: Decimal | None, currency: str = "") -> str:
    """`CNY 1,240.00`; an unknown amount says so."""
    if value is None:
        return _("unknown")
    return format_money(value, plain(currency)) if currency else f"{value:,.2f}"


def joined(names: Iterable[str]) -> str:
    """The names as a list: `Player, Short Video`, in Chinese with its own comma for lists."""
    text, *others = list(names) or [""]
    for name in others:
        text = _("{names}, {name}").format(names=text, name=name)
    return text


def sentences(parts: Iterable[str]) -> str:
    """The sentences as one text, in Chinese without spaces between them. Empty ones are skipped."""
    text, *others = [part for part in parts if part] or [""]
    for part in others:
        text = _("{sentences} {sentence}").format(sentences=text, sentence=part)
    return text


def with_aside(text: str, aside: str) -> str:
    """The text with a remark in brackets behind it."""
    return _("{text} ({aside})").format(text=text, aside=aside)


def clause(sentence: str | None) -> str:
    """The sentence without its full stop, so that the text can go on after it."""
    return (sentence or "").rstrip(".。")


def fill(text: str, now: datetime | None = None, /, **values: str | datetime | None) -> str:
    """The text with these values; None as "unknown". Instants are told with year and zone, or as on
    a screen that shows `now` with its zone."""
    return text.format_map({name: _value_text(value, now) for name, value in values.items()})


def _value_text(value: str | datetime | None, now: datetime | None) -> str:
    if value is None:
        return _("unknown")
    if isinstance(value, str):
        return value
    return instant_with_zone(value) if now is None else instant(value, now)
