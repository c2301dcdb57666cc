"""Foreign text made safe: one line, nothing invisible, never an escape sequence.

Every value that did not come from this program (names and errors from the cloud,
files, the keyboard) passes through `plain` before it reaches a terminal or a file.
"""

from __future__ import annotations

import re

LONGEST = 2_000
"""Characters of one value that are shown; the rest is counted, not shown."""

_COMBINING = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_INVISIBLE = (
    "\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SELECTORS = "\ufe00-\ufe0f"
_RISKY = re.compile(f"[{_INVISIBLE}{_SELECTORS}{_COMBINING}]")
_SHOWN_AS_MARK = re.compile(f"[{_INVISIBLE}{_SELECTORS}]")
_EMOJI_STYLE = re.compile("(?<=[^\x00-\x7f])[\ufe0e\ufe0f]")
_LOOSE_COMBINING = re.compile(f"^(?=[{_COMBINING}])")
_STACK = re.compile(f"([{_COMBINING}]{{4}})([{_COMBINING}]+)")
_NEW_LINE = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def plain(value: str, limit: int = LONGEST) -> str:
    """The value as one line in which each harmful or invisible character is a visible mark.

    Control characters become control pictures (`␛`), all others their code point
    (`⟨U+202E⟩`). What is longer than `limit` characters ends in `…(+N)`.
    """
    cut = len(value) - limit
    text = value[:limit] if cut > 0 else value
    if _RISKY.search(text):
        text = _EMOJI_STYLE.sub("", text)
        text = _STACK.sub(lambda stack: f"{stack[1]}⟨+{len(stack[2])}⟩", text)
        text = _LOOSE_COMBINING.sub("◌", text)
        text = _SHOWN_AS_MARK.sub(_mark, text)
    return f"{text}…(+{cut})" if cut > 0 else text


def _mark(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def plain_lines(value: str, most: int = 200) -> list[str]:
    """The value as lines that are each `plain`; more than `most` lines end in `…(+N)`."""
    lines = _NEW_LINE.split(value)
    shown = [plain(line) for line in lines[:most]]
    if len(lines) > most:
        shown.append(f"…(+{len(lines) - most})")
    return shown
