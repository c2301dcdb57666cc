"""The program itself, shown twice, in the hands of someone who presses keys at random."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import Any

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

import tui.app
from tests.display.twins import UNDISTURBED, Twin
from tui.app import RenewalApp
from tui.commands.table import COMMANDS
from tui.themes import THEMES

SIZES = ((120, 36), (80, 24), (60, 20), (100, 30), (20, 5), (1, 1))
MOVES = ("down", "down", "up", "pagedown", "pageup", "tab", "tab", "enter", "enter", "escape")
WRITTEN = ("6", "0", "水", "backspace", "left")
KEYS = (
    *(key for each in COMMANDS for key in each.default_keys if each.id != "quit"),
    *MOVES, *WRITTEN,
)  # fmt: skip
CHARACTERS = {"enter": "\r", "tab": "\t", "escape": "\x1b", "space": " "}
TOLD = ("冷链仓库 is kept", "copied", "it did\nnot work")


class TwinProgram(Twin, RenewalApp):
    """The thin layer and Textual's own output, from one run of the program."""

    CSS_PATH = str(Path(tui.app.__file__).with_name("app.tcss"))

    def type(self, name: str) -> None:
        """A key as the keyboard's thread gives it: it waits for nothing."""
        is_letter = len(name) == 1
        key = Key(_character_to_key(name), name) if is_letter else Key(name, CHARACTERS.get(name))
        self.line.process_message(key)


async def use(app: TwinProgram, pilot: Pilot[Any], chance: random.Random, steps: int) -> None:
    """Whatever a person and a line can do, until two screens differ or the app has ended."""
    for _ in range(steps):
        if app.differs or app._exit:
            return
        _happen(app, chance)
        for key in chance.choices(KEYS, k=chance.randint(1, 5)):
            app.type(key)
            if chance.random() < 0.3:  # the next key finds the app in the middle of something
                await asyncio.sleep(chance.choice((0, 0.005, 0.02)))
        if chance.random() < 0.5:
            await pilot.pause()
    app.line.go_on()
    await pilot.pause(0.1)
    app.compare()


def _happen(app: TwinProgram, chance: random.Random) -> None:
    dice = app.disturb(chance, SIZES)
    if UNDISTURBED <= dice < 0.34:
        app.theme = chance.choice(THEMES).name
    elif 0.34 <= dice < 0.38:
        app.notify(chance.choice(TOLD), timeout=2)
