"""Harmful characters and foreign control sequences in what the program wrote."""

from __future__ import annotations

import re
from unicodedata import category

from wcwidth import wcwidth

from tests.hostile.corpus import CORPUS

_HARMFUL = frozenset({"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"})
_RAW = [
    text[:40].encode("utf-8", "surrogatepass")
    for text in CORPUS
    if any(category(each) in _HARMFUL for each in text[:40]) and len(text) > 3
]
"""The beginnings of what must never stand anywhere as it was sent."""

_OURS = re.compile(
    rb"\x1b\[[0-9;]*[mHJKXABCDGLMPST]"  # colours, the cursor, erasing, moving lines
    rb"|\x1b\[\d*;?\d*r"  # the region that scrolls
    rb"|\x1b\[\?(?:7|25|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2031|2048)[hl]"
    rb"|\x1b\[\?(?:2026|2048)\$p|\x1b\[c|\x1b\[\d* q"
    rb"|\x1b\[[<>=?]\d*(?:;\d+)?u"  # the keyboard protocol
    rb"|\x1b\[>4;[0-9]m|\x1b\[>4;?m|\x1b[78M]|\x1b\(B"
    rb"|\x1b\]22;[a-z-]*(?:\x1b\\|\x07)"  # the shape of the pointer
    rb"|\x1b\]8;;\x1b\\"
)
"""Every sequence that the program itself may write to a terminal."""


def harmful_in(text: str, *, lines: str = "\n") -> list[str]:
    """Characters that control or hide, other than those that end the lines, and other than a
    byte order mark at the beginning."""
    text = text.removeprefix("\ufeff")
    return [ascii(each) for each in text if category(each) in _HARMFUL and each not in lines]


def foreign_in(written: bytes) -> list[bytes]:
    """What in a terminal's bytes is neither text nor a sequence of the program's own."""
    raw = [piece for piece in _RAW if piece in written and not _OURS.fullmatch(piece)]
    text = _OURS.sub(b"", written).decode()
    return raw + [
        text[max(0, each.start() - 3) : each.end() + 15].encode()
        for each in re.finditer("[^\n\r]", text)
        if category(each[0]) in _HARMFUL
    ]


def cells_of(text: str) -> int:
    """Cells as terminals count them, each character by itself; -1 for what has no width."""
    widths = [wcwidth(each) for each in text]
    return -1 if -1 in widths else sum(widths)
