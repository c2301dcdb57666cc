"""The help: all keys, grouped by scope, with a search."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input

from store.i18n import _
from tui.commands.registry import groups, shown_keys
from tui.commands.table import Command
from tui.dialogs.frame import Dialog, button_row, marked_box
from tui.text.cells import fit, plain_content
from tui.widgets.text_box import TextBox

KEYS_WIDTH = 12
MIN_WIDTH_BESIDE = 44
"""The least width that has room for sentences beside the keys."""


class HelpDialog(Dialog[None]):
    """Shows every command that has the typed words. Enter closes it, as Esc does."""

    CAN_RETRANSLATE = True

    def __init__(self) -> None:
        super().__init__(_("Keys"))
        self._words = ""

    def controls(self) -> ComposeResult:
        yield marked_box(TextBox(id="words", placeholder=_("Type to search")))
        yield button_row(("close", _("Close")))

    def first_focus(self) -> Widget:
        return self.query_one("#words")

    def retranslate(self) -> None:
        self.query_one(".dialog-frame").border_title = plain_content(_("Keys"))
        self.query_one("#words", Input).placeholder = _("Type to search")
        self.query_one("#close", Button).label = Content(_("Close"))
        self.on_resize()

    def body(self, width: int) -> Content:
        return Content("\n").join(help_lines(width, self._words))

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        self._words = event.value.strip()
        self.on_resize()

    @on(Input.Submitted)
    def _close_from_box(self) -> None:
        self.dismiss(None)


def help_lines(width: int, words: str = "") -> list[Content]:
    """The name of each scope, then the keys and the sentence of each command that has all these
    words."""
    lines: list[Content] = []
    for name, group in groups():
        commands = [command for command in group if _has(command, words)]
        if not commands:
            continue
        lines.append(Content.styled(name, "bold underline"))
        for command in commands:
            lines += _command_lines(command, width)
        lines.append(Content(""))
    return lines or [Content(_("No keys match these words."))]


def _has(command: Command, words: str) -> bool:
    """Whether the command's keys, label and sentence contain all the words."""
    text = f"{shown_keys(command)} {command.title} {command.sentence}".casefold()
    return all(word in text for word in words.casefold().split())


def _command_lines(command: Command, width: int) -> list[Content]:
    keys = shown_keys(command) or _("palette")
    indent = KEYS_WIDTH if width >= MIN_WIDTH_BESIDE else 2
    wrapped = Content(command.sentence).wrap(max(10, width - indent))
    if width < MIN_WIDTH_BESIDE:
        head = Content.assemble((keys, "bold $accent"), "  ", command.title)
        return [head, *(" " * indent + line for line in wrapped)]
    first, *rest = wrapped
    head = Content.styled(fit(keys, indent), "bold $accent") + first
    return [head, *(" " * indent + line for line in rest)]
