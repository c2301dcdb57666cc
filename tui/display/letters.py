"""Restricts the screen to characters of the terminal's encoding."""

from __future__ import annotations

import os
import sys

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.streams.encodings import in_encoding

ASCII = "ascii"
UTF8 = "utf-8"


class EncodingFilter(LineFilter):
    """Turns every drawn line into characters of the encoding, with the same width."""

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
    """The encoding of the screen: by `characters` of config.toml, else that of the terminal, or
    ASCII in the C locale."""
    if characters is not None:
        return ASCII if characters == "ascii" else UTF8
    if os.environ.get("LC_ALL") in {"C", "POSIX"}:
        return ASCII
    return getattr(sys.__stdout__, "encoding", None) or ASCII
