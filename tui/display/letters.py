"""The screen in the letters that the terminal's encoding has."""

from __future__ import annotations

import os
import sys

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.streams.encodings import in_encoding

ASCII = "ascii"
UTF8 = "utf-8"


class OnlyLetters(LineFilter):
    """Turns every line that is drawn into letters of the encoding, as many cells wide."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background
        return [
            segment
            if segment.control
            else Segment(in_encoding(segment.text, self._encoding), segment.style)
            for segment in segments
        ]


def screen_encoding(characters: str | None) -> str:
    """The encoding of the screen: as `characters` of config.toml says, else the terminal's own,
    or ASCII where the person asks for the C locale."""
    if characters is not None:
        return ASCII if characters == "ascii" else UTF8
    if os.environ.get("LC_ALL") in {"C", "POSIX"}:
        return ASCII
    return getattr(sys.__stdout__, "encoding", None) or ASCII
