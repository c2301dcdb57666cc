"""The part of the app that reads the store in threads and runs actions."""

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
from tui.clipboard import copy_text
from tui.display.key_queue import OrderedKeysApp
from tui.prompts import Message, outcome
from tui.runtime import Jobs
from tui.snapshot import Snapshot, SnapshotCache, take_snapshot
from tui.streams.log import write_traceback

T = TypeVar("T")
Action = Callable[[], Awaitable[object]]
ReadExtra = Callable[[Session, Snapshot], T]
"""Reads what a screen shows in addition to the snapshot."""
Report = Callable[[str, str], Awaitable[None]]
"""Reports a failure: a title and a sentence."""


class StoreApp(OrderedKeysApp[int]):
    """Reads the store of one account for its screens, and reports what fails in their actions."""

    session: Session

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.store_jobs = Jobs()
        self._snapshots = SnapshotCache()

    async def in_store(self, job: Callable[[Session], T]) -> T:
        """Run a job in a thread, with a session of its own, and return its result.

        Raises what the job raises. The job touches no widget.
        """

        def run() -> T:
            with self.session.copy() as session:
                return job(session)

        return await self.store_jobs.run(run)

    async def read_snapshot(self, read_extra: ReadExtra[T]) -> tuple[Snapshot, T]:
        """The current snapshot, and what a screen reads in addition; both read in a thread."""
        current, version = self._snapshots.current, self._snapshots.version
        overview = self._snapshots.take_overview()

        def job(session: Session) -> tuple[Snapshot, T]:
            snapshot = current or take_snapshot(session, overview)
            return snapshot, read_extra(session, snapshot)

        snapshot, extra = await self.in_store(job)
        self._snapshots.keep(snapshot, version)
        return snapshot, extra

    def is_current(self, snapshot: Snapshot) -> bool:
        """Whether nothing has changed since the snapshot was taken."""
        return snapshot is self._snapshots.current

    def outdate_snapshot(self, overview: Overview | None = None) -> None:
        """Record that the store has changed: the next screen shown reads it anew. `overview`: the
        account after the change, if already read."""
        self._snapshots.forget(overview)

    async def save_setting(self, name: str, value: str | bool) -> None:  # noqa: FBT001
        """Save a setting in config.toml for the next start."""
        from store.config import store_setting

        await self.store_jobs.run(lambda: store_setting(self.session.home.config, name, value))

    def start_action(self, action: Action, *, holds_keys: bool = False) -> Worker[None]:
        """Run an action in the background; a failure is shown in a dialog.

        `holds_keys`: keys typed meanwhile wait for the dialog that it opens. Not for an action that
        people do not wait for, such as a sync.
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
        """Await an action; report its error as a sentence. Every action and reload goes through
        here."""
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
        """Show a failure as a notice."""
        del title
        self.notify(what, severity="error", markup=False, timeout=10)

    def copy_out(self, text: str) -> str:
        """Copy the text out of the terminal; returns the sentence that says where it went."""
        try:
            return copy_text(text, self.home, self.copy_to_clipboard).sentence
        except RenewalError as error:
            return error.message

    @property
    def home(self) -> Path:
        """The home folder."""
        return self.session.home.folder
