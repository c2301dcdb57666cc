"""Completion of a filter's last word: the name of a field, or one of its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from store.i18n import _
from tui.panes.filter_fields import FilterField, fields_by_name, normalized_name

USUAL_OPERATORS = {"time": "<", "money": ">"}
"""The usual operator after a field of that kind; `:` otherwise."""
_OPERATORS = ":：=＝<＜>＞"


def complete_last_word(text: str, fields: Sequence[FilterField]) -> str | None:
    """The text with its last word completed; None if no known word begins with it."""
    word = text.rsplit(" ", 1)[-1]
    position = max((word.rfind(operator) for operator in _OPERATORS), default=-1)
    name, value = word[:position], word[position + 1 :]
    if position < 0:
        candidates: Iterable[str] = _names(fields)
        value = word
    else:
        field = fields_by_name(fields).get(normalized_name(name))
        candidates = _values(field) if field else ()
    if not value or value.startswith('"'):
        return None
    for candidate in candidates:
        begins = candidate[: len(value)].casefold() == value.casefold()
        if begins and len(candidate) > len(value) and " " not in candidate:
            return text + candidate[len(value) :]
    return None


def _names(fields: Sequence[FilterField]) -> Iterator[str]:
    """Each field's key, and its name in the language in use, with its usual operator."""
    for field in fields:
        operator = USUAL_OPERATORS.get(field.kind, ":")
        yield f"{field.key}{operator}"
        yield f"{field.name}{operator}"


def _values(field: FilterField) -> Iterator[str]:
    if field.kind == "months":
        yield from (_("on"), _("off"))
    for choice in field.choices:
        yield _(choice.message)
