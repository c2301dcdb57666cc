"""Strict reading of a JSON document: each error names the field by its path."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from store.errors import BadFile
from store.files.decoding import decode_text
from store.i18n import _
from store.inputs import EXPECTED_ID, LONGEST_TEXT, is_amount, is_id
from store.times import parse_time

T = TypeVar("T")
Reader = Callable[[object, str], T]
"""Checks a JSON value, given the path of its field; raises `BadFile`."""

MOST_BYTES = 64 * 1024 * 1024
SHOWN = 80
WHOLE_FILE = "the file"
_QUANTITY = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


class _Object(dict[str, object]):
    """A JSON object that records a duplicate field."""

    repeated: str | None = None


def load_document(path: Path) -> object:
    """The JSON document in the file, at most 64 MiB of UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadFile(quote_text(str(path)), reason, _("a readable file")) from error
    if len(raw) > MOST_BYTES:
        raise BadFile(WHOLE_FILE, _("more than 64 MiB"), _("at most 64 MiB"))
    try:
        return json.loads(decode_text(raw), object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise BadFile(
            WHOLE_FILE, _("byte {start} is not UTF-8").format(start=error.start), _("JSON in UTF-8")
        ) from error
    except RecursionError as error:
        raise BadFile(WHOLE_FILE, _("too many nested values"), _("a scenario")) from error
    except ValueError as error:
        raise BadFile(WHOLE_FILE, quote_text(str(error)), "JSON") from error


def _object(pairs: list[tuple[str, object]]) -> _Object:
    read = _Object(pairs)
    if len(read) < len(pairs):
        read.repeated = Counter(name for name, _ in pairs).most_common(1)[0][0]
    return read


class Fields:
    """The fields of one JSON object, each read once; unread ones are rejected."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, dict):
            raise BadFile(path or WHOLE_FILE, show_value(value), _("an object"))
        self.path = path
        self._left = dict(value)
        repeated = getattr(value, "repeated", None)
        if repeated is not None:
            raise BadFile(self.at(repeated), _("the field twice"), _("each field once"))

    def at(self, name: str) -> str:
        """The path of this object's field."""
        name = name if _PLAIN_NAME.fullmatch(name) else quote_text(name)
        return f"{self.path}.{name}" if self.path else name

    def take(self, name: str, reader: Reader[T]) -> T:
        """The value of a required field."""
        if name not in self._left:
            raise BadFile(self.at(name), _("nothing"), _("this field"))
        return reader(self._left.pop(name), self.at(name))

    def take_optional(self, name: str, reader: Reader[T]) -> T | None:
        """The value of an optional field, which may be missing or null."""
        value = self._left.pop(name, None)
        return None if value is None else reader(value, self.at(name))

    def finish(self) -> None:
        """Reject unread fields."""
        for name in self._left:
            raise BadFile(self.at(name), _("an unknown field"), _("only known fields"))


def show_value(value: object) -> str:
    """The value, shortened and safe to print."""
    if isinstance(value, str):
        return quote_text(value)
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return f"the number {value!r}"[:SHOWN]


def quote_text(value: str) -> str:
    """The text in quotes, shortened to fit in a sentence."""
    return ascii(value) if len(value) <= SHOWN else ascii(value[:SHOWN]) + "…"


def text(value: object, path: str) -> str:
    """Any Unicode text of at most 1,000 characters, without lone surrogates."""
    if not isinstance(value, str):
        raise BadFile(path, show_value(value), _("a text"))
    if len(value) > LONGEST_TEXT:
        raise BadFile(
            path,
            _("{value} characters").format(value=len(value)),
            _("at most {n} characters").format(n=LONGEST_TEXT),
        )
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise BadFile(path, show_value(value), _("a text without lone surrogates"))
    return value


def identifier(value: object, path: str) -> str:
    """An ID: 1 to 64 ASCII letters, digits and `_.:-`."""
    if not isinstance(value, str) or not is_id(value):
        raise BadFile(path, show_value(value), _(EXPECTED_ID))
    return value


def identifier_or_empty(value: object, path: str) -> str:
    """An ID, or an empty text for an ID that the console does not show."""
    return "" if value == "" else identifier(value, path)


def amount(value: object, path: str) -> Decimal:
    """Money: a text of digits with at most two decimals."""
    if not isinstance(value, str) or not is_amount(value):
        raise BadFile(
            path, show_value(value), _('a text of at most 15 digits and 2 decimals ("12.40")')
        )
    return Decimal(value)


def quantity(value: object, path: str) -> Fraction:
    """A plan's amount: a text of digits with at most nine decimals."""
    if not isinstance(value, str) or not _QUANTITY.fullmatch(value):
        raise BadFile(
            path, show_value(value), _('a text of at most 15 digits and 9 decimals ("37.5")')
        )
    return Fraction(value)


def currency(value: object, path: str) -> str:
    """A currency's three letters."""
    if not isinstance(value, str) or not _CURRENCY.fullmatch(value):
        raise BadFile(path, show_value(value), _("three capital letters (CNY)"))
    return value


def instant(value: object, path: str) -> datetime:
    """An instant with its offset, in the years 2000 to 2199."""
    expected = "YYYY-MM-DDTHH:MM:SS with Z or an offset, years 2000 to 2199"
    if not isinstance(value, str):
        raise BadFile(path, show_value(value), expected)
    try:
        return parse_time(value)
    except (ValueError, OverflowError) as error:
        raise BadFile(path, show_value(value), expected) from error


def whole(lowest: int, highest: int) -> Reader[int]:
    """A JSON integer in this range, bounds included."""

    def read(value: object, path: str) -> int:
        if type(value) is not int or not lowest <= value <= highest:
            raise BadFile(
                path,
                show_value(value),
                _("a whole number from {lowest} to {highest}").format(
                    lowest=lowest, highest=highest
                ),
            )
        return value

    return read


def one_of(values: Sequence[str]) -> Reader[str]:
    """One of these texts."""

    def read(value: object, path: str) -> str:
        if not isinstance(value, str) or value not in values:
            raise BadFile(path, show_value(value), "one of " + ", ".join(values))
        return value

    return read


def or_null(reader: Reader[T]) -> Reader[T | None]:
    """A value that the reader accepts, or null."""

    def read(value: object, path: str) -> T | None:
        return None if value is None else reader(value, path)

    return read


def list_of(reader: Reader[T]) -> Reader[tuple[T, ...]]:
    """A list of values that the reader accepts."""

    def read(value: object, path: str) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise BadFile(path, show_value(value), _("a list"))
        return tuple(reader(entry, f"{path}[{index}]") for index, entry in enumerate(value))

    return read
