"""A payment from the keyboard that is held in its middle, in any terminal."""

from __future__ import annotations

import sys
from pathlib import Path

from store.clouds.practice.cloud import PracticeCloud
from store.home import open_home
from tests.fire.truth import renewals_of, rows_of
from tests.store.practice.accounts import enterprise, scenario
from tests.terminal.pty import ENTER, Terminal

INSTANCE_ID = "iot-060a0bcd"
NAME = "Factory floor"
PROOF = INSTANCE_ID[-4:]


def a_home(folder: Path, display: str = "plain") -> Path:
    """A home with one instance that is due, and the money for it."""
    home = open_home(str(folder))
    home.config.write_text(f'display = "{display}"\n')
    document = scenario("9999.00", instances=[enterprise(INSTANCE_ID, "2026-11-24")])
    with PracticeCloud.open(home.practice) as cloud:
        cloud.reset(document)
    return folder


def held_command(home: Path, when: str) -> list[str]:
    """The program on a cloud that holds each renewal, before or after it took effect."""
    return [sys.executable, "-m", "tests.terminal.held", when, "--home", str(home)]


def is_held(home: Path) -> bool:
    """Whether a renewal waits to be let go on."""
    return (home / "held").exists()


def states(home: Path) -> list[str]:
    """The states of the journal's rows."""
    return [row.state.value for row in rows_of(home)]


def charges(home: Path) -> int:
    """How many renewals the cloud was paid."""
    return len(renewals_of(home))


def pay(terminal: Terminal) -> None:
    """All keys from the list to the paying call, each pressed when the screen is ready for it."""
    terminal.see(NAME, "Balance")
    terminal.press("r")
    terminal.see("then press Enter twice", "Price")
    terminal.type_until_shown(PROOF, f"› {PROOF}")
    ground = terminal.ground_of(" Pay ")
    terminal.press(ENTER)
    terminal.until(lambda: terminal.ground_of(" Pay ") != ground)
    terminal.press(ENTER)
