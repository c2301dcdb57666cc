"""A job of several steps under way: how far it is, and stopping it before the next one."""

from __future__ import annotations

from threading import Event

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Button, Static

from store.i18n import _
from tui.dialogs.frame import Dialog, buttons


class WorkingDialog(Dialog[None]):
    """Stays until the job is over; what is done by then is never taken back."""

    def __init__(self, title: str) -> None:
        super().__init__(title, ())
        self.stop = Event()
        """Set where the person wants no further step. The job's thread looks at it."""
        self._told = ""

    def show_step(self, done: int, total: int) -> None:
        """How many steps are done of how many."""
        self._told = _("{done} of {total} done").format(done=done, total=total)
        self._draw()

    def controls(self) -> ComposeResult:
        yield Static(self._told, classes="dialog-told")
        yield buttons(("stop", _("Stop after this one")))

    def on_mount(self) -> None:
        self._draw()  # what was told before there was a place for it

    def first_focus(self) -> Widget:
        return self.query_one("#stop")

    @on(Button.Pressed, "#stop")
    def action_cancel(self) -> None:
        self.stop.set()
        self._draw()

    def _draw(self) -> None:
        told = self._told
        if self.stop.is_set():
            told += " · " + _("stopping")
        for line in self.query(".dialog-told").results(Static):  # none before it is mounted
            line.update(told)
