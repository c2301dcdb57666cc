"""A menu of choices, such as terms or themes."""

from __future__ import annotations

from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from store.i18n import _
from store.sanitize import plain
from tui.dialogs.frame import MIN_BODY, Dialog, button_row, cancel_label
from tui.prompts import Menu
from tui.text.cells import plain_content
from tui.widgets.option_list import VimOptionList

Value = TypeVar("Value")


def option_text(label: str, hint: str, off: str | None) -> Content:
    """The label with a dim hint after it; if it is off, in brackets with the reason."""
    if off is not None:
        return Content.styled(f"({plain(label)}) {plain(off)}", "dim")
    if not hint:
        return plain_content(label)
    return Content.assemble(plain_content(label), "  ", plain_content(hint, "dim"))


class MenuDialog(Dialog[Value]):
    """Closes with the value of the choice, or None."""

    def __init__(self, menu: Menu[Value]) -> None:
        super().__init__(menu.title, (*menu.lines, "") if menu.lines else ())
        self._menu = menu

    def controls(self) -> ComposeResult:
        yield VimOptionList(
            *(
                Option(option_text(choice.label, choice.hint, choice.off))
                for choice in self._menu.choices
            )
        )
        yield Static(classes="dialog-error")
        yield button_row(*(() if self._menu.has_refusal else (("no", cancel_label()),)))

    def fit_controls(self, room: int) -> int:
        options = self.query_one(VimOptionList)
        buttons_and_error = (not self._menu.has_refusal) + self.error_lines()
        most = room - MIN_BODY - buttons_and_error
        height = max(1, min(options.virtual_size.height, most))
        options.styles.height = height
        return height + buttons_and_error

    def first_focus(self) -> Widget:
        options = self.query_one(VimOptionList)
        options.highlighted = self._menu.default if self._menu.choices else None
        return options

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        chosen = self._menu.choices[event.option_index]
        if chosen.off is None:
            self.dismiss(chosen.value)
            return
        sentence = _("“{label}” is not available: {reason}").format(
            label=plain(chosen.label), reason=plain(chosen.off)
        )
        self.query_one(".dialog-error", Static).update(Content(sentence))
        self.on_resize()
