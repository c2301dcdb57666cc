"""A window of another size shows what a start in that size shows."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.terminal.pty import ESCAPE, Terminal

SIZES = ((60, 20), (80, 24), (200, 60), (40, 15), (120, 36))


@pytest.mark.parametrize("under_a_dialog", [False, True])
def test_a_resized_screen_is_that_of_a_start_in_that_size(
    tmp_path: Path, *, under_a_dialog: bool
) -> None:
    with Terminal(tmp_path / "home") as terminal:
        terminal.see("Factory floor", "? keys")
        for columns, lines in SIZES:
            with Terminal(tmp_path / "home", columns=columns, lines=lines) as fresh:
                fresh.see("Factory", "keys")
                fresh.settle()
            if under_a_dialog:
                terminal.press("?")
                terminal.see("Close")
            terminal.resize(columns, lines)
            if under_a_dialog:
                terminal.settle()
                terminal.press(ESCAPE)
            terminal.until(partial(shows, terminal, steady_lines(fresh)))


def shows(terminal: Terminal, wanted: list[str]) -> bool:
    return steady_lines(terminal) == wanted


def steady_lines(terminal: Terminal) -> list[str]:
    """The lines of the screen, without the age of the data in the first one."""
    first, *others = terminal.lines
    return [first.partition("synced")[0].rstrip(), *others]
