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
"""Seconds that running jobs get to finish. Ending them later is as safe as a kill: a transaction is
atomic, and a payment already sent is settled at the next start."""
SIGNALLED = 128
"""Exit codes from this on mean that a signal ended the app."""


def run_in_loop(main: Coroutine[Any, Any, Value]) -> Value:
    """Run a coroutine in an event loop that waits by `select`, as Textual does for its keyboard:
    kqueue, the default on macOS, refuses /dev/tty."""
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(SelectSelector())) as runner:
        return runner.run(main)


class Jobs:
    """Threads for jobs in the store. The event loop's own executor would not do: closing the loop
    waits for it without limit."""

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
        """Start no further job and wait for the running ones; whether all are done.

        `patience`: seconds; None waits as long as it takes.
        """
        self._threads.shutdown(wait=False, cancel_futures=True)
        return not wait(tuple(self._running), patience).not_done


def shut_down(session: Session, jobs: Jobs, code: int) -> None:
    """Wait for running jobs; if one does not finish, end the process with `code`.

    While a payment is in progress, say so and wait for it, unless a signal ended the app.
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
    """End now: Python's own exit would wait for the running threads."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)
