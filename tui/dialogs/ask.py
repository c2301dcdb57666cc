"""One value, typed by the person and checked before anything is done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from store.errors import Usage
from store.i18n import _
from tui.cells import content
from tui.dialogs.frame import Dialog, buttons, cancel_label, field
from tui.widgets.safe_input import TextBox

Value = TypeVar("Value")


class Ask(Dialog[Value]):
    """Closes with what `check` makes of the text; a `Usage` that it raises is shown in place."""

    def __init__(
        self,
        title: str,
        prompt: str,
        check: Callable[[str], Value],
        *,
        lines: Sequence[Content | str] = (),
        value: str = "",
    ) -> None:
        super().__init__(title, lines)
        self._prompt = prompt
        self._check = check
        self._value = value

    def controls(self) -> ComposeResult:
        yield Static(content(self._prompt), classes="dialog-prompt")
        yield field(TextBox(self._value, id="value"))
        yield Static(classes="dialog-trouble")
        yield buttons(("no", cancel_label()), ("yes", _("OK")))

    def first_focus(self) -> Widget:
        """The box; what is proposed in it goes with the first letter that is typed."""
        box = self.query_one("#value", Input)
        box.select_all()
        return box

    @on(Input.Changed)
    def _forget_trouble(self) -> None:
        self.query_one(".dialog-trouble", Static).update("")

    @on(Button.Pressed, "#no")
    def _cancel(self) -> None:
        self.dismiss(None)

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _take(self) -> None:
        box = self.query_one("#value", Input)
        try:
            value = self._check(box.value.strip())
        except Usage as error:
            self.query_one(".dialog-trouble", Static).update(content(error.message))
            box.focus()
            self.on_resize()
            return
        self.dismiss(value)
