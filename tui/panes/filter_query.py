"""The text of a filter: free words, and terms on fields.

`pump state:stopped ends<30d ends:2026-12 cost>1000 owner:"li wei"`: a row matches if it meets every
part. Full-width letters and operators equal the narrow ones. Any text is valid: a part that is no
term is searched for as a word, and problems are reported.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from difflib import get_close_matches

from msgspec import Struct

from store.errors import Usage
from store.i18n import _
from store.items.filters import TEXT, Between, Contains, Filter, OneOf, Term
from store.items.rows import normalized
from store.times import BEIJING, FIRST_YEAR, LAST_YEAR, parse_duration, to_epoch
from tui.panes.filter_fields import FieldChoice, FilterField, fields_by_name, normalized_name
from tui.panes.filter_text import TERM, split_filter, term_text
from tui.text import in_all

_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?", re.ASCII)
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,2})?", re.ASCII)
_MONTHS = re.compile(r"\d{1,3}", re.ASCII)
_LONGEST_VALUE = 40


class FilterQuery(Struct, frozen=True):
    """A parsed filter."""

    filter: Filter
    problems: tuple[str, ...] = ()
    """What is wrong with the text, in the language in use."""


class _Problem(Exception):
    """A value that the field cannot have."""


def parse(text: str, fields: Sequence[FilterField], now: datetime | None) -> FilterQuery:
    """Parse the text into a filter on these fields. `now`: the instant from which lengths count;
    None: terms with a length match nothing."""
    names, terms, problems = fields_by_name(fields), list[Term](), list[str]()
    for part in split_filter(text):
        split = TERM.fullmatch(part)
        field = names.get(normalized_name(split[1])) if split else None
        if split and field:
            try:
                terms += _TERMS_BY_KIND[field.kind](field, split[2], split[3].replace('"', ""), now)
            except _Problem as problem:
                problems.append(str(problem))
            continue
        if split:
            problems.append(_no_field(split[1], names))
        if word := normalized(part.replace('"', "")):
            terms.append(Contains(TEXT, word))
            problems += _hints(word, fields)
    return FilterQuery(Filter(tuple(terms)), tuple(dict.fromkeys(problems)))


def with_problems(text: str, query: FilterQuery) -> str:
    """The text, followed by its problems."""
    if not query.problems:
        return text
    return _("{text} ({problems})").format(text=text, problems=_("; ").join(query.problems))


def _no_field(name: str, names: dict[str, FilterField]) -> str:
    close = get_close_matches(normalized_name(name), names, 1)
    if close:
        return _("no field {name}; {other}?").format(name=name, other=names[close[0]].name)
    return _("no field {name}").format(name=name)


def _hints(word: str, fields: Sequence[FilterField]) -> Iterator[str]:
    """`state:stopped?` for a free word that is a value of a field: free words do not search
    fields."""
    for field in fields:
        for choice in field.choices:
            if word in map(normalized, in_all(choice.message)):
                yield f"{term_text(field.name, _(choice.message))}?"


def _text_terms(field: FilterField, operator: str, value: str, now: datetime | None) -> list[Term]:
    del now
    _refuse_comparison(field, operator)
    return [Contains(field.key, normalized(value))] if value else []


def _choice_terms(
    field: FilterField, operator: str, value: str, now: datetime | None
) -> list[Term]:
    del now
    _refuse_comparison(field, operator)
    if not value:
        return []
    chosen = matching_choices(field, value)
    if not chosen:
        raise _Problem(_("{field} has no {value}").format(field=field.name, value=value))
    return [OneOf(field.key, frozenset().union(*(choice.values for choice in chosen)))]


def matching_choices(field: FilterField, value: str) -> list[FieldChoice]:
    """The choices that the value names in any language: the one that it spells out, else all with a
    word that begins with it."""
    typed, partial_matches = normalized(value), list[FieldChoice]()
    for choice in field.choices:
        spellings = [normalized(text) for text in (*in_all(choice.message), *choice.values)]
        if typed in spellings:
            return [choice]
        if any(re.search(rf"(?<!\w){re.escape(typed)}", word) for word in spellings):
            partial_matches.append(choice)
    return partial_matches


def _refuse_comparison(field: FilterField, operator: str) -> None:
    if operator not in {":", "="}:
        raise _Problem(_("{field} only takes “:”").format(field=field.name))


def _time_terms(field: FilterField, operator: str, value: str, now: datetime | None) -> list[Term]:
    if not value:
        return []
    if (span := _date_span(value)) is not None:
        return [_between(field, operator, *span)]
    length = _length(value)
    if length is None:
        raise _Problem(
            _("{field} takes a length such as 30d or a date such as 2026-12").format(
                field=field.name
            )
        )
    if now is None:
        return [OneOf(field.key, frozenset())]
    after_now, after_end = to_epoch(now) + 1, to_epoch(now + length) + 1
    if operator.startswith(">"):
        return [Between(field.key, after_end, None)]
    return [Between(field.key, after_now, after_end)]


def _between(field: FilterField, operator: str, first: int, end: int) -> Between:
    """The comparison of the field's value with the range [first, end)."""
    bounds: dict[str, tuple[int | None, int | None]] = {
        "<": (None, first), "<=": (None, end), ">": (end, None), ">=": (first, None),
    }  # fmt: skip
    return Between(field.key, *bounds.get(operator, (first, end)))


def _length(value: str) -> timedelta | None:
    """The length of `30d` or `3d12h`; a number alone counts days."""
    try:
        return parse_duration(f"{value}d" if value.isdecimal() else value[:_LONGEST_VALUE])
    except (Usage, ValueError):
        return None


def _date_span(value: str) -> tuple[int, int] | None:
    """The range [first, end) of a year, a month or a day in UTC+8, in seconds since 1970; None: the
    text is no such date."""
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not FIRST_YEAR <= year < LAST_YEAR:
        return None
    try:
        first = datetime(year, month or 1, day or 1, tzinfo=BEIJING)
    except ValueError:
        return None
    if day:
        return to_epoch(first), to_epoch(first + timedelta(days=1))
    if month:
        return to_epoch(first), to_epoch(first + timedelta(days=monthrange(year, month)[1]))
    return to_epoch(first), to_epoch(first.replace(year=year + 1))


def _money_terms(field: FilterField, operator: str, value: str, now: datetime | None) -> list[Term]:
    del now
    if not value:
        return []
    amount = value.replace(",", "")
    if not _AMOUNT.fullmatch(amount):
        raise _Problem(_("{field} takes an amount such as 1000").format(field=field.name))
    cents = int(Decimal(amount) * 100)
    return [_between(field, operator, cents, cents + 1)]


def _months_terms(
    field: FilterField, operator: str, value: str, now: datetime | None
) -> list[Term]:
    del now
    if not value:
        return []
    word = normalized(value)
    if word in map(normalized, in_all("off")):
        return [Between(field.key, 0, 1)]
    if word in map(normalized, in_all("on")):
        return [Between(field.key, 1, None)]
    if not _MONTHS.fullmatch(word):
        raise _Problem(
            _("{field} takes on, off or a number of months such as 12").format(field=field.name)
        )
    return [_between(field, operator, int(word), int(word) + 1)]


_TERMS_BY_KIND: dict[str, Callable[[FilterField, str, str, datetime | None], list[Term]]] = {
    "text": _text_terms,
    "choice": _choice_terms,
    "time": _time_terms,
    "money": _money_terms,
    "months": _months_terms,
}
