"""Find anything by its name: the registry's commands, and what the screen adds to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from store.i18n import _
from tui.commands.registry import shown_keys
from tui.commands.table import Command
from tui.dialogs.frame import Dialog, field
from tui.dialogs.menu import option_text
from tui.text.cells import plain
from tui.widgets.option_list import VimOptionList
from tui.widgets.safe_input import TextBox

MOST = 200


class Entry(Struct, frozen=True):
    """One thing that can be found; the palette closes with its id."""

    id: str
    title: str
    hint: str = ""
    off: str | None = None
    """Why it does not work now; None: it does."""


def entries_of(commands: Iterable[Command], off: Mapping[str, str] | None = None) -> list[Entry]:
    """The commands as entries, `off` with the reasons of those that do not work now."""
    off = off or {}
    return [
        Entry(each.id, each.title, f"{shown_keys(each)}  {each.sentence}".strip(), off.get(each.id))
        for each in commands
    ]


def matching(entries: Sequence[Entry], words: str) -> list[Entry]:
    """The entries that hold all the words, those with all of them in the title first."""
    wanted = words.casefold().split()
    in_title, in_hint = [], []
    for entry in entries:
        title = entry.title.casefold()
        whole = f"{title} {entry.hint.casefold()}"
        if all(word in title for word in wanted):
            in_title.append(entry)
        elif all(word in whole for word in wanted):
            in_hint.append(entry)
    return (in_title + in_hint)[:MOST]


class PaletteDialog(Dialog[str]):
    """Closes with the ID of the chosen entry, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "move(-1)", ""),
        ("down", "move(1)", ""),
        ("pageup", "move(-10)", ""),
        ("pagedown", "move(10)", ""),
    ]
    DEFAULT_CSS = """
    PaletteDialog {
        Body { display: none; }
        .dialog-frame { height: 100%; max-height: 30; }
        .dialog-controls, VimOptionList { height: 1fr; }
    }
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__(_("Find a command"))
        self._entries = tuple(entries)
        self._matches: list[Entry] = []

    def controls(self) -> ComposeResult:
        yield field(TextBox(id="words", placeholder=_("Type to search")))
        yield VimOptionList()
        yield Static(classes="dialog-trouble")

    def on_mount(self) -> None:
        self.query_one(VimOptionList).can_focus = False
        self._show("")

    def first_focus(self) -> Widget:
        return self.query_one("#words")

    def _show(self, words: str) -> None:
        self._matches = matching(self._entries, words)
        choices = self.query_one(VimOptionList)
        choices.set_options(
            Option(option_text(each.title, each.hint, each.off)) for each in self._matches
        )
        choices.highlighted = 0 if self._matches else None
        message = "" if self._matches else _("No matches")
        self.query_one(".dialog-trouble", Static).update(Content(message))

    def action_move(self, by: int) -> None:
        choices = self.query_one(VimOptionList)
        if self._matches:
            now = choices.highlighted or 0
            choices.highlighted = max(0, min(now + by, len(self._matches) - 1))

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _take_highlighted(self) -> None:
        index = self.query_one(VimOptionList).highlighted
        if index is not None:
            self._take(index)

    @on(OptionList.OptionSelected)
    def _take_clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(event.option_index)

    def _take(self, index: int) -> None:
        entry = self._matches[index]
        if entry.off is None:
            self.dismiss(entry.id)
            return
        message = _("Not available: {reason}").format(reason=plain(entry.off))
        self.query_one(".dialog-trouble", Static).update(Content(message))
