"""The store's own sentences in the language that the person reads.

The store is written in English and knows no other language; whoever shows its sentences
sets the words once with `use`, and `_` looks them up when a sentence is made.
"""

from __future__ import annotations

from collections.abc import Mapping

_words: dict[str, str] = {}


def use(words: Mapping[str, str]) -> None:
    """From now on these are the translations; what is not among them stays English."""
    _words.clear()
    _words.update(words)


def _(words: str) -> str:
    """The words in the language in use."""
    return _words.get(words, words)


def later(words: str) -> str:
    """Marks words of a constant for the catalogue; `_` translates them when they are shown."""
    return words
