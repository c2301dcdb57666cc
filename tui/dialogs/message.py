"""An outcome or a failure: what happened, what it means, what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Button, Static

from store.i18n import _
from tui.cells import content
from tui.dialogs.frame import Dialog, buttons
from tui.prompts import Message


class MessageDialog(Dialog[None]):
    """Shows lines until it is closed. With `copy`, the key c sends the text out.

    `copy` takes the text and gives back the sentence that says which way it went.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("c", "copy", "")]

    def __init__(self, message: Message, *, copy: Callable[[str], str] | None = None) -> None:
        super().__init__(message.title, message.lines)
        self._copied = message.copied
        self._copy = copy

    def controls(self) -> ComposeResult:
        yield Static(classes="dialog-told")
        named = [("copy", _("Copy"))] if self._copy else []
        yield buttons(*named, ("close", _("Close")))

    def first_focus(self) -> Widget:
        return self.query_one("#close")

    @on(Button.Pressed, "#close")
    def _close(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#copy")
    def action_copy(self) -> None:
        if self._copy is not None:
            text = self._copied or self.body(0).plain
            self.query_one(".dialog-told", Static).update(content(self._copy(text)))
            self.on_resize()
