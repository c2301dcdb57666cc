"""Fetch everything from the cloud, on demand and at the start."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from time import monotonic

from store.clouds import Progress
from store.errors import CloudError
from store.i18n import _, counted
from store.payments.journal import has_open_payment
from store.session import Session
from tui.actions.prompter import Prompter

PATIENCE, PAUSE = 1.0, 0.5
"""Seconds until the progress of a sync is shown, and between two updates."""

OLD_AFTER = timedelta(minutes=15)


async def start_up(prompter: Prompter) -> None:
    """At the start, settle payments left open, and sync if the data is old."""
    has_open, is_old = await prompter.in_store(_startup_work)
    if has_open:
        from tui.actions.payments import settle_open_payments

        await settle_open_payments(prompter)
    if is_old:
        await sync_now(prompter, asked_for=False)


def _startup_work(session: Session) -> tuple[bool, bool]:
    """Whether payments were left open, and whether the data is old."""
    return has_open_payment(session.db, session.account.name), session.needs_sync(OLD_AFTER)


async def sync_now(prompter: Prompter, *, asked_for: bool = True) -> None:
    """Sync, and show its progress. If it fails, the stored data stays, and a notice says why.
    `asked_for`: also report success."""
    stop = prompter.sync_stop = Event()
    progress = _progress_shower(prompter)
    try:
        count, hints = await prompter.in_store(lambda session: _sync(session, stop, progress))
    except CloudError as error:
        prompter.session.sync_error = error
        prompter.data_changed()
        await _notify_failure(prompter, error)
        return
    finally:
        prompter.sync_stop = None
        prompter.show_sync(None)
    prompter.session.sync_error = None
    prompter.data_changed()
    for hint in hints:
        prompter.notify(hint, "warning", timeout=10)
    if asked_for:
        prompter.notify(counted("{n} item synced", "{n} items synced", count), timeout=3)


async def _notify_failure(prompter: Prompter, error: CloudError) -> None:
    """Report the failure; without stored data, the checklist shows the reason."""
    if await prompter.in_store(lambda session: session.needs_first_sync()):
        sentence = _("Sync failed; the checklist says why.")
    else:
        sentence = _("Sync failed; showing stored data. {reason}").format(reason=error.message)
    prompter.notify(sentence, "error", timeout=10)


def _sync(session: Session, stop: Event, progress: Progress) -> tuple[int, tuple[str, ...]]:
    session.stop = stop
    return session.sync(progress), session.hints


def _progress_shower(prompter: Prompter) -> Progress:
    """A function that shows the progress of a long sync, at most twice a second."""
    next_at = monotonic() + PATIENCE

    def show(what: str, done: int, total: int) -> None:
        nonlocal next_at
        if monotonic() < next_at or what != "items":
            return
        next_at = monotonic() + PAUSE
        text = _("syncing {done} of {total}")
        prompter.show_sync(text.format(done=f"{done:,}", total=f"{total:,}"))

    return show
