"""A window of another size shows what a start in that size shows."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.terminal.pty import ESCAPE, Terminal

SIZES = ((60, 20), (80, 24), (200, 60), (40, 15), (120, 36))


def test_a_resized_screen_is_that_of_a_start_in_that_size(tmp_path: Path) -> None:
    """With the main screen on top, and with a dialog on it that is closed afterwards."""
    home = tmp_path / "home"
    with Terminal(home) as bare, Terminal(home) as under_a_dialog:
        for terminal in (bare, under_a_dialog):
            terminal.see("Factory floor", "? keys")
        for columns, lines in SIZES:
            with Terminal(home, columns=columns, lines=lines) as fresh:
                fresh.see("Factory", "keys")
                fresh.settle()
            under_a_dialog.press("?")
            under_a_dialog.see("Close")
            for terminal in (bare, under_a_dialog):
                terminal.resize(columns, lines)
            under_a_dialog.settle()
            under_a_dialog.press(ESCAPE)
            for terminal in (bare, under_a_dialog):
                terminal.until(partial(shows, terminal, steady_lines(fresh)))


def shows(terminal: Terminal, wanted: list[str]) -> bool:
    return steady_lines(terminal) == wanted


def steady_lines(terminal: Terminal) -> list[str]:
    """The lines of the screen, without the age of the data in the first one."""
    first, *others = terminal.lines
    return [first.partition("synced")[0].rstrip(), *others]
