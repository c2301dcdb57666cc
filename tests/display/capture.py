"""What tmux says that its pane shows, as cells."""

from __future__ import annotations

from tests.display.terminal import Cell, Terminal


def cells_of_capture(text: str, width: int) -> list[list[Cell]]:
    """The cells of `tmux capture-pane -e -p -N`, as far as they can be seen.

    Colours go on from line to line; what is missing at the end of a line is blank.
    """
    rows, terminal = [], Terminal(width, 1)
    for line in text.splitlines():
        look = terminal.look
        terminal = Terminal(width, 1)
        terminal.look = look
        terminal.feed(line)
        rows.append(terminal.visible[0])
    return rows
