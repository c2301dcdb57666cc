"""Splits the text of a filter into words and terms, and replaces or translates terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from store.i18n import _
from store.items.rows import normalized
from tui.panes.filter_fields import FilterField, fields_by_name, normalized_name
from tui.text import in_all

_PART = re.compile(r'[^\s"]*"[^"]*"?|\S+')
TERM = re.compile(r'([^:<>="]+)(:|=|<=|>=|<|>)(.*)', re.DOTALL)
"""Name, operator and value of a term."""


def split_filter(text: str) -> list[str]:
    """The words and terms of a text, with their quotes; full-width characters become narrow."""
    return _PART.findall(normalize("NFKC", text))


def term_text(key: str, word: str) -> str:
    """The term that asks a field for a word, quoted if it has a space."""
    return f'{key}:"{word}"' if " " in word else f"{key}:{word}"


def replace_term(text: str, key: str, word: str, fields: Sequence[FilterField]) -> str:
    """The text with its terms on state and severity replaced by this one; an empty word only
    removes them."""
    names, parts = fields_by_name(fields), list[str]()
    for part in split_filter(text):
        split = TERM.fullmatch(part)
        field = names.get(normalized_name(split[1])) if split else None
        if field is None or field.key not in {"state", "severity"}:
            parts.append(part)
    if word:
        parts.append(term_text(key, word))
    return " ".join(parts)


def translate_filter(text: str, fields: Sequence[FilterField]) -> str:
    """The text with the values of its choice fields in the language in use."""
    if not text:
        return ""
    names, parts = fields_by_name(fields), list[str]()
    for part in split_filter(text):
        split = TERM.fullmatch(part)
        field = names.get(normalized_name(split[1])) if split else None
        if split and field and field.kind == "choice":
            word = split[3].replace('"', "")
            parts.append(term_text(split[1], _word_in_language(field, word)))
        else:
            parts.append(part)
    return " ".join(parts)


def _word_in_language(field: FilterField, word: str) -> str:
    """The word of a choice, given in any language, in the language in use; any other word as it
    is."""
    for choice in field.choices:
        if normalized(word) in map(normalized, in_all(choice.message)):
            return _(choice.message)
    return word
