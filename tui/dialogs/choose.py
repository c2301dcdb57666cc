"""One of several: a number of months, a step of the clock, a theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from store.i18n import _
from tui.cells import content, plain
from tui.dialogs.choices import Choices
from tui.dialogs.frame import LEAST_OF_BODY, Dialog, buttons, cancel_label

Value = TypeVar("Value")


class Choice(Struct, Generic[Value], frozen=True):
    """One thing that can be chosen."""

    value: Value
    label: str
    hint: str = ""
    off: str | None = None
    """Why it cannot be chosen now; None: it can."""


def choice_text(label: str, hint: str, off: str | None) -> Content:
    """The label, its hint dim behind it; what is off in brackets with its reason."""
    if off is not None:
        return Content.styled(f"({plain(label)}) {plain(off)}", "dim")
    if not hint:
        return content(label)
    return Content.assemble(content(label), "  ", content(hint, "dim"))


class Choose(Dialog[Value]):
    """Closes with the value of the choice, or None. `at` is the place of the first cursor."""

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice[Value]],
        *,
        lines: Sequence[Content | str] = (),
        at: int = 0,
    ) -> None:
        super().__init__(title, (*lines, "") if lines else ())
        self._choices = tuple(choices)
        self._at = at

    def controls(self) -> ComposeResult:
        yield Choices(
            *(Option(choice_text(each.label, each.hint, each.off)) for each in self._choices)
        )
        yield Static(classes="dialog-trouble")
        yield buttons(("no", cancel_label()))

    def fit_controls(self, room: int) -> None:
        choices = self.query_one(Choices)
        buttons_and_trouble = 1 + self.query_one(".dialog-trouble").outer_size.height
        most = room - LEAST_OF_BODY - buttons_and_trouble
        choices.styles.height = max(1, min(choices.virtual_size.height, most))

    def first_focus(self) -> Widget:
        choices = self.query_one(Choices)
        choices.highlighted = self._at if self._choices else None
        return choices

    @on(Button.Pressed, "#no")
    def _cancel(self) -> None:
        self.dismiss(None)

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        chosen = self._choices[event.option_index]
        if chosen.off is None:
            self.dismiss(chosen.value)
            return
        told = _("“{label}” cannot be chosen: {reason}").format(
            label=plain(chosen.label), reason=plain(chosen.off)
        )
        self.query_one(".dialog-trouble", Static).update(Content(told))
        self.on_resize()
