"""The prompter, through which actions ask: a protocol that the screens and line mode implement.

An action knows no widget and no terminal. It uses the store in jobs, each with a session of its
own, and reports changes with `data_changed`.
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


class JobProgress(Struct, frozen=True):
    """The progress of a job of several steps: shown to the person, who can stop it."""

    tell: Callable[[int, int], object]
    """Shows the number of steps done, and of all steps."""
    stop: Event
    """Set when the person wants no further step."""

    def begin_step(self, done: int, total: int) -> bool:
        """Show the progress before a step; False: the person wants no further step."""
        if self.stop.is_set():
            return False
        self.tell(done, total)
        return True


class Prompter(Protocol):
    """Asks the person, shows messages, and runs jobs in the store."""

    sync_stop: Event | None
    """Cancels the running sync when set; None: no sync is running."""

    @property
    def session(self) -> Session:
        """The open account. Its database is for jobs only: see `in_store`."""

    @property
    def undo_stack(self) -> UndoStack:
        """What was done since the program was started."""

    @property
    def overview(self) -> Overview | None:
        """The account as it is shown to the person; None: nothing is shown yet."""

    async def ask(self, question: Question[Value]) -> Value | None:
        """The checked answer, or None if the person left."""

    async def choose(self, menu: Menu[Value]) -> Value | None:
        """The value of the choice, or None."""

    async def fill_in(self, form: Form[Value]) -> Value | None:
        """The checked value of the form, or None."""

    def edit_text(self, text: str, name: str) -> str:
        """The text as edited in the person's editor, in a file called `name`. Nothing else runs
        meanwhile. Raises `Usage` if there is no editor or it fails."""

    async def confirm(self, confirmation: Confirmation) -> bool:
        """Whether the proof was typed and confirmed. Input from before the facts were shown never
        counts."""

    async def renewal_form(self, form: RenewalForm) -> RenewalAnswer | None:
        """The answer, with the proof typed as for `confirm`, or the wish to top up first, which
        needs no proof. None if the person left."""

    async def tell(self, message: Message) -> None:
        """Show the message until it is closed."""

    def notify(self, text: str, level: NoticeLevel = "information", timeout: float = 5) -> None:
        """Show a notice for `timeout` seconds."""

    async def in_store(self, job: Job[Value]) -> Value:
        """Run a job with a session of its own. Raises what the job raises."""

    async def work(self, title: str, job: Callable[[Session, JobProgress], Value]) -> Value:
        """Run a job of several steps; if it takes long, show its progress and offer to stop it
        before the next step. Raises what the job raises."""

    def show_sync(self, progress: str | None) -> None:
        """Show a sync's progress, from any thread; None: the sync has ended."""

    def name_of(self, command_id: str) -> str:
        """The name of a command for the person: its key, or its label in line mode."""

    def data_changed(self, overview: Overview | None = None) -> None:
        """Show the changed data. `overview`: the account after the change, if already read."""

    async def open_walk(self, walk: Walk, *, instead: bool = False) -> None:
        """Show this walk-through; `instead`: in place of the one that is shown."""

    async def leave_walk(self, outer: Walk | None = None) -> None:
        """Leave the walk-through that is shown, for `outer`, which waits for it, if there is
        one."""
