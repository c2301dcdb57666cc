"""An app whose screens show the store: it reads in threads, and runs actions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from textual.screen import Screen
from textual.worker import Worker

from store.errors import RenewalError
from store.i18n import _
from store.items.overview import Overview
from store.session import Session
from tui.clipboard import copy
from tui.display.key_queue import OrderedKeysApp
from tui.prompts import Message, outcome
from tui.runtime import Jobs
from tui.snapshot import Snapshot, SnapshotCache, take_snapshot
from tui.streams.log import write_traceback

T = TypeVar("T")
Action = Callable[[], Awaitable[object]]
Read = Callable[[Session, Snapshot], T]
"""What a screen reads beside the snapshot."""
Report = Callable[[str, str], Awaitable[None]]
"""Tells a failure: a title, and a sentence."""


class StoreApp(OrderedKeysApp[int]):
    """Reads the store of one account for its screens, and reports what fails in their actions."""

    session: Session

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.store_jobs = Jobs()
        self._snapshots = SnapshotCache()

    async def in_store(self, job: Callable[[Session], T]) -> T:
        """Run a job with a session of its own, in a thread, and wait for what it gives.

        Raises what the job raises. The job touches no widget.
        """

        def run() -> T:
            with self.session.again() as session:
                return job(session)

        return await self.store_jobs.run(run)

    async def read_snapshot(self, read: Read[T]) -> tuple[Snapshot, T]:
        """The store as it is now, and what a screen reads beside it, in a thread."""
        current, version = self._snapshots.current, self._snapshots.version
        overview = self._snapshots.take_overview()

        def job(session: Session) -> tuple[Snapshot, T]:
            snapshot = current or take_snapshot(session, overview)
            return snapshot, read(session, snapshot)

        snapshot, extra = await self.in_store(job)
        self._snapshots.keep(snapshot, version)
        return snapshot, extra

    def is_current(self, snapshot: Snapshot) -> bool:
        """Whether nothing has changed since the snapshot was taken."""
        return snapshot is self._snapshots.current

    def outdate_snapshot(self, overview: Overview | None = None) -> None:
        """What is stored has changed: the next screen that is shown reads it anew. `overview`: the
        account as it is now, if it was read already."""
        self._snapshots.forget(overview)

    async def save_setting(self, name: str, value: str | bool) -> None:  # noqa: FBT001
        """Keep a choice in config.toml for the next start."""
        from store.config import choose

        await self.store_jobs.run(lambda: choose(self.session.home.config, name, value))

    def start_action(self, action: Action, *, holds_keys: bool = False) -> Worker[None]:
        """Run something that asks and tells on its way; a failure is told in a dialog.

        `holds_keys`: keys wait while it works, for what it will ask. Not for an action that goes on
        in the background.
        """

        async def run() -> None:
            try:
                await self.run_guarded(action, self.tell)
            finally:
                if holds_keys:
                    self.release_keys()

        if holds_keys:
            self.hold_keys()
        return self.run_worker(run, group="act", exit_on_error=False)

    async def run_guarded(self, action: Action, report: Report) -> None:
        """The one edge at which an error of an action or a reload becomes a sentence."""
        try:
            await action()
        except RenewalError as error:
            await report(_("Failed"), error.message)
        except Exception as error:
            where = write_traceback(error)
            sentence = _("{kind}. Details are in {where}.").format(
                kind=type(error).__name__, where=where
            )
            await report(_("Program error"), sentence)

    async def ask(self, dialog: Screen[T]) -> T:
        """Show a dialog and wait for its answer."""
        return await self.push_screen_wait(dialog)

    async def tell(self, title: str, what: str) -> None:
        """Show an outcome until it is closed."""
        from tui.dialogs.message import MessageDialog

        await self.ask(MessageDialog(Message(title, outcome(what)), copy=self.copy_out))

    async def notify_failure(self, title: str, what: str) -> None:
        """Show a failure in passing."""
        del title
        self.notify(what, severity="error", markup=False, timeout=10)

    def copy_out(self, text: str) -> str:
        """Copy the text out of the terminal; returns the sentence that says where it was sent."""
        try:
            return copy(text, self.home, self.copy_to_clipboard).sentence
        except RenewalError as error:
            return error.message

    @property
    def home(self) -> Path:
        """The home folder."""
        return self.session.home.folder
