"""The base of all dialogs: a frame that fits any screen, Esc, and no input before it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from store.i18n import _
from store.sanitize import plain
from tui.commands.registry import binding, command
from tui.display.modal import GuardedModalScreen
from tui.prompts import Emphasis, Fact, Line
from tui.text.cells import cells, hang_content, padded, plain_content
from tui.widgets.key_bar import off_message

Result = TypeVar("Result")

FRAME_LINES = 2
MIN_BODY = 3
MAX_LABEL = 20
"""Cells of the longest label that is aligned with others."""
MIN_VALUE = 20
"""The least width of a value, in cells, at which its further lines are indented."""


class LanguageRequested(Message):
    """The person asked to switch the language."""


class Body(VerticalScroll, can_focus=False):
    """The text of a dialog; the dialog's movement keys scroll it."""


class Dialog(GuardedModalScreen[Result | None], Generic[Result]):
    """A frame with lines to read, and below them the widgets of `controls`.

    Clicks from before the dialog was drawn are thrown away: they were meant for the screen before
    it. Keys wait until it is drawn. Esc closes it with None.
    """

    AUTO_FOCUS = ""
    CAN_RETRANSLATE: ClassVar[bool] = False
    """Whether the language can be switched while the dialog is open."""
    MIN_BODY_LINES: ClassVar[int] = MIN_BODY
    """The lines of text that stay visible even in a small window."""
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "cancel", ""),
        ("up", "scroll_body(-1)", ""),
        ("down", "scroll_body(1)", ""),
        ("pageup", "scroll_body(-10)", ""),
        ("pagedown", "scroll_body(10)", ""),
        binding("language", "language"),
    ]
    DEFAULT_CSS = """
    Dialog {
        align: center middle; background: $background 60%;
        .dialog-frame {
            width: 100%; max-width: 78; height: auto; max-height: 100%;
            border: round $primary; padding: 0 1; background: $surface;
        }
        Body { height: auto; scrollbar-size-vertical: 1; }
        .dialog-controls { height: auto; }
        .dialog-prompt { height: auto; margin-top: 1; }
        .dialog-note { height: auto; }
        .dialog-error { height: auto; color: $error; text-style: bold; }
        .dialog-buttons { height: 1; align-horizontal: right; }
        Button { min-width: 10; margin-left: 2; }
        Button:focus { text-style: $button-focus-text-style; }
        Input { background: $background; }
        Input > .input--placeholder { color: $text-muted; }
        .dialog-field { height: 1; }
        .dialog-field Static { width: 2; }
        OptionList { background: $surface; padding: 0; scrollbar-size-vertical: 1; }
        OptionList, OptionList:focus { border: none; }
        OptionList:focus > .option-list--option-highlighted {
            text-style: $block-cursor-text-style;
        }
        OptionList > .option-list--option-highlighted { text-style: underline; }
    }
    """

    def __init__(self, title: str, lines: Sequence[Line | Content] = ()) -> None:
        super().__init__()
        self._heading = title
        self._lines = tuple(lines)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog-frame") as frame:
            frame.border_title = plain_content(self._heading)
            with Body():
                yield Static(classes="dialog-text")
            with Vertical(classes="dialog-controls"):
                yield from self.controls()

    def controls(self) -> ComposeResult:
        """The widgets below the text."""
        yield from ()

    def fit_controls(self, room: int) -> int:
        """Set the height of controls that can grow, and return the height of all controls. `room`:
        the lines inside the frame."""
        del room
        return self.query_one(".dialog-controls").outer_size.height

    def error_lines(self) -> int:
        """The height of the error message, also before it is laid out again."""
        message, width = self.query_one(".dialog-error"), self.query_one(Body).size.width
        return message.get_content_height(self.size, self.size, width)

    def first_focus(self) -> Widget | None:
        """The widget that gets the focus at first: a harmless one."""
        return None

    def body(self, width: int) -> Content:
        """The text to read, for that width in cells."""
        return Content("\n").join(draw_lines(self._lines, width))

    @property
    def is_open(self) -> bool:
        """Whether the dialog has not been closed; a closed one loses its parts before it is
        detached."""
        return self in self.app.screen_stack

    def on_mount(self) -> None:
        self.call_after_refresh(self._let_older_keys_pass)

    def _let_older_keys_pass(self) -> None:
        """Open after the keys that are in the app's queue already: later ones are newer than the
        dialog."""
        self.app.call_later(self._open)

    def _open(self) -> None:
        if not self.is_open:
            return
        # At once: `widget.focus()` is deferred, and a key in between would be lost.
        if (widget := self.first_focus()) is not None:
            self.set_focus(widget)
        self.accept_input()

    def action_language(self) -> None:
        """Switch the language, or say that the dialog has to be closed first: most texts come
        translated from an action."""
        if self.CAN_RETRANSLATE:
            self.post_message(LanguageRequested())
            return
        reason = _("close this dialog first")
        self.notify(off_message(command("language"), reason), markup=False, timeout=6)

    def retranslate(self) -> None:
        """Write all texts in the language in use."""

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit_body)

    def _fit_body(self) -> None:
        """Limit the text to the lines that the controls leave free, so that the controls stay
        visible."""
        if not self.is_open:
            return
        body = self.query_one(Body)
        lines = self.size.height - FRAME_LINES
        body.styles.max_height = max(self.MIN_BODY_LINES, lines - self.fit_controls(lines))
        text = self.query_one(".dialog-text", Static)
        text.update(self.body(max(1, body.size.width - 1)))

    @on(Button.Pressed, "#no, #close")
    def action_cancel(self) -> None:
        self.dismiss(None)

    def action_scroll_body(self, by: int) -> None:
        self.query_one(Body).scroll_relative(y=by, animate=False)


def draw_lines(lines: Sequence[Line | Content], width: int) -> Iterator[Content]:
    """The lines as content for that width in cells. The values of facts are aligned; a line keeps
    its indent when it is wrapped."""
    labels = [cells(line.label) for line in lines if isinstance(line, Fact)]
    column = min(max(labels, default=0), MAX_LABEL) + 2
    for line in lines:
        match line:
            case Fact(label, text):
                head = Content.styled(padded(plain(label), column), "bold")
                yield from _hang(head, plain_content(text), width)
            case Emphasis(text):
                yield plain_content(text, "bold")
            case str():
                text = line.lstrip(" ")
                yield from _hang(Content(" " * (len(line) - len(text))), plain_content(text), width)
            case _:
                yield line


def _hang(head: Content, text: Content, width: int) -> list[Content]:
    """The text after the head; further lines are indented unless there is too little room."""
    indent = cells(head.plain)
    if not indent or width - indent < MIN_VALUE:
        return [head + text]
    return hang_content(head, text, indent, width)


def marked_box(box: Input) -> Horizontal:
    """The box after a mark that shows where it begins."""
    return Horizontal(Static("›"), box, classes="dialog-field")


def button_row(*named: tuple[str, str]) -> Horizontal:
    """Buttons in one line, each of an id and a label."""
    row = [Button(plain_content(label), id=button_id, compact=True) for button_id, label in named]
    for button in row:
        button.active_effect_duration = 0  # Textual's button ignores Enter for that long
    return Horizontal(*row, classes="dialog-buttons")


def cancel_label() -> str:
    """The label of the button that closes a dialog without doing anything."""
    return _("Cancel")
