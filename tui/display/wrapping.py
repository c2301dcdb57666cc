"""Chinese text on the screen: a line breaks between wide characters, never within a name."""

from __future__ import annotations

import textual.content

from tui.text.wrapping import line_breaks

_by_words = textual.content.divide_line  # type: ignore[attr-defined]


def divide_line(text: str, width: int, fold: bool = True) -> list[int]:  # noqa: FBT001, FBT002
    """The indexes before which the text breaks into lines of `width` cells, as Textual asks for.

    Textual takes what stands between two spaces as a word: Chinese breaks early there, and the
    foreign names in it are broken.
    """
    if text.isascii():
        breaks: list[int] = _by_words(text, width, fold)
        return breaks
    return line_breaks(text, width, fold=fold)


textual.content.divide_line = divide_line  # type: ignore[attr-defined]
