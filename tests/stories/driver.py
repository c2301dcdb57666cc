"""A person at the keyboard of the real app: presses keys, waits until it is quiet, reads.

Everything goes through the keys. Outcomes are read from the screen, as text, and from the data
of the practice cloud.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, OptionList
from textual.worker import WorkerState

import tui.app
from store.clouds.practice.cloud import PracticeCloud
from store.home import open_home
from store.session import Session
from tests.stories.idle import quick_waits
from tests.svg import steady
from tests.tui.stage import lines_of, strips_of
from tui.app import RenewalApp
from tui.dialogs.frame import Dialog
from tui.dialogs.renewal_form import RenewalFormDialog
from tui.widgets.record_table import RecordTable

T = TypeVar("T")
Scenario = str | dict[str, object]

PANES = {
    "due": "0", "instances": "1", "licenses": "2", "plans": "3", "walks": "4", "payments": "5",
}  # fmt: skip
MOST_PAUSES = 10_000
PAUSE = 0.002
"""Seconds until a thread is looked at again."""


class WatchedApp(RenewalApp):
    """The app, counting its running jobs, so that no test sleeps."""

    CSS_PATH = str(Path(tui.app.__file__).with_name("app.tcss"))

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.jobs = 0
        self.job_ended = asyncio.Event()
        self.asked: list[Screen[Any]] = []

    async def in_store(self, job: Callable[[Session], T]) -> T:
        self.jobs += 1
        try:
            return await super().in_store(job)
        finally:
            self.jobs -= 1
            self.job_ended.set()

    async def ask(self, dialog: Screen[T]) -> T:
        self.asked.append(dialog)
        try:
            return await super().ask(dialog)
        finally:
            self.asked.remove(dialog)

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        return steady(super().export_screenshot(title=title, simplify=simplify))

    @property
    def is_quiet(self) -> bool:
        """Whether all that still runs waits for the person, before dialogs that are drawn."""
        running = [
            worker
            for worker in self.workers
            if worker.state in {WorkerState.PENDING, WorkerState.RUNNING}
        ]
        stack = self.screen_stack
        dialogs = [screen for screen in stack if isinstance(screen, Dialog)]
        return (
            self.jobs == 0
            and len(running) == len(self.asked)
            and all(screen in stack for screen in self.asked)
            and all(dialog.accepts_input for dialog in dialogs)
        )


class Desk:
    """The person: what is pressed, what is seen, and what is true behind it."""

    def __init__(self, app: WatchedApp, pilot: Pilot[int], home: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.home = home

    async def settle(self) -> None:
        """Wait until the app is quiet twice in a row."""
        quiet = 0
        for _ in range(MOST_PAUSES):
            if self.app.jobs:
                self.app.job_ended.clear()
                await self.app.job_ended.wait()
            await self.pilot.pause()
            quiet = quiet + 1 if self.app.is_quiet else 0
            if quiet == 2:
                return
            if not quiet:
                await asyncio.sleep(PAUSE)
        raise AssertionError(f"the app never came to rest:\n{self.text}")

    async def press(self, *keys: str) -> None:
        """Press keys one after another, each once the one before has had its effect."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def write(self, text: str) -> None:
        """Type the text into the box that has the focus, in place of what is in it."""
        box = self.app.focused
        if isinstance(box, Input):
            await self.press("end", "ctrl+u")
        await self.pilot.press(*text)
        await self.settle()

    @property
    def lines(self) -> list[str]:
        """The screen's lines, without the spaces at their ends."""
        return lines_of(self.app)

    @property
    def whole_lines(self) -> list[str]:
        """The screen's lines as they are written, with the spaces at their ends."""
        return [strip.text for strip in strips_of(self.app)]

    @property
    def text(self) -> str:
        """The screen, a line after another."""
        return "\n".join(self.lines)

    @property
    def shown(self) -> str:
        """The screen without its empty lines, for a person who reads a failure."""
        return "\n".join(line for line in self.lines if line)

    @property
    def words(self) -> str:
        """The screen's words in their order, without frames and line breaks."""
        return " ".join(self.text.translate(_FRAMES).split())

    def sees(self, *texts: str) -> None:
        """Each text stands on the screen, however it is wrapped."""
        for text in texts:
            assert text in self.words, f"{text!r} is not on the screen:\n{self.shown}"

    async def comes_to_see(self, *texts: str) -> None:
        """Each text stands on the screen in the end: for what another thread tells."""
        while any(text not in self.words for text in texts):
            await self.pilot.pause()
            await asyncio.sleep(PAUSE)

    @property
    def dialog(self) -> str:
        """The title of the dialog on top, or nothing where there is none."""
        screen = self.app.screen
        if not isinstance(screen, Dialog):
            return ""
        return str(screen.query_one(".dialog-frame").border_title)

    def shows_dialog(self, title: str, *texts: str) -> None:
        """A dialog of this title is on top, and each text stands in it."""
        assert self.dialog == title, f"{title!r} is not the dialog on top:\n{self.shown}"
        self.sees(*texts)

    def misses(self, *texts: str) -> None:
        """None of the texts stands on the screen."""
        for text in texts:
            assert text not in self.words, f"{text!r} is on the screen:\n{self.shown}"

    def row(self, item_id: str) -> str:
        """The line of the table that shows the item."""
        return next(line for line in reversed(self.lines) if item_id in line)

    async def go_to(self, pane: str, key: str) -> None:
        """Open the pane and move the cursor down to the row with that key."""
        await self.press(PANES[pane])
        await self.move_to(key)

    async def move_to(self, key: str) -> None:
        """Move the cursor of the table that has the focus to the row with that key."""
        table = self.app.focused
        assert isinstance(table, RecordTable), table
        index = table._rows.index_of(key)
        assert index is not None, f"{key} is in no row:\n{self.text}"
        await self.pilot.press("home", *["down"] * index)
        await self.settle()
        assert table.cursor_key == key

    async def choose(self, label: str) -> None:
        """Take the choice whose label begins so; in a renewal form, the term."""
        choices = self.app.screen.query_one(OptionList)
        labels = [str(option.prompt).lstrip("▶ ") for option in choices.options]
        index = next((n for n, each in enumerate(labels) if each.startswith(label)), None)
        assert index is not None, f"{label!r} is not among {labels}"
        if isinstance(self.app.screen, RenewalFormDialog):
            await self.press(*["up"] * len(labels), *["down"] * index)
            assert choices.highlighted == index
            return
        await self.pilot.press("home", *["down"] * index)
        await self.settle()
        assert choices.highlighted == index
        await self.press("enter")

    async def answer(self, text: str) -> None:
        """Type the answer to the question that is asked, and press enter."""
        await self.write(text)
        await self.press("enter")

    async def confirm(self, proof: str) -> None:
        """Say yes to a payment: type the proof, enter, and enter once more on the button."""
        await self.write(proof)
        await self.press("enter", "enter")

    async def find(self, words: str) -> None:
        """Take what the palette finds first by these words."""
        await self.press(":")
        await self.write(words)
        await self.press("enter")

    async def move_clock(self, label: str, length: str | None = None) -> None:
        """Move the practice clock from inside the app."""
        await self.press("n")
        await self.choose(label)
        if length is not None:
            await self.answer(length)

    async def press_until(self, key: str, dialog: str) -> None:
        """Press the key again and again, until the dialog of that title is on top."""
        for _ in range(20):
            if self.dialog == dialog:
                return
            await self.press(key)
        raise AssertionError(f"{dialog!r} never came:\n{self.shown}")

    async def leave_all(self) -> None:
        """Go back to the main screen."""
        for _ in range(10):
            if len(self.app.screen_stack) == 1:
                return
            await self.press("escape")
        raise AssertionError(f"esc does not lead back:\n{self.shown}")

    async def top_up(self, amount: str) -> None:
        """Let money arrive, from any screen."""
        await self.press("t")
        await self.answer(amount)

    async def close(self) -> None:
        """Close the message."""
        await self.press("enter")

    async def clear_notices(self) -> None:
        """Remove the notices, which would disappear after some seconds."""
        self.app.clear_notifications()
        await self.settle()

    def cloud(self) -> PracticeCloud:
        """The practice cloud itself; to be closed after use."""
        return PracticeCloud.open(self.home / "practice.db")

    @property
    def truth(self) -> Any:
        """The data of the practice cloud."""
        with self.cloud() as cloud:
            return cloud.show()

    def instance(self, instance_id: str) -> Any:
        """An instance as the cloud has it."""
        return next(row for row in self.truth["instances"] if row["instance_id"] == instance_id)

    def license(self, license_id: str) -> Any:
        """A license as the cloud has it."""
        return next(row for row in self.truth["licenses"] if row["license_id"] == license_id)

    def charged(self, what: str) -> list[str]:
        """The amounts that left the balance for this kind of thing."""
        return [charge["amount"] for charge in self.truth["charges"] if charge["what"] == what]


_FRAMES = str.maketrans(dict.fromkeys("╭╮╰╯│─▂▁▃▄▅▆▇▌", " "))


def prepared_session(
    folder: Path, scenario: Scenario | None, *, read_only: bool = False
) -> Session:
    """A session on a home whose practice cloud holds that scenario, or what it holds already."""
    home = open_home(str(folder))
    if scenario is not None:
        with PracticeCloud.open(home.practice) as cloud:
            cloud.reset(scenario)
    return Session.open(home, read_only=read_only)


@asynccontextmanager
async def at_the_desk(
    folder: Path,
    scenario: Scenario = "tour",
    *,
    size: tuple[int, int] = (120, 36),
    read_only: bool = False,
    fresh: bool = True,
    pane: str = "instances",
) -> AsyncIterator[Desk]:
    """The app opened on a home with that scenario; with `fresh` off on what is there. The pane is
    the one that most stories begin in; "due" is the first one without a key."""
    session = prepared_session(folder, scenario if fresh else None, read_only=read_only)
    app = WatchedApp(session)
    try:
        with quick_waits():
            async with app.run_test(size=size, notifications=True) as pilot:
                desk = Desk(app, pilot, session.home.folder)
                await desk.settle()
                if pane != "due":
                    await desk.press(PANES[pane])
                yield desk
                assert desk.lines  # draws the last screen, whether the test looks at it or not
    finally:
        session.close()
