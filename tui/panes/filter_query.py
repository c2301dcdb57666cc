"""What a person wants of a filter: words that are anywhere, and words of one column.

`pump state:stopped owner:"li wei"`: all of them have to be met. A column is called by its
title in any language, without its blanks, or by its key; its states, severities and kinds
are, too: a filter is kept from one language to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from store.i18n import N_, _
from tui.panes.pane import Record
from tui.text import in_all, labels
from tui.text.tones import Tone
from tui.widgets.columns import Column

OWNER, NOTE, SEVERITY = "owner", "note", "severity"
BESIDE = {OWNER: N_("Owner"), NOTE: N_("Note"), SEVERITY: N_("Severity")}
"""What can be asked for beside the columns."""

ATTENTION = N_("attention")
"""The word for every severity but ok."""

_PART = re.compile(r'[^\s"]*"[^"]*"?|\S+')
_OF_COLUMN = re.compile(r"([^:：\"]+)[:：](.*)", re.DOTALL)
_TONES: dict[Tone, str] = {each.value: text for each, text in labels.SEVERITIES.items()}


_CLOSED = {
    "state": (*labels.STATES.values(), *labels.PAYMENTS.values()),
    SEVERITY: (ATTENTION, *labels.SEVERITIES.values()),
    "edition": tuple(labels.KINDS.values()),
}
"""Column to all the words that it ever shows."""


class Term(Struct, frozen=True):
    """One word, casefolded, and the key of the column that has to have it; "": any."""

    word: str
    column: str = ""


class Wish(Struct, frozen=True):
    """A filter as it was understood."""

    terms: tuple[Term, ...]
    no_columns: tuple[str, ...] = ()
    """What stands before a colon and is no column: looked for everywhere as it was typed."""

    def met_by(self, record: Record, columns: Sequence[Column]) -> bool:
        """Whether the record has all of it."""
        return all(has(record, term, columns) for term in self.terms)


def wish(text: str, columns: Sequence[Column]) -> Wish:
    """What that text asks of rows with these columns. Any text can be understood."""
    if not text:
        return Wish(())
    names, terms, strange = _names(columns), [], []
    for part in _PART.findall(text.casefold()):
        found = _OF_COLUMN.fullmatch(part)
        column = names.get(_bare(found[1]), "") if found else ""
        if found and not column:
            strange.append(found[1])
        word = (found[2] if found and column else part).replace('"', "")
        if word:
            terms.append(Term(_here(column, word).casefold(), column))
    return Wish(tuple(terms), tuple(strange))


def told_filter(text: str, columns: Sequence[Column]) -> str:
    """The filter's text, with what was not understood in it."""
    strange = wish(text, columns).no_columns
    if not strange:
        return text
    return _("{text} (no column {names})").format(text=text, names=", ".join(strange))


def has(record: Record, term: Term, columns: Sequence[Column]) -> bool:
    """Whether the record shows the word where it is looked for."""
    if not term.column:
        return term.word in record.searched
    if term.column in BESIDE:
        beside = {OWNER: record.owner, NOTE: record.note, SEVERITY: severity_words(record.tone)}
        return term.word in beside[term.column].casefold()
    place = [column.key for column in columns].index(term.column)
    return place < len(record.cells) and term.word in record.cells[place].text.casefold()


def severity_words(tone: Tone) -> str:
    """What a severity is called in a filter."""
    return _(_TONES[tone]) if tone == "ok" else f"{_(_TONES[tone])}\n{_(ATTENTION)}"


def with_term(text: str, column: str, word: str, columns: Sequence[Column]) -> str:
    """The filter's text with this word of the column in place of others of state and severity;
    an empty word only takes these away."""
    names, parts = _names(columns), []
    for part in _PART.findall(text):
        found = _OF_COLUMN.fullmatch(part)
        if not (found and names.get(_bare(found[1].casefold())) in {"state", SEVERITY}):
            parts.append(part)
    if word:
        parts.append(_written(column, word))
    return " ".join(parts)


def spoken(text: str, columns: Sequence[Column]) -> str:
    """The filter's text with the states, severities and kinds in the language in use."""
    if not text:
        return ""
    names, parts = _names(columns), []
    for part in _PART.findall(text):
        found = _OF_COLUMN.fullmatch(part)
        word = found[2].replace('"', "") if found else ""
        here = _here(names.get(_bare(found[1].casefold()), ""), word) if found else word
        parts.append(_written(found[1], here) if found and here != word else part)
    return " ".join(parts)


def _here(column: str, word: str) -> str:
    """A word that stands for itself in that column in some language, in the one in use."""
    for text in _CLOSED.get(column, ()):
        if word.casefold() in (each.casefold() for each in in_all(text)):
            return _(text)
    return word


def _written(column: str, word: str) -> str:
    return f'{column}:"{word}"' if " " in word else f"{column}:{word}"


def _names(columns: Iterable[Column]) -> dict[str, str]:
    titles = {**BESIDE, **{column.key: column.title for column in columns}}
    return {
        _bare(name.casefold()): key
        for key, title in titles.items()
        for name in (key, *in_all(title))
    }


def _bare(name: str) -> str:
    return re.sub(r"[\s_-]", "", name)
