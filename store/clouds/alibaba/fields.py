"""Values in the billing API's formats: amounts with separators, times in UTC, IDs as numbers.

The API's own models check nothing, so everything is read from plain JSON values. Each function
returns None for a value that it cannot read; the caller decides whether that is allowed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from store.errors import Unreachable
from store.i18n import _
from store.times import BEIJING, LAST_YEAR, within_years

Row = Mapping[str, Any]

_AMOUNT = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_LONGEST_AMOUNT = 40
_LARGEST_AMOUNT = Decimal(10) ** 24
"""Above any real balance, price or quantity of bytes; a larger number is not an amount."""
_LONGEST_TIME = 32
_LONGEST_TEXT = 1000
"""Longer than any real ID, code or name of the API."""
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


def amount(value: object) -> Decimal | None:
    """The number of `1,234.56`, `1234.56` or a JSON number; None for anything else."""
    number = _number(value)
    return number if number is not None and abs(number) < _LARGEST_AMOUNT else None


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Decimal(str(value)) if math.isfinite(value) else None
    if not isinstance(value, str):
        return None
    written = value.strip().replace("，", ",")
    if len(written) > _LONGEST_AMOUNT or not _AMOUNT.fullmatch(written):
        return None
    return Decimal(written.replace(",", ""))


def needed_amount(row: Row, field: str, where: str) -> Decimal:
    """The amount in a field. Raises `Unreachable`, naming the field and its value, if there is
    none."""
    number = amount(row.get(field))
    if number is None:
        raise unreadable(where, field, row.get(field), _("an amount"))
    return number


def optional_amount(row: Row, field: str, where: str) -> Decimal | None:
    """The amount in a field; None if the field is missing or empty.

    Raises `Unreachable`, naming the field and its value, for anything else that is not an amount.
    """
    value = row.get(field)
    return None if value is None or value == "" else needed_amount(row, field, where)


def instant_field(row: Row, field: str, where: str) -> datetime | None:
    """The `instant` in a field of the row."""
    return instant(row.get(field), field, where)


def instant(value: object, field: str, where: str = "") -> datetime | None:
    """The instant of the field's value, to the second; None if there is none, or for "never".

    Raises `Unreachable`, naming the field and its value, for a text that is not a time.
    """
    if value is None or value == "":
        return None
    try:
        return _parse_time(value if isinstance(value, str) and len(value) <= _LONGEST_TIME else "")
    except ValueError as error:
        expected = _("a time such as 2026-12-01T16:00:00Z")
        raise unreadable(where, field, value, expected) from error


@lru_cache(maxsize=1024)
def _parse_time(written: str) -> datetime | None:
    """Cached: subscriptions end at midnight, so many items share few instants."""
    if not _TIME.fullmatch(written):
        raise ValueError(written)
    moment = datetime.fromisoformat(written)
    return moment.astimezone(BEIJING) if within_years(moment) else None


def format_time(moment: datetime) -> str:
    """The instant as the API takes it: `2026-12-01T16:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_never(value: object) -> bool:
    """Whether the value is a time after every supported year, as the cloud writes "never"."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return False
    return int(value[:4]) > LAST_YEAR


def text(value: object) -> str:
    """The text of a field that is a string or a whole number; empty for anything else, and for
    texts longer than any real field.

    JSON can contain half a character (a lone surrogate), which databases reject: it becomes its
    six-character escape, `\\ud800`.
    """
    if isinstance(value, str):
        if len(value) > _LONGEST_TEXT:
            return ""
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def currency_of(row: Row) -> str | None:
    """The currency code of a row, such as `CNY`; None if it has no valid one."""
    code = row.get("Currency")
    return code if isinstance(code, str) and _CURRENCY.fullmatch(code) else None


def whole(value: object) -> int | None:
    """The whole number of `14` or `"14"`; None for anything else, and for less than 0."""
    written = text(value)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else None


def is_empty(value: object) -> bool:
    """Whether a list is absent: missing, null, or the empty text of a converted XML answer."""
    return value is None or value == ""


def mapping(value: object, where: str) -> Row:
    """The value as a JSON object. Raises `Unreachable` for anything else."""
    if not isinstance(value, dict):
        raise unreadable(where, "", value, _("an object"))
    return value


def rows(value: object, where: str) -> list[Row]:
    """The value as a list of JSON objects; an absent list is empty. Raises `Unreachable` for
    anything else."""
    if is_empty(value):
        return []
    if not isinstance(value, list):
        raise unreadable(where, "", value, _("a list"))
    return [mapping(entry, where) for entry in value]


def inner_list(row: Row, outer: str, inner: str) -> list[object]:
    """The list in a field of an object, `{outer: {inner: […]}}`; empty for anything else."""
    wrapper = row.get(outer)
    value = wrapper.get(inner) if isinstance(wrapper, dict) else None
    return value if isinstance(value, list) else []


def unreadable(where: str, field: str, value: object, expected: str) -> Unreachable:
    """The error of an answer whose shape differs from the documentation."""
    return Unreachable(
        _(
            "the cloud's answer cannot be read: {place} is {found}, expected "
            "{expected}. Stored data is unchanged; sync again later."
        ).format(place=f"{where} {field}".rstrip(), found=_short(value), expected=expected)
    )


def _short(value: object) -> str:
    if value is None:
        return _("missing")
    written = repr(value)
    return written if len(written) <= 60 else f"{written[:60]}…"
