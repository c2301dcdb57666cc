"""The prompter of line mode: asks on plain lines, and runs jobs in the same thread."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from threading import Event
from time import monotonic
from typing import Any, TypeVar

from store.annotations.load import Annotations, load_annotations
from store.errors import RenewalError, Usage
from store.i18n import _
from store.items.overview import Overview
from store.session import Session
from store.walkthroughs.walk import Walk
from tui.actions.prompter import JobProgress, NoticeLevel
from tui.actions.undo import UndoStack
from tui.commands.registry import command
from tui.editor import edit_text
from tui.line_mode.confirmation import NoTerminal, ask_proof
from tui.line_mode.lines import BACK, EndOfAnswersError, ask_line, choose, write_line
from tui.line_mode.renewal_form import ask_renewal
from tui.line_mode.walk import WALK_CHOICES, take_walk_step
from tui.prompts import (
    Confirmation,
    Form,
    FormField,
    Menu,
    Message,
    Question,
    RenewalAnswer,
    RenewalForm,
    WrongField,
)
from tui.text import labels

Value = TypeVar("Value")

EMPTY = "-"
"""The answer for an empty text, since Enter takes the proposed one."""

SYNC_PAUSE = 5.0
"""Seconds from one line about the progress of a sync to the next."""


class LinePrompter:
    """Asks on plain lines (see `tui.actions.prompter.Prompter`). None of its coroutines waits for
    an event loop: see `run`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.undo_stack = UndoStack()
        self.sync_stop: Event | None = None
        self._overview: Overview | None = None
        self._walks: list[Walk] = []
        """The walk-throughs that are shown, the current one last."""
        self._has_told_answers = False
        self._next_progress_at = 0.0

    @property
    def overview(self) -> Overview:
        """Read again after each change."""
        if self._overview is None:
            self._overview = self.session.overview()
        return self._overview

    @property
    def annotations(self) -> Annotations:
        """The notes and snoozes of the account's items."""
        return load_annotations(self.session.db, self.overview)

    async def ask(self, question: Question[Value]) -> Value | None:
        """Ask again, with the reason, until the answer is valid."""
        write_line()
        for line in (question.title, *question.lines):
            write_line(line)
        field = FormField("value", question.prompt, question.value)
        while (typed := self._read_field(field)) is not None:
            try:
                return question.check(typed)
            except Usage as error:
                write_line(error.message)
        return None

    async def choose(self, menu: Menu[Value]) -> Value | None:
        chosen = choose(menu)
        return None if chosen is None else chosen.value

    async def fill_in(self, form: Form[Value]) -> Value | None:
        write_line()
        for line in (form.title, *form.lines):
            write_line(line)
        texts = {field.name: field.value for field in form.fields}
        asked: Sequence[FormField] = form.fields
        while True:
            for field in asked:
                typed = self._read_field(FormField(field.name, field.label, texts[field.name]))
                if typed is None:
                    return None
                texts[field.name] = typed
            try:
                return form.check(texts)
            except WrongField as error:
                write_line(error.message)
                asked = [field for field in form.fields if field.name == error.name]
            except Usage as error:
                write_line(error.message)
                asked = form.fields

    def _read_field(self, field: FormField) -> str | None:
        """Ask for a field; returns the typed or proposed text, or None: the person goes back."""
        if not self._has_told_answers:
            self._has_told_answers = True
            write_line(_("Enter takes what is in brackets, - empties it, a single dot goes back."))
        proposal = f" [{field.value}]" if field.value else ""
        label = _("{label}: {text}").format(label=f"{field.label}{proposal}", text="").rstrip()
        typed = ask_line(label)
        if typed == BACK:
            return None
        return "" if typed == EMPTY else typed or field.value

    def edit_text(self, text: str, name: str) -> str:
        return edit_text(text, name, _run_editor)

    async def confirm(self, confirmation: Confirmation) -> bool:
        """Raises `NoTerminal` if there is no terminal to ask on."""
        await self.tell(Message(confirmation.title, confirmation.lines))
        confirmed = ask_proof(confirmation.proof)
        if not confirmed:
            write_line(_("Not confirmed; nothing was sent."))
        return confirmed

    async def renewal_form(self, form: RenewalForm) -> RenewalAnswer | None:
        return await ask_renewal(form)

    async def tell(self, message: Message) -> None:
        write_line()
        for line in (message.title, *message.lines):
            write_line(line)

    def notify(self, text: str, level: NoticeLevel = "information", timeout: float = 5) -> None:
        del level, timeout
        write_line(text)

    async def in_store(self, job: Callable[[Session], Value]) -> Value:
        with self.session.copy() as session:
            return job(session)

    async def work(self, title: str, job: Callable[[Session, JobProgress], Value]) -> Value:
        write_line(title)

        def tell(done: int, total: int) -> None:
            if total > 1:
                write_line(_("{done} of {total} done").format(done=done, total=total))

        return await self.in_store(lambda session: job(session, JobProgress(tell, Event())))

    def show_sync(self, progress: str | None) -> None:
        if progress is not None and monotonic() >= self._next_progress_at:
            self._next_progress_at = monotonic() + SYNC_PAUSE
            write_line(progress)

    def data_changed(self, overview: Overview | None = None) -> None:
        del overview  # its connection is closed
        self._overview = None

    def name_of(self, command_id: str) -> str:
        choice = WALK_CHOICES.get(command_id)
        label = command(command_id).title if choice is None else _(choice)
        return f"“{labels.sentence_case(label)}”"

    async def open_walk(self, walk: Walk, *, instead: bool = False) -> None:
        """Run the walk-through; returns once it is left, or the one that has replaced it."""
        self.data_changed()
        if instead:
            self._walks[-1] = walk
            return
        self._walks.append(walk)
        depth = len(self._walks)
        while len(self._walks) >= depth:
            await take_walk_step(self, self._walks[-1])

    async def leave_walk(self, outer: Walk | None = None) -> None:
        self._walks.pop()
        if outer is not None and outer.id not in {walk.id for walk in self._walks}:
            self._walks.append(outer)

    async def attempt(self, action: Coroutine[Any, Any, object]) -> None:
        """Run an action, and write its error. A payment that nobody can confirm ends the program:
        the next answer from a pipe would be for another question."""
        try:
            await action
        except NoTerminal:
            raise
        except RenewalError as error:
            write_line(error.message)


def _run_editor(command: Sequence[str]) -> int:
    """Run the editor's command, and leave Ctrl+C to it; returns its exit code."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run(command, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)


def run(action: Coroutine[Any, Any, Value]) -> Value:
    """Run an action with a `LinePrompter`, which never suspends it, and return its result."""
    try:
        action.send(None)
    except StopIteration as ended:
        result: Value = ended.value
        return result
    action.close()
    raise RuntimeError("an action waits for an event loop in line mode")


def walk_in_lines(session: Session, walk: Walk) -> None:
    """Run a walk-through step by step, until it ends or is left."""
    with suppress(EndOfAnswersError):
        run(LinePrompter(session).open_walk(walk))
