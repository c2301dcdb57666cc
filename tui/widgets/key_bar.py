"""The keys that work on the screen, the most useful first, in one line or two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from msgspec import Struct
from textual import events
from textual.content import Content
from textual.message import Message

from store.i18n import _
from tui.commands.table import Command
from tui.text.cells import cells, plain
from tui.widgets.fitted_text import FittedText

LEFT_TO_HELP = 90
ALWAYS = "help"
"""Shown at any width: it leads to all the others."""

MOST_LINES = 2


class Key(Struct, frozen=True):
    """A key with its label and its position in the bar."""

    command: Command
    text: str
    line: int
    start: int
    is_off: bool


def lay_out(
    commands: Iterable[Command], width: int, lines: int, off: Mapping[str, str] | None = None
) -> tuple[Key, ...]:
    """The keys that fit, none cut. What is off is in parentheses."""
    off = off or {}
    wanted = [command for command in commands if command.keys and command.order < LEFT_TO_HELP]
    for used in range(1, lines + 1):
        for gap in (3, 2):
            keys = _pack(wanted, width, used, gap, off)
            if len(keys) == len(wanted):
                return keys
    keys = _pack(wanted, width, lines, 2, off)
    if any(command.id == ALWAYS for command in wanted) and ALWAYS not in _ids(keys):
        for kept in range(len(keys) - 1, -1, -1):
            chosen = {*_ids(keys[:kept]), ALWAYS}
            fewer = _pack(
                [command for command in wanted if command.id in chosen], width, lines, 2, off
            )
            if ALWAYS in _ids(fewer):
                return fewer
    return keys


def _ids(keys: Iterable[Key]) -> set[str]:
    return {command.command.id for command in keys}


def _pack(
    commands: Sequence[Command], width: int, lines: int, gap: int, off: Mapping[str, str]
) -> tuple[Key, ...]:
    ends = [-gap] * lines
    keys = []
    current = 0
    for command in commands:
        is_off = command.id in off
        text = f"{command.key} {command.title}"
        text = f"({text})" if is_off else text
        for line in range(current, lines):
            if ends[line] + gap + cells(text) <= width:
                keys.append(Key(command, text, line, ends[line] + gap, is_off))
                ends[line] += gap + cells(text)
                current = line
                break
    return tuple(keys)


def why_off(command: Command, reason: str) -> str:
    """The answer to a key that is off."""
    return _("“{label}” is off: {reason}").format(label=command.title, reason=plain(reason))


class KeyBar(FittedText):
    """Shows commands; a click on one posts `Pressed`."""

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
        self._commands: tuple[Command, ...] = ()
        self._off: dict[str, str] = {}

    def show(self, commands: Iterable[Command], off: Mapping[str, str] | None = None) -> None:
        """Shows these commands in order; `off` holds the reasons of those that do not work now."""
        shown = (tuple(commands), dict(off or {}))
        if shown != (self._commands, self._off):
            self._commands, self._off = shown
            self.fit(partial(_drawn, *shown))

    def reason(self, command_id: str) -> str | None:
        """Why the command is off; None: it works."""
        return self._off.get(command_id)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for key in lay_out(self._commands, self.size.width, MOST_LINES, self._off):
            if key.line == offset.y and key.start <= offset.x < key.start + cells(key.text):
                event.stop()
                self.post_message(self.Pressed(key.command.id))


def _drawn(commands: Sequence[Command], off: Mapping[str, str], width: int) -> Content:
    return bar_text(lay_out(commands, width, MOST_LINES, off))


def bar_text(keys: Sequence[Key]) -> Content:
    """The bar as text: keys bold, what is off dim."""
    text = Content("")
    line = end = 0
    for key in keys:
        if key.line != line:
            text, line, end = text + "\n", key.line, 0
        text += " " * (key.start - end)
        if key.is_off:
            text += Content.styled(key.text, "dim")
        else:
            text += Content.styled(key.command.key, "bold $accent")
            text += key.text[len(key.command.key) :]
        end = key.start + cells(key.text)
    return text
