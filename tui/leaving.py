"""The end of the app: a payment under way is waited for, and everything else is left."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from store.errors import RenewalError
from store.i18n import _
from store.payments.journal import is_paying
from store.session import Session
from tui.jobs import Jobs
from tui.std_streams import write_words

PATIENCE = 1.0
"""Seconds for what has begun. What is not done by then is as safe as after a kill: a
transaction is whole or nothing, and a payment that was sent is settled at the next start."""
SIGNALLED = 128


def leave(session: Session, jobs: Jobs, code: int) -> None:
    """Wait for what is under way; does not come back where something goes on after it.

    After a signal there is no time. A person who leaves is told of a payment, and may
    wait for it or not.
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
