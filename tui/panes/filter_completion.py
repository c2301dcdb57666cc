"""What a filter's text can go on with: the name of a field, or a word that the field can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from store.i18n import _
from tui.panes.filter_fields import Field, bare, by_name

SIGNS = {"time": "<", "money": ">"}
"""What usually follows the name of a field of that kind; `:` otherwise."""
_ENDS = ":：=＝<＜>＞"


def completed(text: str, fields: Sequence[Field]) -> str | None:
    """The text with its last word completed; None where nothing is known that it begins."""
    word = text.rsplit(" ", 1)[-1]
    place = max((word.rfind(sign) for sign in _ENDS), default=-1)
    name, value = word[:place], word[place + 1 :]
    if place < 0:
        candidates: Iterable[str] = _names(fields)
        value = word
    else:
        field = by_name(fields).get(bare(name))
        candidates = _words(field) if field else ()
    if not value or value.startswith('"'):
        return None
    for candidate in candidates:
        begins = candidate[: len(value)].casefold() == value.casefold()
        if begins and len(candidate) > len(value) and " " not in candidate:
            return text + candidate[len(value) :]
    return None


def _names(fields: Sequence[Field]) -> Iterator[str]:
    """Each field's key, and its name in the language in use, with the sign that follows."""
    for field in fields:
        sign = SIGNS.get(field.kind, ":")
        yield f"{field.key}{sign}"
        yield f"{field.name}{sign}"


def _words(field: Field) -> Iterator[str]:
    if field.kind == "months":
        yield from (_("on"), _("off"))
    for choice in field.choices:
        yield _(choice.message)
