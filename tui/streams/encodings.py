"""Text for encodings other than UTF-8: characters that they lack are replaced.

`MARKS` is the error handler for lines of text. `in_encoding` is for the screen: it replaces a
character by one of the same width, so that columns stay straight.
"""

from __future__ import annotations

import codecs
from functools import lru_cache
from unicodedata import east_asian_width

from store.i18n import ENGLISH
from tui.text import LANGUAGES

MARKS = "renewal-marks"
"""Error handler: replaces a character that the encoding lacks by a similar one, else by `?`."""

_LOOKALIKES = {
    "-": "─━╌╴╶▔▁—–−⣀",
    "|": "│┃╎╵╷║▏▎▕",
    "+": "╭╮╰╯┌┐└┘├┤┬┴┼",
    "#": "█▓▒▌▐▊▆▇▀⣿",
    "=": "═▂▃▄▅",
    ":": "░",
    ".": "·",
    "*": "•●◆★✓",
    "o": "○◌◇",
    "x": "×✗",
    ">": "→›⟩▶",
    "<": "←‹⟨◀",
    "^": "↑▲△",
    "v": "↓▼▽",
    "~": "…",
    '"': "“”",
    "'": "‘’",
    "Y": "¥",
    " ": "\N{NO-BREAK SPACE}",
}
_ALIKE = {ord(c): ascii_ for ascii_, alike in _LOOKALIKES.items() for c in alike}
_REPLACEMENTS = {**_ALIKE, ord("…"): "..."}
_WIDE_YEN = "\N{FULLWIDTH YEN SIGN}"


def _replace_missing(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_replacement(character, error.encoding) for character in missing), error.end


def _replacement(character: str, encoding: str) -> str:
    if character == "¥" and can_encode(_WIDE_YEN, encoding):
        return _WIDE_YEN
    return _REPLACEMENTS.get(ord(character), "?")


codecs.register_error(MARKS, _replace_missing)


def can_encode(text: str, encoding: str) -> bool:
    """Whether the encoding has every character of the text. False for an unknown encoding."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def supported_language(language: str, encoding: str) -> str:
    """The language, or English if the encoding lacks the characters of the language's name."""
    return language if can_encode(LANGUAGES.get(language, ""), encoding) else ENGLISH


def is_utf8(encoding: str) -> bool:
    """Whether it is UTF-8, in any spelling."""
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"


@lru_cache(4096)
def in_encoding(text: str, encoding: str) -> str:
    """The text in characters of the encoding, with the same width in cells.

    Lines, boxes and symbols become ASCII: East Asian terminals draw them two cells wide.
    """
    if text.isascii():
        return text
    return "".join([_same_width_in(character, encoding) for character in text])


def _same_width_in(character: str, encoding: str) -> str:
    alike = _ALIKE.get(ord(character), character)
    if alike.isascii() or (_is_letter(alike) and can_encode(alike, encoding)):
        return alike
    from rich.cells import cell_len

    return "?" * cell_len(character)


def _is_letter(character: str) -> bool:
    """Whether every terminal draws the character with the same width."""
    return east_asian_width(character) in {"W", "F", "Na", "N", "H"} or character.isalpha()
