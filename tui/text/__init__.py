"""The words that a person reads: English in the code, other languages as catalogues.

A catalogue is a module beside this one (`tui.text.zh`) with `WORDS`, a mapping from
the English words to the translated ones. Words without a translation stay English. The
store's sentences are in the same catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec

from store import i18n as store_text

ENGLISH = "en"
CHINESE = "zh"
LANGUAGES = {ENGLISH: "English", CHINESE: "简体中文"}
"""Each language by the name that its own readers know it by."""

_words: dict[str, str] = {}
_current = [ENGLISH]


def use(language: str) -> bool:
    """Switches to the language (`en`, `zh`); False, and English, where there is no catalogue."""
    words = _catalogue(language)
    _words.clear()
    _words.update(words or {})
    _current[0] = ENGLISH if words is None else language
    store_text.use(_words)
    return words is not None


def _catalogue(language: str) -> Mapping[str, str] | None:
    if language == ENGLISH:
        return {}
    if not language.isalpha() or find_spec(f"{__name__}.{language}") is None:
        return None
    words: Mapping[str, str] = import_module(f"{__name__}.{language}").WORDS
    return words


def current() -> str:
    """The language in use."""
    return _current[0]


def preferred(environment: Mapping[str, str]) -> str:
    """The language that the locale asks for: the first of these that is set decides."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return CHINESE if environment[name].lower().startswith(CHINESE) else ENGLISH
    return ENGLISH


def asked_for(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of a command line before it is parsed, so that a word about what is wrong
    with it is in the right language, too."""
    said = ""
    for place, argument in enumerate(arguments):
        if argument == "--lang":
            said = "".join(arguments[place + 1 : place + 2])
        elif argument.startswith("--lang="):
            said = argument.removeprefix("--lang=")
    said = said or environment.get("RENEWAL_LANG", "")
    return said if said in LANGUAGES else preferred(environment)


def _(words: str) -> str:
    """The words in the language in use."""
    return _words.get(words, words)


def in_all(words: str) -> tuple[str, ...]:
    """The words in English and in every other language."""
    others = (_catalogue(language) or {} for language in LANGUAGES)
    return (words, *(catalogue[words] for catalogue in others if words in catalogue))


def counted(one: str, many: str, count: int) -> str:
    """The form for the count, `{n}` filled in; a catalogue translates both forms."""
    return _(one if count == 1 else many).format(n=count)


def later(words: str) -> str:
    """Marks words of a constant for the catalogue; `_` translates them when they are shown."""
    return words
