"""The palette: entries of the screen and of a search in the store, found by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
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
from store.sanitize import plain
from tui.commands.registry import shown_keys
from tui.commands.table import Command
from tui.dialogs.frame import Dialog, marked_box
from tui.dialogs.menu import option_text
from tui.text.cells import cells, padded
from tui.widgets.option_list import VimOptionList
from tui.widgets.text_box import TextBox

MAX_MATCHES = 200
TITLE = 26
"""Cells of the longest title whose hint is aligned with others."""


class PaletteEntry(Struct, frozen=True):
    """Something that can be found; the palette closes with its ID."""

    id: str
    title: str
    hint: str = ""
    off: str | None = None
    """Why it is off now; None: it is not."""


def entries_of(
    commands: Iterable[Command], off: Mapping[str, str] | None = None
) -> list[PaletteEntry]:
    """The commands as entries. `off`: the reasons why commands are off now, by command ID."""
    off = off or {}
    return [
        PaletteEntry(
            command.id,
            command.title,
            f"{shown_keys(command)}  {command.sentence}".strip(),
            off.get(command.id),
        )
        for command in commands
    ]


Search = Callable[[str], Awaitable[Sequence[PaletteEntry]]]
"""Finds more entries by the typed words."""


def matching(
    entries: Sequence[PaletteEntry], words: str, more: Sequence[PaletteEntry] = ()
) -> list[PaletteEntry]:
    """The entries with all the words in the title, then `more`, then those with some in the
    hint."""
    lowered_words = words.casefold().split()
    in_title, in_hint = [], []
    for entry in entries:
        title = entry.title.casefold()
        title_and_hint = f"{title} {entry.hint.casefold()}"
        if all(word in title for word in lowered_words):
            in_title.append(entry)
        elif all(word in title_and_hint for word in lowered_words):
            in_hint.append(entry)
    return [*in_title, *more, *in_hint][:MAX_MATCHES]


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
        VimOptionList { text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, entries: Sequence[PaletteEntry], search: Search | None = None) -> None:
        super().__init__(_("Find"))
        self._entries = tuple(entries)
        self._search = search
        self._matches: list[PaletteEntry] = []
        self._is_searching = self._chooses_next = False
        """Whether a search is running, and whether Enter waits for its result."""

    def controls(self) -> ComposeResult:
        yield marked_box(TextBox(id="words", placeholder=_("Type to search")))
        yield VimOptionList()
        yield Static(classes="dialog-error")

    def on_mount(self) -> None:
        self.query_one(VimOptionList).can_focus = False
        self._show("")

    def first_focus(self) -> Widget:
        return self.query_one("#words")

    def _show(self, words: str, more: Sequence[PaletteEntry] = ()) -> None:
        self._matches = matching(self._entries, words, more)
        choices = self.query_one(VimOptionList)
        width = min(TITLE, max((cells(plain(entry.title)) for entry in self._matches), default=0))
        choices.set_options(Option(_drawn(entry, width)) for entry in self._matches)
        choices.highlighted = 0 if self._matches else None
        is_empty = not self._matches and not self._is_searching
        message = _("No matches. Press Backspace to change the words.") if is_empty else ""
        self.query_one(".dialog-error", Static).update(Content(message))

    async def _find(self, search: Search, words: str) -> None:
        more = await search(words)
        if not self.is_open:
            return
        self._is_searching = False
        self._show(words, more)
        if self._chooses_next:
            self._choose_highlighted()

    def action_move(self, by: int) -> None:
        choices = self.query_one(VimOptionList)
        if self._matches:
            now = choices.highlighted or 0
            choices.highlighted = max(0, min(now + by, len(self._matches) - 1))

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        words = event.value.strip()
        self._chooses_next = False
        self._is_searching = bool(words) and self._search is not None
        self._show(words)
        if self._is_searching and self._search is not None:
            self.run_worker(self._find(self._search, words), exclusive=True)

    @on(Input.Submitted)
    def _submit(self) -> None:
        if self._is_searching and not self._matches:
            self._chooses_next = True
        else:
            self._choose_highlighted()

    def _choose_highlighted(self) -> None:
        index = self.query_one(VimOptionList).highlighted
        if index is not None:
            self._choose(index)

    @on(OptionList.OptionSelected)
    def _choose_clicked(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option_index)

    def _choose(self, index: int) -> None:
        entry = self._matches[index]
        if entry.off is None:
            self.dismiss(entry.id)
            return
        message = _("Not available: {reason}").format(reason=plain(entry.off))
        self.query_one(".dialog-error", Static).update(Content(message))


def _drawn(entry: PaletteEntry, width: int) -> Content:
    """The title and the hint, aligned with other hints if the title is short enough."""
    if entry.off is not None or cells(plain(entry.title)) > width:
        return option_text(entry.title, entry.hint, entry.off)
    return option_text(padded(plain(entry.title), width), entry.hint, None)
