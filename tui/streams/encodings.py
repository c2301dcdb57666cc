"""What an encoding other than UTF-8 can show: its own letters, and a mark for each it lacks.

`MARKS` is the error handler for text that goes out in lines. `narrowed` is for the screen: each
character becomes one of the same width, so that columns stay straight.
"""

from __future__ import annotations

import codecs
from functools import lru_cache
from unicodedata import east_asian_width

from store.i18n import ENGLISH
from tui.text import LANGUAGES

MARKS = "renewal-marks"
"""Error handler: a character that the encoding lacks becomes its likeness, else `?`."""

_LIKENESS = {
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
_ALIKE = {ord(c): ascii_ for ascii_, alike in _LIKENESS.items() for c in alike}
_IN_LINES = {**_ALIKE, ord("…"): "..."}
_WIDE_YEN = "\N{FULLWIDTH YEN SIGN}"


def _marked(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_mark(each, error.encoding) for each in lacking), error.end


def _mark(character: str, encoding: str) -> str:
    if character == "¥" and can_encode(_WIDE_YEN, encoding):
        return _WIDE_YEN
    return _IN_LINES.get(ord(character), "?")


codecs.register_error(MARKS, _marked)


def can_encode(text: str, encoding: str) -> bool:
    """Whether the encoding has every letter of the text. False for one that is not known."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def speakable(language: str, encoding: str) -> str:
    """The language, or English where the encoding lacks the letters of its name."""
    return language if can_encode(LANGUAGES.get(language, ""), encoding) else ENGLISH


def is_utf8(encoding: str) -> bool:
    """Whether it is UTF-8, however it is spelled."""
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"


@lru_cache(4096)
def narrowed(text: str, encoding: str) -> str:
    """The text in letters of the encoding, as many cells wide.

    Lines, boxes and signs become ASCII: a terminal of East Asia draws them two cells wide.
    """
    if text.isascii():
        return text
    return "".join([_narrowed(each, encoding) for each in text])


def _narrowed(character: str, encoding: str) -> str:
    alike = _ALIKE.get(ord(character), character)
    if alike.isascii() or (_is_letter(alike) and can_encode(alike, encoding)):
        return alike
    from rich.cells import cell_len

    return "?" * cell_len(character)


def _is_letter(character: str) -> bool:
    """Whether every terminal draws it in the same width."""
    return east_asian_width(character) in {"W", "F", "Na", "N", "H"} or character.isalpha()
