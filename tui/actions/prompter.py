"""How an action asks and tells: a protocol that the screens and line mode implement.

An action is a coroutine that takes a prompter and reads from top to bottom as it happens. It
knows no widget and no terminal. What it needs of the store it asks in a job, which runs with
a session of its own; what it changes there it reports with `data_changed`.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from msgspec import Struct

from tui.prompts import (
    Confirmation,
    Form,
    Menu,
    Message,
    Question,
    RenewalAnswer,
    RenewalForm,
)

if TYPE_CHECKING:
    from store.items.overview import Overview
    from store.session import Session
    from store.walkthroughs.walk import Walk
    from tui.actions.undo import UndoStack

Value = TypeVar("Value")
Job = Callable[["Session"], Value]
NoticeLevel = Literal["information", "warning", "error"]


class Steps(Struct, frozen=True):
    """Progress of a job of several steps, between its thread and the person."""

    tell: Callable[[int, int], object]
    """Shows (number of steps done, number of steps)."""
    stop: Event
    """Set when the person wants no further step."""

    def before(self, done: int, total: int) -> bool:
        """Show the progress; False: do no further step."""
        if self.stop.is_set():
            return False
        self.tell(done, total)
        return True


class Prompter(Protocol):
    """Asks a person and tells them, and runs jobs in the store."""

    sync_stop: Event | None
    """Set it to cancel the sync that is under way; None: there is none."""

    @property
    def session(self) -> Session:
        """The account that is open. Its database belongs to jobs: see `in_store`."""

    @property
    def undo_stack(self) -> UndoStack:
        """What was done since the program was started."""

    @property
    def overview(self) -> Overview | None:
        """The account as the person sees it now; None before anything is shown."""

    async def ask(self, question: Question[Value]) -> Value | None:
        """The checked answer, or None where the person left."""

    async def choose(self, menu: Menu[Value]) -> Value | None:
        """The value of the choice, or None."""

    async def fill_in(self, form: Form[Value]) -> Value | None:
        """The checked value of the form, or None."""

    def edit_text(self, text: str, name: str) -> str:
        """The text as the person left it in their own editor; `name` is the file's. Nothing else
        happens meanwhile. Raises `Usage` where there is no editor, or it fails."""

    async def confirm(self, confirmation: Confirmation) -> bool:
        """Whether the proof was typed and confirmed. What was typed before the facts were
        shown never counts."""

    async def renewal_form(self, form: RenewalForm) -> RenewalAnswer | None:
        """What was chosen, with the proof typed as for `confirm`; or the wish to top up first, for
        which no proof is needed. None where the person left."""

    async def tell(self, message: Message) -> None:
        """Show the message until it is closed."""

    def notify(self, text: str, level: NoticeLevel = "information", timeout: float = 5) -> None:
        """Show a sentence in passing, for so many seconds."""

    async def in_store(self, job: Job[Value]) -> Value:
        """Run a job with a session of its own. Raises what the job raises."""

    async def work(self, title: str, job: Callable[[Session, Steps], Value]) -> Value:
        """Run a job of several steps; if it takes long, show its progress and offer to stop
        it before its next step. Raises what the job raises."""

    def show_sync(self, progress: str | None) -> None:
        """Show how far a sync is, from any thread; None: it is over."""

    def name_of(self, command_id: str) -> str:
        """A command as the person knows it: its key, or its label where there are no keys."""

    def data_changed(self, overview: Overview | None = None) -> None:
        """Show the store as it is now. `overview`: the account as it is now, if it was read
        already."""

    async def open_walk(self, walk: Walk, *, instead: bool = False) -> None:
        """Show this walk-through as it is now; `instead`: in place of the one that is shown."""

    async def leave_walk(self, outer: Walk | None = None) -> None:
        """Leave the walk-through that is shown, for the one that waits for it, if there is one."""
