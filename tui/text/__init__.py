"""The languages of the program: the available ones, the requested one, the one in use.

The catalogue of a language is `locale/<language>/LC_MESSAGES/renewal.po`, compiled into
`renewal.mo` by the build. `store.i18n` translates with it, and so does click, through gettext's own
functions.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from store import i18n
from store.i18n import ENGLISH

CHINESE = "zh"
LANGUAGES = {ENGLISH: "English", CHINESE: "简体中文"}
"""The languages, each with its own name for itself."""

DOMAIN = "renewal"
LOCALE = Path(__file__).with_name("locale")


def use_language(language: str) -> bool:
    """Switch to the language (`en`, `zh`). False: it has no catalogue, and English is used."""
    translations = _translations(language)
    if translations is None:
        i18n.use(ENGLISH, gettext.NullTranslations())
    else:
        i18n.use(language, translations)
    _use_in_click(i18n.language())
    return translations is not None


@contextmanager
def texts_in(language: str) -> Iterator[None]:
    """Meanwhile, texts are in this language."""
    before = i18n.language()
    use_language(language)
    try:
        yield
    finally:
        use_language(before)


def _translations(language: str) -> gettext.NullTranslations | None:
    """The catalogue of the language, empty for English; None: there is none."""
    if language == ENGLISH:
        return gettext.NullTranslations()
    try:
        return gettext.translation(DOMAIN, LOCALE, [language])
    except OSError:
        return None


def _use_in_click(language: str) -> None:
    """Make click use the language: it asks gettext's default domain, in the language of LANGUAGE.

    For English, the domain is one without a catalogue, and the environment stays as it is.
    """
    if language == ENGLISH:
        gettext.textdomain("messages")
        return
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language


def locale_language(environment: Mapping[str, str]) -> str:
    """The language of the locale: the first of its variables that is set decides."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return CHINESE if environment[name].lower().startswith(CHINESE) else ENGLISH
    return ENGLISH


def requested_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language that an unparsed command line asks for, so that its errors are in that language,
    too."""
    option = ""
    for index, argument in enumerate(arguments):
        if argument == "--lang":
            option = "".join(arguments[index + 1 : index + 2])
        elif argument.startswith("--lang="):
            option = argument.removeprefix("--lang=")
    language = option or environment.get("RENEWAL_LANG", "")
    return language if language in LANGUAGES else locale_language(environment)


def in_all(message: str) -> tuple[str, ...]:
    """The message in each language, English first, by which a filter can name it."""
    catalogues = (_translations(language) for language in LANGUAGES)
    return tuple(catalogue.gettext(message) for catalogue in catalogues if catalogue)
