"""The two long lives: events with the app open, and syncs one after another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from textual.widgets._toast import ToastHolder

from store.session import Session
from tests.long.measures import Held, held, rows_of, size_of
from tests.stories.driver import Desk, at_the_desk, prepared_session

WARM = 5
"""Events, or syncs, after which everything is loaded that ever is."""


async def live_by_events(home: Path, length: timedelta, samples: list[Held]) -> Iterator[str]:
    """Press `n`, to the next event, until that time has passed; what was measured, in lines."""
    async with at_the_desk(home, "tour") as desk:
        with desk.cloud() as cloud:
            began = cloud.now()
        now, events = began, 0
        while now - began < length:
            await desk.press("n")
            await desk.choose("To the next event")
            events += 1
            with desk.cloud() as cloud:
                now = cloud.now()
                if cloud.next_event() is None:
                    break
            if events == WARM:
                samples.append(await _held_without_notices(desk))
        samples.append(await _held_without_notices(desk))
    return iter(
        (
            f"{events} events in {(now - began).days} days of the practice clock, app open",
            *changes(home, samples),
        )
    )


async def _held_without_notices(desk: Desk) -> Held:
    """Notices leave after some seconds of real time, each with its tasks; cleared at
    once, their frames stay."""
    await desk.clear_notices()
    await desk.app.screen.query(ToastHolder).remove()
    return held()


def live_by_syncs(home: Path, count: int, samples: list[Held]) -> Iterator[str]:
    """Sync that often in one process, each time in a new session, as the app does."""
    prepared_session(home, "tour").close()
    session = prepared_session(home, None)
    with session:
        session.sync()
        before = rows_of(home / "store.db")
        for number in range(count):
            with session.copy() as own_session:
                sync_later(own_session)
            if number == WARM:
                samples.append(held())
        samples.append(held())
        after = rows_of(home / "store.db")
    yield f"{count} syncs"
    yield from changes(home, samples)
    yield f"rows in store.db before {dict(before)}"
    yield f"rows in store.db after  {dict(after)}"


def sync_later(session: Session) -> None:
    """A sync a minute after the one before, so that it is never of the same instant."""
    session.practice.advance(timedelta(minutes=1))
    session.sync()


def changes(home: Path, samples: list[Held]) -> Iterator[str]:
    """What is held at first and at last, and the sizes of the files."""
    yield f"at first: {samples[0].line}"
    yield f"at last:  {samples[-1].line}"
    yield f"bytes: {dict(size_of(home))}"
    yield f"rows in practice.db {dict(rows_of(home / 'practice.db'))}"
