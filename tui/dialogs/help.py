"""All keys, grouped by the scopes in which they work."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button

from store.i18n import _
from tui.commands.registry import groups, shown_keys
from tui.commands.table import Command
from tui.dialogs.frame import Dialog, buttons
from tui.text.cells import content, fit

KEYS = 12
WIDE = 44


class HelpDialog(Dialog[None]):
    """Shows every command; `more` are lines that follow, such as the legend of marks."""

    CAN_RETRANSLATE = True

    def __init__(self, more: Sequence[Content | str] = ()) -> None:
        super().__init__(_("Help"), more)

    def controls(self) -> ComposeResult:
        yield buttons(("close", _("Close")))

    def first_focus(self) -> Widget:
        return self.query_one("#close")

    def retranslate(self) -> None:
        self.query_one(".dialog-frame").border_title = content(_("Help"))
        self.query_one("#close", Button).label = Content(_("Close"))
        self.on_resize()

    def body(self, width: int) -> Content:
        return Content("\n").join([*help_lines(width), super().body(width)])

    @on(Button.Pressed, "#close")
    def _close(self) -> None:
        self.dismiss(None)


def help_lines(width: int) -> list[Content]:
    """The name of each scope, then its commands: keys, and their sentence wrapped beside them."""
    lines: list[Content] = []
    for name, commands in groups():
        lines.append(Content.styled(name, "bold underline"))
        for each in commands:
            lines += _command_lines(each, width)
        lines.append(Content(""))
    return lines


def _command_lines(command: Command, width: int) -> list[Content]:
    keys = shown_keys(command) or _("palette")
    indent = KEYS if width >= WIDE else 2
    wrapped = Content(command.sentence).wrap(max(10, width - indent))
    if width < WIDE:
        head = Content.assemble((keys, "bold $accent"), "  ", command.title)
        return [head, *(" " * indent + line for line in wrapped)]
    first, *rest = wrapped
    head = Content.styled(fit(keys, indent), "bold $accent") + first
    return [head, *(" " * indent + line for line in rest)]
