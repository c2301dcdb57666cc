"""A picture drawn for the width of the dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from tui.dialogs.message import MessageDialog
from tui.prompts import Message

Draw = Callable[[int], Sequence[Content]]
"""The lines of the picture, each at most that many cells wide."""


class PictureDialog(MessageDialog):
    """Shows what `draw` gives until it is closed, with the same in words below it."""

    def __init__(self, title: str, draw: Draw) -> None:
        super().__init__(Message(title))
        self._draw = draw

    def body(self, width: int) -> Content:
        return Content("\n").join(self._draw(width))
