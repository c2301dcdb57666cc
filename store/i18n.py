"""The texts that a person reads, in the language in use: gettext over one catalogue.

English stands in the code and is the message ID. `tui.text` chooses the language and its
translations; until then, and for what has no translation, the text stays English.
"""

from __future__ import annotations

from gettext import NullTranslations

ENGLISH = "en"


class _InUse:
    """The language in use and its translations."""

    language = ENGLISH
    translations = NullTranslations()


def use(language: str, translations: NullTranslations) -> None:
    """Translate into the language with these from now on."""
    _InUse.language, _InUse.translations = language, translations


def language() -> str:
    """The language in use: `en`, `zh`."""
    return _InUse.language


def _(message: str) -> str:
    """The message in the language in use."""
    return _InUse.translations.gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Marks the text of a constant for the catalogue; `_` translates it where it is shown."""
    return message


def counted(singular: str, plural: str, n: int) -> str:
    """The form for the number, in the language in use, with `{n}` filled in."""
    return _InUse.translations.ngettext(singular, plural, n).format(n=n)
