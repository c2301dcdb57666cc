"""Instants and durations: aware, in whole seconds, with `now` as an argument."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from store.errors import Usage
from store.i18n import _

BEIJING = timezone(timedelta(hours=8))
"""UTC+8, the time zone of the China site and of all billing months and midnights."""

FIRST_YEAR, LAST_YEAR = 2000, 2199
_FIRST_MOMENT, _AFTER_LAST = (
    datetime(year, 1, 1, tzinfo=BEIJING).astimezone(UTC) for year in (FIRST_YEAR, LAST_YEAR + 1)
)
_EPOCH, _DAY = datetime.fromtimestamp(0, BEIJING), 86_400
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", re.ASCII)
_DURATION = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", re.ASCII)
_LONGEST = timedelta(days=366 * (LAST_YEAR - FIRST_YEAR + 1))


def parse_time(text: str) -> datetime:
    """The instant of `YYYY-MM-DDTHH:MM:SS` with `Z` or an offset, years 2000 to 2199.

    Raises ValueError for anything else.
    """
    if not _TIME.fullmatch(text):
        raise ValueError("not YYYY-MM-DDTHH:MM:SS with Z or an offset")
    moment = datetime.fromisoformat(text)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR or not within_years(moment):
        raise ValueError(f"not in the years {FIRST_YEAR} to {LAST_YEAR}")
    return moment


def within_years(moment: datetime) -> bool:
    """Whether the instant is in the supported years, in UTC+8."""
    return _FIRST_MOMENT <= moment < _AFTER_LAST


def parse_duration(text: str) -> timedelta:
    """The length of `3d12h`: one or more of Nw Nd Nh Nm Ns, in that order.

    Raises `Usage` for anything else.
    """
    match = _DURATION.fullmatch(text)
    if not text or match is None:
        raise Usage(
            _(
                "{text!r} is not a duration: use a number with a unit (w, d, h, m or "
                "s), such as 30d or 3d12h"
            ).format(text=text)
        )
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    try:
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        length = timedelta.max
    if length > _LONGEST:
        raise Usage(_("{text!r} is longer than {days} days").format(text=text, days=_LONGEST.days))
    return length


def to_epoch(moment: datetime) -> int:
    """The instant in whole seconds since 1970, for databases."""
    since = moment - _EPOCH
    return since.days * _DAY + since.seconds


def from_epoch(seconds: int) -> datetime:
    """The instant of whole seconds since 1970, in UTC+8."""
    return datetime.fromtimestamp(seconds, BEIJING)


def epoch_or_none(moment: datetime | None) -> int | None:
    """The instant in whole seconds since 1970; None for None."""
    return None if moment is None else to_epoch(moment)


def instant_or_none(seconds: int | None) -> datetime | None:
    """The instant of whole seconds since 1970; None for None."""
    return None if seconds is None else from_epoch(seconds)


def json_time(moment: datetime | None) -> str | None:
    """The instant for JSON: ISO 8601, to the second, in UTC+8."""
    return None if moment is None else moment.astimezone(BEIJING).isoformat(timespec="seconds")


def system_now() -> datetime:
    """The machine's clock, to the second, in UTC+8, since instants in one zone compare fastest.
    Only the outermost code calls this."""
    return datetime.now(BEIJING).replace(microsecond=0)


def add_months(moment: datetime, months: int) -> datetime:
    """The instant this many calendar months later, counted in UTC+8.

    If that month lacks the day, the result is its last day, which later additions keep (Alibaba
    Cloud: Renewal guide, 2026-03-30). Raises ValueError outside the supported years.
    """
    import pendulum

    start = pendulum.instance(moment.astimezone(BEIJING))
    try:
        result = start.add(months=months)
    except (OverflowError, ValueError) as error:
        raise ValueError("outside the years that are kept") from error
    if result.year > LAST_YEAR:
        raise ValueError("outside the years that are kept")
    return datetime(
        result.year,
        result.month,
        result.day,
        result.hour,
        result.minute,
        result.second,
        tzinfo=BEIJING,
    )


def months_between(begins: datetime | None, ends: datetime | None) -> int | None:
    """The term in whole months, in UTC+8; None if it is not a whole number.

    A term that began within a day ends at that day's or the next midnight.
    """
    if begins is None or ends is None or ends <= begins:
        return None
    start, end = begins.astimezone(BEIJING), ends.astimezone(BEIJING)
    guess = (end.year - start.year) * 12 + end.month - start.month
    for months in (guess, guess - 1):
        if months > 0 and abs(add_months(start, months) - end) <= timedelta(days=1):
            return months
    return None
