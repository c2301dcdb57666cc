"""The progress of a job of several steps, with a button that stops it before the next step."""

from __future__ import annotations

from threading import Event
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Static

from store.i18n import _
from tui.commands.registry import binding
from tui.dialogs.frame import Dialog, button_row


class QuitRequested(Message):
    """The person asked to quit while the job is running."""


class ProgressDialog(Dialog[None]):
    """Stays open until the job has ended. Stopping undoes no step that is done. Keys typed before
    it was drawn stop nothing."""

    DROPS_EARLIER_KEYS = True
    BINDINGS: ClassVar[list[BindingType]] = [binding("quit", "quit")]

    def __init__(self, title: str) -> None:
        super().__init__(title, ())
        self.stop = Event()
        """Set when the person wants no further step; the job's thread reads it."""
        self._progress = ""
        self._is_over = False

    def show_step(self, done: int, total: int) -> None:
        """Show how many steps are done."""
        self._progress = _("{done} of {total} done").format(done=done, total=total)
        self._draw()

    def close(self) -> None:
        """Close once the job has ended: at once, or after the dialog on top is closed."""
        self._is_over = True
        if self.is_active:  # `dismiss` closes whatever screen is on top
            self.dismiss(None)

    def on_screen_resume(self) -> None:
        if self._is_over:
            self.dismiss(None)

    def controls(self) -> ComposeResult:
        yield Static(self._progress, classes="dialog-note")
        yield button_row(("stop", _("Stop after this one")))

    def on_mount(self) -> None:
        self._draw()  # the progress from before there was a widget for it

    def first_focus(self) -> Widget:
        return self.query_one("#stop")

    def action_quit(self) -> None:
        self.post_message(QuitRequested())

    @on(Button.Pressed, "#stop")
    def action_cancel(self) -> None:
        self.stop.set()
        self._draw()

    def _draw(self) -> None:
        text = self._progress
        if self.stop.is_set():
            text += " · " + _("stopping")
        for line in self.query(".dialog-note").results(Static):  # there is none before mounting
            line.update(text)
