"""However the program ends, the terminal is a person's again."""

from __future__ import annotations

import re
import shlex
import signal
from pathlib import Path

import pytest

from tests.terminal.paying import a_home, charges, held_command, is_held, pay
from tests.terminal.pty import Terminal, command


def test_it_opens_the_tour_and_q_leaves(tmp_path: Path) -> None:
    with Terminal(tmp_path / "home") as terminal:
        terminal.see("Renewal Assistant", "PRACTICE", "Balance", "Factory floor")
        assert b"\x1b[?1049h" in terminal.raw
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.left_on == []
        assert terminal.is_cooked


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_it_in_order(tmp_path: Path, number: signal.Signals, code: int) -> None:
    with Terminal(tmp_path / "home") as terminal:
        terminal.see("Factory floor")
        terminal.press("?")
        terminal.see("Main screen", "Close")
        terminal.kill(number)
        assert terminal.end() == code
        assert terminal.left_on == []
        assert terminal.is_cooked


def test_a_closed_line_ends_it(tmp_path: Path) -> None:
    with Terminal(tmp_path / "home") as terminal:
        terminal.see("Factory floor")
        assert terminal.hang_up() == 129


@pytest.mark.parametrize("where", ["2>/dev/null", "2>&-", "</dev/tty", "</dev/tty >/dev/tty"])
def test_streams_that_go_elsewhere_leave_the_screen_where_it_is(tmp_path: Path, where: str) -> None:
    line = f"{shlex.join(command(tmp_path / 'home'))} {where}"
    with Terminal(tmp_path / "home", instead=["sh", "-c", line]) as terminal:
        terminal.see("Factory floor")
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.left_on == []


def test_a_terminal_that_reports_its_size_and_the_mouse_in_pixels(tmp_path: Path) -> None:
    """As kitty and ghostty do. All that is turned on is turned off."""
    with Terminal(tmp_path / "home") as terminal:
        terminal.see("Factory floor")
        terminal.press("\x1b[?2048;2$y")
        terminal.until(lambda: b"\x1b[?1016h" in terminal.raw)
        terminal.press("\x1b[48;36;120;720;1200t")
        terminal.press("?")
        terminal.see("Main screen", "Close")
        terminal.press("\x11")
        assert terminal.end() == 0
        kept = {b"7", b"25"}  # lines wrap, the cursor is seen: as shells expect it
        for mode in set(re.findall(rb"\x1b\[\?(\d+)h", terminal.raw)) - kept:
            on, off = b"\x1b[?%sh" % mode, b"\x1b[?%sl" % mode
            assert terminal.raw.rfind(on) < terminal.raw.rfind(off), mode


def test_q_asks_while_a_payment_is_in_progress(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home")
    with Terminal(home, instead=held_command(home, "before")) as terminal:
        pay(terminal)
        terminal.until(lambda: is_held(home))
        terminal.see("Stop after this one")
        terminal.settle()
        terminal.press("q")
        terminal.see("A payment is in progress", "Stay until its outcome is known")
        terminal.settle()
        terminal.press("\r")
        terminal.see_gone("A payment is in progress")
        (home / "held").unlink()
        terminal.see("1 of 1 paid")
        assert charges(home) == 1


def test_a_payment_that_ends_behind_that_question_is_reported(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home")
    with Terminal(home, instead=held_command(home, "before")) as terminal:
        pay(terminal)
        terminal.see("Stop after this one")
        terminal.settle()
        terminal.press("q")
        terminal.see("A payment is in progress")
        (home / "held").unlink()
        terminal.see("1 of 1 paid")
        terminal.settle()
        terminal.press("\r")
        terminal.see_gone("1 of 1 paid")
        terminal.settle()
        terminal.press("\r")
        terminal.see_gone("A payment is in progress")
        terminal.see_gone("Stop after this one")
        terminal.press("q")
        assert terminal.end() == 0


def test_ctrl_c_does_not_leave_by_accident(tmp_path: Path) -> None:
    with Terminal(tmp_path / "home") as terminal:
        terminal.see("Factory floor")
        terminal.press("\x03")
        terminal.press("?")
        terminal.see("Main screen", "Close")
        terminal.press("\x1b")
        terminal.see_gone("Main screen")
        terminal.press("q")
        assert terminal.end() == 0


def test_a_small_terminal(tmp_path: Path) -> None:
    with Terminal(tmp_path / "home", columns=40, lines=15) as terminal:
        terminal.see("Factory")
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.left_on == []
