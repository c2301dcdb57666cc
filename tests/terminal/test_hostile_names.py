"""Names that are escape sequences reach the terminal as marks, never as what they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.driver import prepared_session
from tests.stories.scenarios import hostile
from tests.terminal.pty import ENTER, ESCAPE, Terminal

NEVER_WRITTEN = [
    b"\x1b]0;owned",  # the window's title
    b"\x1b[2J",  # the whole screen cleared; Textual paints line by line
    "\x9b31m".encode(),  # a C1 control in UTF-8
    b"\x9b31m",  # and bare
    *(mark.encode() for mark in "\u202e\u2066\u200b\ufeff"),
    b"\x00",
    b"\x08",
]


@pytest.mark.parametrize(("columns", "lines"), [(120, 36), (60, 20)])
def test_nothing_raw_is_written(tmp_path: Path, columns: int, lines: int) -> None:
    prepared_session(tmp_path, hostile()).close()
    with Terminal(tmp_path, columns=columns, lines=lines) as terminal:
        terminal.see("1 Instances 5", "␛[2J␛]0;owned")
        columns_are_straight(terminal)
        for pane in ("2", "3", "1"):
            terminal.press(pane)
            terminal.see(f"{pane} ", "│")
            columns_are_straight(terminal)
        terminal.press("g" + ENTER)
        terminal.see("Kind  ", "? keys")
        columns_are_straight(terminal)
        terminal.press(ESCAPE)
        terminal.see("1 Instances 5")
        terminal.press("2w")
        terminal.see_dialog("Renew a license, method 1")
        terminal.press(ENTER)
        terminal.see("step 4 of 6", "Confirm and pay")
        columns_are_straight(terminal)
        terminal.press("q")
        assert terminal.end() == 0
        assert [each for each in NEVER_WRITTEN if each in terminal.raw] == []
        assert terminal.left_on == []


def columns_are_straight(terminal: Terminal) -> None:
    """Each line of a frame ends where its frame does, by the terminal's own count of cells."""
    terminal.settle()
    rows = terminal.screen.buffer
    ends = [rows[y][terminal.screen.columns - 1].data for y in range(terminal.screen.lines)]
    corners = [y for y, end in enumerate(ends) if end in "╮╯" and end]
    assert corners, terminal.text
    for top, bottom in zip(corners[::2], corners[1::2], strict=True):
        between = {ends[y] for y in range(top + 1, bottom)}
        assert between <= {"│"}, f"{between}:\n{terminal.text}"
