"""The progress of a job of several steps, and a button that stops it before the next one."""

from __future__ import annotations

from threading import Event

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Button, Static

from store.i18n import _
from tui.dialogs.frame import Dialog, buttons


class ProgressDialog(Dialog[None]):
    """Stays until the job is over. Steps that are done are never taken back."""

    def __init__(self, title: str) -> None:
        super().__init__(title, ())
        self.stop = Event()
        """Set when the person wants no further step; read by the job's thread."""
        self._progress = ""

    def show_step(self, done: int, total: int) -> None:
        """Show how many steps are done."""
        self._progress = _("{done} of {total} done").format(done=done, total=total)
        self._draw()

    def controls(self) -> ComposeResult:
        yield Static(self._progress, classes="dialog-note")
        yield buttons(("stop", _("Stop after this one")))

    def on_mount(self) -> None:
        self._draw()  # the progress that came before there was a line for it

    def first_focus(self) -> Widget:
        return self.query_one("#stop")

    @on(Button.Pressed, "#stop")
    def action_cancel(self) -> None:
        self.stop.set()
        self._draw()

    def _draw(self) -> None:
        text = self._progress
        if self.stop.is_set():
            text += " · " + _("stopping")
        for line in self.query(".dialog-note").results(Static):  # none before it is mounted
            line.update(text)
