"""Over a real SSH connection, keys only: lines that drop, and a renewal from start to paid."""

from __future__ import annotations

from pathlib import Path

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
from tests.terminal.pty import BACKSPACE, ENTER, ESCAPE, Terminal, command
from tests.terminal.ssh import client, machine

HUNG_UP = 129


def test_a_line_that_drops_loses_nothing(tmp_path: Path) -> None:
    """Dropped in a walk-through, in the middle of a payment, and in the list."""
    home = a_home(tmp_path / "home", "thin")
    with machine(held_command(home, "after")) as far:
        with Terminal(home, instead=client(far)) as terminal:
            terminal.see(NAME, "4 Walk-throughs 0")
            terminal.press("w")
            terminal.see_dialog("Renew an Enterprise Edition instance")
            terminal.press(ENTER)
            terminal.see("step 3 of")
            terminal.press(BACKSPACE)
            terminal.see("step 2 of")
        assert far.next_exit == HUNG_UP
        with Terminal(home, instead=client(far)) as terminal:
            terminal.see(NAME, "4 Walk-throughs 1")
            terminal.press("4" + ENTER)
            terminal.see("step 2 of")
            terminal.press(ESCAPE)
            terminal.see("Balance")
            terminal.press("1")
            terminal.see("Auto-renewal")
            pay(terminal)
            terminal.until(lambda: is_held(home))
        assert far.next_exit == HUNG_UP
        assert states(home) == ["sent"]
        with Terminal(home, instead=client(far)) as terminal:
            terminal.see(f"Payment for {NAME} from the last session: paid.")
        assert far.next_exit == HUNG_UP
    assert charges(home) == 1
    assert faults(home) == []


def test_a_whole_renewal(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home")
    with machine(command(home)) as far, Terminal(home, instead=client(far)) as terminal:
        pay(terminal)
        terminal.see("1 of 1 paid", "24 Nov 2026 → 24 Nov 2027")
        terminal.press(ENTER)
        terminal.see_gone("1 of 1 paid")
        terminal.press("q")
        assert far.next_exit == 0
        assert terminal.end() == 0
        assert terminal.left_on == []
    assert states(home) == ["paid"]
    assert charges(home) == 1
