"""The words that a person reads: English in the code, other languages as catalogues.

A catalogue is a module beside this one (`tui.text.zh`) with `WORDS`, a mapping from
the English words to the translated ones. Words without a translation stay English.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

ENGLISH = "en"

_words: dict[str, str] = {}


def use(language: str) -> bool:
    """Switches to the language (`en`, `zh`); False, and English, where there is no catalogue."""
    _words.clear()
    if language == ENGLISH:
        return True
    if not language.isalpha() or find_spec(f"{__name__}.{language}") is None:
        return False
    words: Mapping[str, str] = import_module(f"{__name__}.{language}").WORDS
    _words.update(words)
    return True


def _(words: str) -> str:
    """The words in the language in use."""
    return _words.get(words, words)


def counted(one: str, many: str, count: int) -> str:
    """The form for the count, `{n}` filled in; a catalogue translates both forms."""
    return _(one if count == 1 else many).format(n=count)


def later(words: str) -> str:
    """Marks words of a constant for the catalogue; `_` translates them when they are shown."""
    return words
