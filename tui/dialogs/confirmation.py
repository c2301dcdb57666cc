"""Confirms something that cannot be undone: shows the facts, and asks for a typed proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from store.i18n import _
from tui.dialogs.frame import Dialog, button_row, cancel_label, marked_box
from tui.prompts import Confirmation, Line, TypedProof
from tui.widgets.text_box import TextBox

Result = TypeVar("Result")


class ProofBox(TextBox):
    """An input box that leaves the space key to the dialog: no proof contains one."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return key != "space" and super().check_consume_key(key, character)


class ProofDialog(Dialog[Result]):
    """Closes with a result only after the proof was typed and the confirming button pressed.

    Cancel has the focus at first. Enter only presses the focused button, or moves from a correct
    proof to the confirming button. Keys typed before the dialog was drawn are thrown away.
    """

    DROPS_EARLIER_KEYS = True

    def __init__(self, title: str, lines: Sequence[Line], verb: str) -> None:
        super().__init__(title, lines)
        self._verb = verb

    @property
    def proof(self) -> TypedProof:
        """The proof that is needed now."""
        raise NotImplementedError

    @property
    def result(self) -> Result:
        """The result with which a confirmed dialog closes."""
        raise NotImplementedError

    @property
    def obstacle(self) -> str:
        """Why it cannot be confirmed now, whatever is typed; "": it can."""
        return ""

    def controls(self) -> ComposeResult:
        yield Static(self.prompt, classes="dialog-prompt")
        yield marked_box(ProofBox(id="proof"))
        yield Static(classes="dialog-error -empty")
        yield button_row(("no", cancel_label()), ("yes", self._verb))

    @property
    def prompt(self) -> Content:
        """The prompt that says what to type, and then what to press."""
        text = _("Type {proof}, then press Enter twice.")
        return Content(text.format(proof=self.proof.description))

    def first_focus(self) -> Widget:
        return self.query_one("#no")

    @property
    def is_proved(self) -> bool:
        """Whether the typed text is the proof."""
        return self.proof.is_met_by(self.query_one("#proof", Input).value)

    def on_key(self, event: events.Key) -> None:
        """Put what is typed while a button has the focus into the box.

        On a slow line, several keys arrive together: those after the first still reach the button,
        although the box has the focus by then. Keys that the box takes never come here.
        """
        if event.is_printable and event.character:
            event.stop()
            self.type_letter(event)

    def type_letter(self, event: events.Key) -> None:
        """Put the letter into the box for the proof."""
        if event.character:
            box = self.query_one("#proof", Input)
            self.set_focus(box)
            box.insert_text_at_cursor(event.character)

    @on(Input.Changed)
    def clear_error(self) -> None:
        """Remove the error message once the text is edited."""
        self._show_error("")

    def _show_error(self, text: str) -> None:
        message = self.query_one(".dialog-error", Static)
        message.update(Content(text))
        message.set_class(not text, "-empty")

    @on(Input.Submitted)
    def _go_to_yes(self) -> None:
        if self._check():
            self.query_one("#yes").focus()

    @on(Button.Pressed, "#yes")
    def _confirm(self) -> None:
        if self._check():
            self.dismiss(self.result)

    def _check(self) -> bool:
        """Whether the dialog can be confirmed now; if not, show why."""
        if self.is_proved and not self.obstacle:
            return True
        typed = self.query_one("#proof", Input)
        sentence = (
            _("This is not {proof}. Nothing was sent.") if typed.value else _("Type {proof} first.")
        )
        self._show_error(self.obstacle or sentence.format(proof=self.proof.description))
        typed.focus()
        self.on_resize()
        return False


class ConfirmationDialog(ProofDialog[bool]):
    """Closes with True once it is confirmed."""

    def __init__(self, confirmation: Confirmation) -> None:
        super().__init__(confirmation.title, confirmation.lines, confirmation.verb)
        self._proof = confirmation.proof

    @property
    def proof(self) -> TypedProof:
        return self._proof

    @property
    def result(self) -> bool:
        return True
