"""The prompter of a screen: asks with dialogs, and runs jobs in threads.

Each dialog is imported when it is first shown, since the first screen needs none.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from store.i18n import _
from store.items.overview import Overview
from store.session import Session
from tui.actions.prompter import JobProgress, NoticeLevel
from tui.actions.undo import UndoStack
from tui.commands.registry import command
from tui.prompts import (
    Confirmation,
    Form,
    FormField,
    Menu,
    Message,
    Question,
    RenewalAnswer,
    RenewalForm,
)

if TYPE_CHECKING:
    from textual.worker import Worker

    from store.walkthroughs.walk import Walk
    from tui.screens.base import BaseScreen

Value = TypeVar("Value")

PATIENCE = 1.0
"""Seconds after which a job's progress is shown; a quicker job shows none."""


class ScreenPrompter:
    """Asks for the actions of one screen (see `tui.actions.prompter.Prompter`)."""

    def __init__(self, screen: BaseScreen) -> None:
        self._screen = screen

    @property
    def session(self) -> Session:
        return self._screen.app.session

    @property
    def overview(self) -> Overview | None:
        snapshot = self._screen.snapshot
        return snapshot.overview if snapshot else None

    @property
    def undo_stack(self) -> UndoStack:
        return self._screen.app.undo_stack

    @property
    def sync_stop(self) -> Event | None:
        return self._screen.app.sync_stop

    @sync_stop.setter
    def sync_stop(self, stop: Event | None) -> None:
        self._screen.app.sync_stop = stop

    async def ask(self, question: Question[Value]) -> Value | None:
        form = Form(
            question.title,
            [FormField("value", question.prompt, question.value)],
            lambda texts: question.check(texts["value"]),
            question.lines,
        )
        return await self.fill_in(form)

    async def choose(self, menu: Menu[Value]) -> Value | None:
        from tui.dialogs.menu import MenuDialog

        return await self._screen.app.ask(MenuDialog(menu))

    async def fill_in(self, form: Form[Value]) -> Value | None:
        from tui.dialogs.form import FormDialog

        return await self._screen.app.ask(FormDialog(form))

    def edit_text(self, text: str, name: str) -> str:
        from tui.editor import edit_text

        return edit_text(text, name, self._screen.app.run_in_terminal)

    async def confirm(self, confirmation: Confirmation) -> bool:
        from tui.dialogs.confirmation import ConfirmationDialog

        confirmed = await self._screen.app.ask(ConfirmationDialog(confirmation))
        return bool(confirmed)

    async def renewal_form(self, form: RenewalForm) -> RenewalAnswer | None:
        """Fetch the prices while the form is open."""
        from tui.dialogs.renewal_form import RenewalFormDialog

        app = self._screen.app
        quoting: list[Worker[None]] = []

        async def quote() -> None:
            while (months := dialog.next_unquoted) is not None:
                dialog.show_quote(months, await form.quote(months))

        def want_quotes() -> None:
            if all(worker.is_finished for worker in quoting):
                quoting.append(app.start_action(quote))

        dialog = RenewalFormDialog(form, want_quotes)
        want_quotes()
        try:
            return await app.ask(dialog)
        finally:
            for worker in quoting:
                worker.cancel()

    async def tell(self, message: Message) -> None:
        from tui.dialogs.message import MessageDialog

        app = self._screen.app
        await app.ask(MessageDialog(message, copy=app.copy_out))

    def notify(self, text: str, level: NoticeLevel = "information", timeout: float = 5) -> None:
        self._screen.notify(text, severity=level, markup=False, timeout=timeout)

    async def in_store(self, job: Callable[[Session], Value]) -> Value:
        return await self._screen.app.in_store(job)

    async def work(
        self,
        title: str,
        job: Callable[[Session, JobProgress], Value],
        patience: float = PATIENCE,
    ) -> Value:
        """No further step is begun once the app ends."""
        from tui.dialogs.progress import ProgressDialog

        app, loop, dialog = self._screen.app, asyncio.get_running_loop(), ProgressDialog(title)

        def tell(done: int, total: int) -> None:
            loop.call_soon_threadsafe(dialog.show_step, done, total)

        steps = JobProgress(tell, dialog.stop)
        task = asyncio.create_task(app.in_store(lambda session: job(session, steps)))
        try:
            done, _waiting = await asyncio.wait({task}, timeout=patience)
            if not done:
                closed = app.push_screen(dialog)
                await asyncio.wait({task})
                await closed
                dialog.close()
            return await task
        finally:
            dialog.stop.set()

    def show_sync(self, progress: str | None) -> None:
        app = self._screen.app
        if progress is not None:
            progress += " · " + _("{key} cancels").format(key=self.name_of("sync"))
        app.event_loop.call_soon_threadsafe(app.show_sync, progress)

    def name_of(self, command_id: str) -> str:
        return command(command_id).key

    def data_changed(self, overview: Overview | None = None) -> None:
        self._screen.app.data_changed(overview)

    async def open_walk(self, walk: Walk, *, instead: bool = False) -> None:
        self._screen.app.open_walk(walk, instead=instead)

    async def leave_walk(self, outer: Walk | None = None) -> None:
        self._screen.app.leave_walk(outer)
