"""Two lines in a person's own words: who cares for an item, and what there is to say of it."""

from __future__ import annotations

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from store.i18n import _
from tui.dialogs.frame import Dialog, buttons, cancel_label, field

LONGEST = 1000


class Noted(Struct, frozen=True):
    """What stands in the two lines."""

    owner: str
    note: str


class NoteDialog(Dialog[Noted]):
    """Closes with both lines. Enter goes from the first to the second, and there it keeps them."""

    def __init__(self, title: str, noted: Noted) -> None:
        super().__init__(title, [_("Kept on this machine only, never in the cloud.")])
        self._noted = noted

    def controls(self) -> ComposeResult:
        for name, prompt, value in (
            ("owner", _("Owner: who cares for it"), self._noted.owner),
            ("note", _("Note"), self._noted.note),
        ):
            yield Static(prompt, classes="dialog-prompt")
            box = Input(value, id=name, compact=True, select_on_focus=False, max_length=LONGEST)
            yield field(box)
        yield buttons(("no", cancel_label()), ("yes", _("Keep")))

    def first_focus(self) -> Widget:
        return self.query_one("#owner")

    @on(Button.Pressed, "#no")
    def _cancel(self) -> None:
        self.dismiss(None)

    @on(Input.Submitted, "#owner")
    def _go_on(self) -> None:
        self.query_one("#note").focus()

    @on(Input.Submitted, "#note")
    @on(Button.Pressed, "#yes")
    def _keep(self) -> None:
        owner, note = (self.query_one(name, Input).value.strip() for name in ("#owner", "#note"))
        self.dismiss(Noted(owner, note))
