"""An outcome or a failure: what happened, what it means, what to do."""

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
from tui.cells import content
from tui.dialogs.frame import Dialog, buttons


class Tell(Dialog[None]):
    """Shows lines until it is closed. With `copy`, the key c sends the text out.

    `copy` takes the text and gives back the sentence that says which way it went.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("c", "copy", "")]

    def __init__(
        self,
        title: str,
        lines: Sequence[Content | str],
        *,
        copy: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(title, lines)
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
            text = self.body(0).plain
            self.query_one(".dialog-told", Static).update(content(self._copy(text)))
            self.on_resize()


def outcome(what: str, meaning: str = "", todo: str = "") -> tuple[Content, ...]:
    """The lines of an outcome: what happened, what it means, what to do."""
    lines = [content(what, "bold")]
    if meaning:
        lines += [Content(""), content(meaning)]
    if todo:
        lines += [Content(""), Content.assemble((_("What to do: "), "bold"), content(todo))]
    return tuple(lines)
