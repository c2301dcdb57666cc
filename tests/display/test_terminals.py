"""Which terminals the thin display is for, and what it may think of them."""

from __future__ import annotations

import pytest

from tests.display.board import Board
from tui.display.terminals import erases_in_color


@pytest.mark.parametrize(
    ("environ", "colored"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "linux"}, True),
        ({"TERM": "screen", "TMUX": "/tmp/s,1,0"}, True),
        ({"TERM": "tmux-256color"}, True),
        ({"TERM": "screen.xterm-256color"}, False),
        ({"TERM": "screen", "STY": "1.pts"}, False),
        ({"TERM": "xterm-256color", "STY": "1.pts", "TMUX": "/tmp/s,1,0"}, False),
        ({"TERM": "vt100"}, None),
        ({"TERM": "eterm-color", "TMUX": "/tmp/s,1,0"}, None),
        ({}, None),
    ],
)
def test_erasing_is_what_the_terminal_is_known_for(
    environ: dict[str, str], colored: bool | None
) -> None:
    assert erases_in_color(environ) is colored


def test_an_unknown_terminal_is_left_to_textual(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Board(0)._buffer is not None
    monkeypatch.setenv("TERM", "vt100")
    assert Board(0)._buffer is None
