"""Texts in the language in use: gettext with one catalogue.

The English text in the code is the message ID. `tui.text` chooses the language and its
translations; until then, and without a translation, texts are English.
"""

from __future__ import annotations

from gettext import NullTranslations

ENGLISH = "en"


class _InUse:
    """The language in use and its translations."""

    language = ENGLISH
    translations = NullTranslations()


def use(language: str, translations: NullTranslations) -> None:
    """Use the language with these translations from now on."""
    _InUse.language, _InUse.translations = language, translations


def language() -> str:
    """The language in use: `en`, `zh`."""
    return _InUse.language


def _(message: str) -> str:
    """The message in the language in use."""
    return _InUse.translations.gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Marks the text of a constant for the catalogue; `_` translates it when it is shown."""
    return message


def counted(singular: str, plural: str, n: int, **values: str) -> str:
    """The singular or plural form for the number, translated, with `{n}` and the values filled
    in."""
    return _InUse.translations.ngettext(singular, plural, n).format(n=n, **values)
