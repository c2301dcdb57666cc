"""A message to read, such as an outcome, a failure or the facts of a payment; and a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from store.i18n import _
from tui.dialogs.frame import Dialog, button_row
from tui.prompts import Message
from tui.text.cells import plain_content

Draw = Callable[[int], Sequence[Content]]
"""Returns the lines of a picture for a width in cells."""


class MessageDialog(Dialog[None]):
    """Shows a message until it is closed. Keys typed before it was drawn do not close it unread.
    `copy`: copies a text and returns a sentence about where it was sent; with it, `c` copies the
    message."""

    DROPS_EARLIER_KEYS = True

    BINDINGS: ClassVar[list[BindingType]] = [("c", "copy", "")]

    def __init__(self, message: Message, *, copy: Callable[[str], str] | None = None) -> None:
        super().__init__(message.title, message.lines)
        self._copied = message.copied
        self._copy = copy

    def controls(self) -> ComposeResult:
        yield Static(classes="dialog-note")
        named = [("copy", _("Copy"))] if self._copy else []
        yield button_row(*named, ("close", _("Close")))

    def first_focus(self) -> Widget:
        return self.query_one("#close")

    @on(Button.Pressed, "#copy")
    def action_copy(self) -> None:
        if self._copy is not None:
            text = self._copied or self.body(0).plain
            self.query_one(".dialog-note", Static).update(plain_content(self._copy(text)))
            self.on_resize()


class PictureDialog(MessageDialog):
    """Shows a picture until it is closed."""

    def __init__(self, title: str, draw: Draw) -> None:
        super().__init__(Message(title))
        self._draw = draw

    def body(self, width: int) -> Content:
        return Content("\n").join(self._draw(width))
