"""The confirmation of something that cannot be undone: the facts, and a proof to type."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from store.i18n import _
from tui.dialogs.frame import Dialog, buttons, cancel_label, field
from tui.prompts import Confirmation
from tui.widgets.safe_input import TextBox


class ConfirmationDialog(Dialog[bool]):
    """Closes with True only after the proof was typed and the button for yes pressed.

    Cancel has the focus at first. Enter does nothing but press the button that has the
    focus, or go on from a proof that is right to the button for yes.
    """

    def __init__(self, confirmation: Confirmation) -> None:
        super().__init__(confirmation.title, confirmation.lines)
        self._proof = confirmation.proof
        self._yes = confirmation.verb

    def controls(self) -> ComposeResult:
        prompt = _("Type {proof}, then press Enter twice.").format(proof=self._proof.description)
        yield Static(Content(prompt), classes="dialog-prompt")
        yield field(TextBox(id="proof"))
        yield Static(classes="dialog-trouble")
        yield buttons(("no", cancel_label()), ("yes", self._yes))

    def first_focus(self) -> Widget:
        return self.query_one("#no")

    @property
    def is_proved(self) -> bool:
        """Whether what was typed is right."""
        return self.query_one("#proof", Input).value.strip() in self._proof.accepts

    def on_key(self, event: events.Key) -> None:
        """What is typed while a button has the focus goes into the box.

        A slow line brings several keys at once: those behind the first are for the button,
        too, though the box has the focus by then. What the box has taken never comes here.
        """
        if event.is_printable and event.character:
            event.stop()
            box = self.query_one("#proof", Input)
            self.set_focus(box)
            box.insert_text_at_cursor(event.character)

    @on(Input.Changed)
    def _clear_trouble(self) -> None:
        self.query_one(".dialog-trouble", Static).update("")

    @on(Input.Submitted)
    def _go_to_yes(self) -> None:
        if self._check():
            self.query_one("#yes").focus()

    @on(Button.Pressed, "#no")
    def _cancel(self) -> None:
        self.dismiss(False)  # noqa: FBT003

    @on(Button.Pressed, "#yes")
    def _confirm(self) -> None:
        if self._check():
            self.dismiss(True)  # noqa: FBT003

    def _check(self) -> bool:
        """Whether the proof is right; says what is wrong where it is not."""
        if self.is_proved:
            return True
        typed = self.query_one("#proof", Input)
        sentence = (
            _("This is not {proof}. Nothing was sent.") if typed.value else _("Type {proof} first.")
        )
        self.query_one(".dialog-trouble", Static).update(
            Content(sentence.format(proof=self._proof.description))
        )
        typed.focus()
        self.on_resize()
        return False
