"""What the app runs on: its event loop, its threads, and how both end."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from selectors import SelectSelector
from typing import Any, NoReturn, TypeVar

from store.errors import RenewalError
from store.i18n import _
from store.payments.journal import is_paying
from store.session import Session
from tui.streams.output import write_words

Value = TypeVar("Value")

PATIENCE = 1.0
"""Seconds that jobs get to end. What is not done by then is as safe as after a kill: a
transaction is whole or nothing, and a payment that was sent is settled at the next start."""
SIGNALLED = 128
"""Exit codes from here on: the app was ended by a signal."""


def run_in_loop(main: Coroutine[Any, Any, Value]) -> Value:
    """Run a coroutine in an event loop that waits by `select`, as Textual does for its keyboard:
    kqueue, the default on macOS, refuses /dev/tty."""
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(SelectSelector())) as runner:
        return runner.run(main)


class Jobs:
    """Threads for work in the store. Not the event loop's own: its end would wait for them,
    however long they take."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(thread_name_prefix="store")
        self._running: set[Future[Any]] = set()

    async def run(self, job: Callable[[], Value]) -> Value:
        """Run the job in a thread. Raises what the job raises."""
        future = self._threads.submit(copy_context().run, job)
        self._running.add(future)
        future.add_done_callback(self._running.discard)
        return await asyncio.wrap_future(future)

    def finish(self, patience: float | None) -> bool:
        """Start no further job and wait for those that run; whether all are done.

        `patience`: seconds; None waits as long as it takes.
        """
        self._threads.shutdown(wait=False, cancel_futures=True)
        return not wait(tuple(self._running), patience).not_done


def leave(session: Session, jobs: Jobs, code: int) -> None:
    """Wait for the jobs that run; where one goes on, end the process with `code`.

    After a signal there is no time. A person who leaves is told of a payment in progress, and
    may wait for it or not.
    """
    try:
        if not jobs.finish(PATIENCE):
            if code < SIGNALLED and _is_paying(session):
                write_words(
                    _(
                        "A payment is in progress; waiting for its outcome. Press Ctrl+C to "
                        "quit: it stays in the journal and is settled at the next start."
                    ),
                    err=True,
                )
                jobs.finish(None)
            else:
                _end_at_once(code)
    except KeyboardInterrupt:
        _end_at_once(130)


def _is_paying(session: Session) -> bool:
    try:
        return is_paying(session.db)
    except RenewalError:
        return True


def _end_at_once(code: int) -> NoReturn:
    """Python itself would wait for the threads that go on."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)
