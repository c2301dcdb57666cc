"""A form with one or more input boxes, whose texts are checked before it closes."""

from __future__ import annotations

from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from store.errors import Usage
from store.i18n import _
from store.sanitize import plain
from tui.dialogs.frame import MIN_BODY, Dialog, button_row, cancel_label, marked_box
from tui.prompts import Form, WrongField
from tui.text.cells import cells, plain_content
from tui.widgets.text_box import TextBox

Value = TypeVar("Value")

MAX_BELOW_LABELS = 3
"""The number of boxes up to which each is below its label; with more, it is beside the label."""


class Fields(VerticalScroll, can_focus=False):
    """The input boxes of a form with their labels."""


class FormDialog(Dialog[Value]):
    """Closes with the checked value of the form. Enter goes to the next box, and submits in the
    last one. Errors are shown below the boxes."""

    DEFAULT_CSS = """
    FormDialog {
        Fields { height: auto; scrollbar-size-vertical: 1; }
        .dialog-field .dialog-mark { width: 2; }
        Fields.-without-text .dialog-prompt:first-of-type { margin-top: 0; }
    }
    """

    def __init__(self, form: Form[Value]) -> None:
        super().__init__(form.title, form.lines)
        self._form = form

    def controls(self) -> ComposeResult:
        with Fields(classes="" if self._form.lines else "-without-text"):
            if len(self._form.fields) > MAX_BELOW_LABELS:
                yield from self._beside_labels()
            else:
                yield from self._below_labels()
        yield Static(classes="dialog-error")
        yield button_row(("no", cancel_label()), ("yes", self._form.verb or _("OK")))

    def _below_labels(self) -> ComposeResult:
        for field in self._form.fields:
            yield Static(plain_content(field.label), classes="dialog-prompt")
            yield marked_box(TextBox(field.value, id=field.name))

    def _beside_labels(self) -> ComposeResult:
        width = max(cells(plain(field.label)) for field in self._form.fields) + 1
        for field in self._form.fields:
            label = Static(plain_content(field.label), classes="dialog-label")
            label.styles.width = width
            with Horizontal(classes="dialog-field"):
                yield label
                yield Static("›", classes="dialog-mark")
                yield TextBox(field.value, id=field.name)

    def fit_controls(self, room: int) -> int:
        """Let the fields scroll if the text above and the buttons below need the lines."""
        fields = self.query_one(Fields)
        buttons_and_error = 1 + self.error_lines()
        most = max(1, room - MIN_BODY - buttons_and_error)
        fields.styles.max_height = most
        return min(fields.virtual_size.height, most) + buttons_and_error

    def first_focus(self) -> Widget:
        """The first box. In a single box, the first typed letter replaces a proposed text."""
        boxes = self.query(TextBox)
        if len(boxes) == 1:
            boxes.first().select_all()
        return boxes.first()

    @on(Input.Changed)
    def _clear_error(self) -> None:
        self.query_one(".dialog-error", Static).update("")

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        boxes = list(self.query(TextBox))
        following = boxes[boxes.index(event.input) + 1 :]  # type: ignore[arg-type]
        if following:
            following[0].focus()
        else:
            self._submit()

    @on(Button.Pressed, "#yes")
    def _submit(self) -> None:
        try:
            value = self._form.check(self._texts())
        except Usage as error:
            self.query_one(".dialog-error", Static).update(plain_content(error.message))
            self._box(error).focus()
            self.on_resize()
            return
        self.dismiss(value)

    def _box(self, error: Usage) -> TextBox:
        """The box of the invalid text; the last one if the error names none."""
        if isinstance(error, WrongField):
            return self.query_one(f"#{error.name}", TextBox)
        return self.query(TextBox).last()

    def _texts(self) -> dict[str, str]:
        """The text of each field; an unchanged one keeps its original text."""
        texts = {}
        for field in self._form.fields:
            typed = self.query_one(f"#{field.name}", Input).value
            texts[field.name] = field.value if typed == plain(field.value) else typed.strip()
        return texts
