"""The terminal goes away or takes nothing: in a payment, on a stalled line, in a shell's job."""

from __future__ import annotations

import shlex
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.fire.truth import faults
from tests.terminal.paying import (
    NAME,
    a_home,
    charges,
    held_command,
    is_held,
    pay,
    states,
)
from tests.terminal.pty import ENTER, ESCAPE, Terminal, command

CTRL_Q = "\x11"
CTRL_L = "\x0c"


@pytest.mark.parametrize(
    ("display", "when", "how", "settled"),
    [
        ("plain", "before", "SIGTERM", "unknown"),
        ("thin", "after", "closed", "paid"),
    ],
)
def test_a_payment_under_way_is_settled_later(
    tmp_path: Path, display: str, when: str, how: str, settled: str
) -> None:
    home = a_home(tmp_path / "home", display)
    with Terminal(home, instead=held_command(home, when)) as terminal:
        pay(terminal)
        terminal.until(lambda: is_held(home))
        assert states(home) == ["sent"]
        if how == "closed":
            assert terminal.hang_up() == 129
        else:
            terminal.kill(signal.Signals[how])
            assert terminal.end() == 128 + signal.Signals[how]
            assert terminal.left_on == []
            assert terminal.is_cooked
    assert states(home) == ["sent"]
    with Terminal(home) as terminal:
        terminal.see(f"Payment for {NAME} from the last session: {settled}.")
        terminal.press("q")
        assert terminal.end() == 0
    assert states(home) == [settled]
    assert charges(home) == (settled == "paid")
    assert settled != "paid" or faults(home) == []


def test_a_person_who_leaves_may_wait_for_a_payment(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home")
    with Terminal(home, instead=held_command(home, "before")) as terminal:
        pay(terminal)
        terminal.until(lambda: is_held(home))
        terminal.press(CTRL_Q)
        terminal.until(lambda: b"A payment is in progress" in terminal.raw)
        assert terminal.left_on == []
        assert terminal.is_cooked
        (home / "held").unlink()
        assert terminal.end() == 0
    assert states(home) == ["paid"]
    assert charges(home) == 1


def _paint_unread(terminal: Terminal) -> None:
    """Have far more painted than the line holds, and read not a byte of it."""
    for _ in range(80):
        terminal.press(CTRL_L)
        time.sleep(0.02)


@pytest.mark.parametrize("display", ["plain", "thin"])
def test_a_line_that_takes_nothing(tmp_path: Path, display: str) -> None:
    """It goes on, ends on request, and leaves the terminal in order."""
    home = a_home(tmp_path / "home", display)
    with Terminal(home) as terminal:
        terminal.see(NAME, "? keys")
        _paint_unread(terminal)
        terminal.press("?")
        heard = len(terminal.raw)
        terminal.see("Main screen", "Close")
        assert len(terminal.raw) - heard < 400_000
        terminal.press(ESCAPE)
        terminal.see_gone("Main screen")
        _paint_unread(terminal)
        before = psutil.Process(terminal.child.pid).cpu_times()
        assert before.user > 0
        terminal.kill(signal.SIGTERM)
        assert terminal.end_unread() == 143
        terminal.take_rest()
        assert terminal.left_on == []
        assert terminal.is_cooked


NEVER_WAITING = """
import fcntl, os, sys
fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_NONBLOCK)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Leaves the terminal as some programs do, and becomes another one."""


def test_a_terminal_that_was_left_not_to_wait(tmp_path: Path) -> None:
    """It takes nothing for a while; that is not the end of it."""
    home = a_home(tmp_path / "home", "thin")
    instead = [sys.executable, "-c", NEVER_WAITING, *command(home)]
    with Terminal(home, instead=instead) as terminal:
        terminal.see(NAME, "? keys")
        _paint_unread(terminal)
        terminal.press("?")
        terminal.see("Main screen", "Close")
        terminal.press(CTRL_Q)
        assert terminal.end() == 0
        assert terminal.left_on == []
        assert terminal.is_cooked


def test_in_the_background_it_keeps_nothing_open(tmp_path: Path) -> None:
    """Told to go on there it stops again, until it has the terminal."""
    home = a_home(tmp_path / "home")
    with Terminal(home, instead=["bash", "--norc", "-i"]) as terminal:
        terminal.press(f"{shlex.join(command(home))}\n")
        terminal.see(NAME, "? keys")
        [ours] = psutil.Process(terminal.child.pid).children()
        opened = []
        for _ in range(3):
            ours.send_signal(signal.SIGTSTP)
            terminal.until(lambda: ours.status() == psutil.STATUS_STOPPED)
            terminal.screen.reset()
            terminal.press("bg; echo BE''HIND\n")
            terminal.see("BEHIND")
            terminal.until(lambda: ours.status() == psutil.STATUS_STOPPED)
            terminal.press("fg\n")
            terminal.see(NAME, "? keys")
            opened.append((ours.num_fds(), ours.num_threads()))
        assert opened[0] == opened[-1]
        terminal.press("q")
        terminal.until(lambda: not ours.is_running())


def test_a_shell_stops_it_and_goes_on(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home")
    program = " ".join(command(home))
    script = f"set -m; {program}; echo STOPPED; read x; fg >/dev/null; echo CAME $?"
    with Terminal(home, instead=["bash", "--norc", "-c", script]) as terminal:
        terminal.see(NAME)
        [ours] = psutil.Process(terminal.child.pid).children()
        ours.send_signal(signal.SIGTSTP)
        terminal.until(lambda: b"STOPPED" in terminal.raw)
        assert ours.status() == psutil.STATUS_STOPPED
        assert terminal.left_on == []
        assert terminal.is_cooked
        terminal.screen.reset()
        terminal.press(ENTER)
        terminal.see(NAME)
        assert "mouse" in terminal.left_on
        terminal.press("q")
        terminal.until(lambda: b"CAME 0" in terminal.raw)
        assert terminal.left_on == []


def test_continued_after_a_stop_out_of_order(tmp_path: Path) -> None:
    """As after `kill -STOP`, which a program cannot handle."""
    with Terminal(a_home(tmp_path / "home")) as terminal:
        terminal.see(NAME)
        ours = psutil.Process(terminal.child.pid)
        ours.suspend()
        terminal.until(lambda: ours.status() == psutil.STATUS_STOPPED)
        terminal.screen.reset()
        ours.resume()
        terminal.see(NAME)
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.left_on == []
        assert terminal.is_cooked
