"""The key bar: the few keys that matter now, in groups, in one line or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from msgspec import Struct
from textual import events
from textual.content import Content
from textual.message import Message

from store.i18n import _
from store.sanitize import plain
from tui.commands.registry import command
from tui.commands.table import Command
from tui.text.cells import cells
from tui.widgets.fitted_text import FittedText

ALWAYS = "help"
"""The command shown at any width: it leads to all others."""

MAX_LINES = 2
GAP, GROUP_GAP = 2, 3


class BarKey(Struct, frozen=True):
    """A command in the bar."""

    command: Command
    label: str
    begins_group: bool = False

    @property
    def text(self) -> str:
        """The key and its label: `r renew`."""
        return f"{self.command.key} {self.label}"


class PlacedKey(Struct, frozen=True):
    """A key with its position in the bar, in lines and cells."""

    key: BarKey
    line: int
    start: int


def bar_keys(
    groups: Sequence[Sequence[str]], labels: Mapping[str, str] | None = None
) -> tuple[BarKey, ...]:
    """The keys for groups of command IDs; commands without a key are left out. `labels`: labels by
    command ID in place of the commands' own."""
    labels = labels or {}
    keys: list[BarKey] = []
    for group in groups:
        commands = [bound for key_id in group if (bound := command(key_id)).keys]
        for index, bound in enumerate(commands):
            begins = index == 0 and bool(keys)
            keys.append(BarKey(bound, labels.get(bound.id, bound.title), begins))
    return tuple(keys)


def place_keys(keys: Sequence[BarKey], width: int, lines: int) -> tuple[PlacedKey, ...]:
    """The keys that fit, none of them cut: the first ones, and always the help."""
    for count in range(len(keys), 0, -1):
        chosen = _first(keys, count)
        for used in range(1, lines + 1):
            placed = _pack(chosen, width, used)
            if len(placed) == len(chosen):
                return placed
    return ()


def _first(keys: Sequence[BarKey], count: int) -> list[BarKey]:
    chosen = list(keys[:count])
    always = [key for key in keys if key.command.id == ALWAYS]
    return chosen if not always or always[0] in chosen else [*chosen[:-1], *always]


def _pack(keys: Sequence[BarKey], width: int, lines: int) -> tuple[PlacedKey, ...]:
    placed: list[PlacedKey] = []
    line = end = 0
    for key in keys:
        gap = GROUP_GAP if key.begins_group else GAP
        start = end + gap if end else 0
        if start + cells(key.text) > width:
            line, start = line + 1, 0
        if line == lines or cells(key.text) > width:
            break
        placed.append(PlacedKey(key, line, start))
        end = start + cells(key.text)
    return tuple(placed)


def off_message(command: Command, reason: str) -> str:
    """The notice for a command that is off, with the reason."""
    return _("“{label}” is off: {reason}").format(label=command.title, reason=plain(reason))


class KeyBar(FittedText):
    """Shows keys; a click on one posts `Pressed`."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar { height: auto; max-height: 2; padding: 0 1; text-wrap: nowrap; }
    """

    class Pressed(Message):
        """A command was clicked."""

        def __init__(self, command_id: str) -> None:
            super().__init__()
            self.command_id = command_id

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._keys: tuple[BarKey, ...] = ()

    def show(self, keys: Sequence[BarKey]) -> None:
        """Show these keys in order, the most useful first."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.fit(partial(_draw, self._keys))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for placed in place_keys(self._keys, self.size.width, MAX_LINES):
            end = placed.start + cells(placed.key.text)
            if placed.line == offset.y and placed.start <= offset.x < end:
                event.stop()
                self.post_message(self.Pressed(placed.key.command.id))


def _draw(keys: Sequence[BarKey], width: int) -> Content:
    return bar_text(place_keys(keys, width, MAX_LINES))


def bar_text(placed: Sequence[PlacedKey]) -> Content:
    """The bar as text, with bold keys."""
    text = Content("")
    line = end = 0
    for shown in placed:
        if shown.line != line:
            text, line, end = text + "\n", shown.line, 0
        text += " " * (shown.start - end)
        text += Content.styled(shown.key.command.key, "bold $accent") + f" {shown.key.label}"
        end = shown.start + cells(shown.key.text)
    return text
