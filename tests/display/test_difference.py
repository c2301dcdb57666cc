"""The bytes lead from any frame to any other."""

from __future__ import annotations

import os
import random

import pytest
from rich.color import ColorSystem

from tests.display.board import STYLES, WORDS
from tests.display.terminal import Cell, Terminal
from tui.display.diff import difference
from tui.display.frame import Frame, FrameRow, blank_frame, cells_of
from tui.display.frame_buffer import FrameBuffer
from tui.display.style import PLAIN, pen, pen_of
from tui.display.writer import TerminalState

FRAMES = int(os.environ.get("DISPLAY_FRAMES", "400"))
PICTURE = "❤\ufe0f"
GROUNDS = ("", "48;5;16", "44")


def some_row(chance: random.Random, width: int) -> FrameRow:
    ground = chance.choice(GROUNDS)
    row = blank_frame(width, 1)[0].painted(0, [(" " * width, pen("", ground, (), ""))])
    spans = [
        (chance.choice((*WORDS, PICTURE)) * chance.randint(1, 3), _some_pen(chance, ground))
        for _ in range(chance.randint(0, 5))
    ]
    return row.painted(chance.randint(0, width // 2), spans)


def _some_pen(chance: random.Random, ground: str):
    if chance.random() < 0.5:
        return pen(
            chance.choice(("", "31", "38;5;210")), ground, chance.choice(((), ("1",), ("7",))), ""
        )
    return pen_of(chance.choice(STYLES), ColorSystem.TRUECOLOR)


def some_next(chance: random.Random, frame: Frame, width: int) -> Frame:
    """Scrolled, edited, cleared, or quite another one."""
    rows, dice = list(frame), chance.random()
    if dice < 0.1:
        return tuple(some_row(chance, width) for _ in rows)
    if dice < 0.6 and len(rows) > 1:
        top = chance.randrange(len(rows) - 1)
        bottom = chance.randrange(top + 1, len(rows))
        by = chance.randint(1, max(1, (bottom - top) // 2))
        new = [some_row(chance, width) for _ in range(by)]
        block = rows[top : bottom + 1]
        rows[top : bottom + 1] = block[by:] + new if chance.random() < 0.5 else new + block[:-by]
    for _ in range(chance.randint(0, 3)):
        y = chance.randrange(len(rows))
        word, ground = chance.choice((*WORDS, PICTURE)), chance.choice(GROUNDS)
        rows[y] = rows[y].painted(chance.randrange(width), [(word, _some_pen(chance, ground))])
    if chance.random() < 0.3:
        y = chance.randrange(len(rows))
        blanks = " " * chance.randint(1, width)
        rows[y] = rows[y].painted(
            width - len(blanks), [(blanks, pen("", chance.choice(GROUNDS), (), ""))]
        )
    return tuple(rows)


def shown_cells(terminal: Terminal) -> list[list[tuple[str, str, str]]]:
    return [[shown_cell(cell.visible) for cell in row] for row in terminal.cells]


def shown_cell(cell: Cell) -> tuple[str, str, str]:
    look = cell.look
    marks = ";".join(sorted(map(str, look.marks)))
    codes = ";".join(part for part in (marks, look.ink, look.ground) if part)
    return cell.text, codes, look.link


def meant(frame: Frame) -> list[list[tuple[str, str, str]]]:
    def look(text: str, each) -> tuple[str, str, str]:
        marks = ";".join(sorted(each.attributes))
        codes = ";".join(part for part in (marks, each.foreground, each.background) if part)
        return text, codes, each.link

    return [[look(t, p) for t, p in zip(row.texts, row.pens, strict=True)] for row in frame]


@pytest.mark.parametrize("colored", [True, False])
@pytest.mark.parametrize(("width", "height"), [(40, 12), (7, 5), (1, 1)])
def test_the_bytes_lead_to_the_frame(width: int, height: int, colored: bool) -> None:
    chance = random.Random(f"{width}{height}{colored}")
    terminal, shown, state = Terminal(width, height), blank_frame(width, height), TerminalState()
    terminal.colored = colored
    for number in range(FRAMES):
        wanted = some_next(chance, shown, width)
        data, state = difference(shown, wanted, state=state, erases_in_color=colored)
        terminal.feed(data)
        assert shown_cells(terminal) == meant(wanted), (number, data)
        assert state.at is None or state.at == terminal.at
        assert not terminal.look.link
        assert difference(wanted, wanted, state=state, erases_in_color=colored)[0] == ""
        shown = wanted


def test_scrolling_a_line_writes_one_line_and_a_region() -> None:
    chance = random.Random(5)
    shown = tuple(
        blank_frame(60, 1)[0].painted(0, [(f"line {n} {chance.random()}", PLAIN)])
        for n in range(30)
    )
    new = blank_frame(60, 1)[0].painted(0, [("the new one", PLAIN)])
    data, _ = difference(shown, (*shown[1:], new), state=TerminalState(), erases_in_color=True)
    assert data == "\x1b[30H\x1bDthe new one"


def test_colors_by_turns_are_set_once_each() -> None:
    red, grey = pen("31", "", (), ""), pen("37", "", (), "")
    blank = blank_frame(8, 1)
    row = blank[0].painted(0, [("ab", red), ("cd", grey), ("ef", red), ("gh", grey)])
    data, _ = difference(blank, (row,), state=TerminalState(grey, (0, 0)), erases_in_color=True)
    assert data == "\x1b[2Ccd\x1b[2Cgh\r\x1b[31mab\x1b[2Cef"


def test_the_next_scroll_of_the_same_lines_finds_the_region_set() -> None:
    line = blank_frame(30, 1)[0]
    chance = random.Random(5)
    rows = [line.painted(0, [(f"line {n} {chance.random()}", PLAIN)]) for n in range(20)]
    first, second, third = ((line, *rows[n : n + 9], line) for n in range(3))
    data, state = difference(first, second, state=TerminalState(), erases_in_color=True)
    assert data.startswith("\x1b[2;10r\x1b[10H\x1bD")
    assert state.region == (1, 9)
    data, state = difference(second, third, state=state, erases_in_color=True)
    assert data.startswith("\x1bD")
    data, _ = difference(third, second, state=state, erases_in_color=True)
    assert data.startswith("\x1b[2H\x1bM")


def test_a_forgotten_screen_is_cleared_and_written_whole() -> None:
    buffer = FrameBuffer(erases_in_color=True)
    buffer.drawn = blank_frame(10, 2)
    first = buffer.flush((0, 0))
    assert "\x1b[H\x1b[J" in first
    assert buffer.flush((0, 0)) == ""
    buffer.invalidate()
    assert buffer.flush((0, 0)) == first


def test_the_cursor_is_left_where_it_is_until_somebody_looks_for_it() -> None:
    buffer = FrameBuffer(erases_in_color=True)
    buffer.drawn = tuple(row.painted(3, [("word", PLAIN)]) for row in blank_frame(20, 2))
    assert buffer.flush(None).endswith("word")
    assert buffer.flush(None) == ""
    assert buffer.flush((4, 1)) == "\x1b[2;5H"
    assert buffer.flush((4, 1)) == ""


def test_control_characters_never_reach_the_terminal() -> None:
    assert cells_of("a\x1b[31mb\x07\x9b") == ("", tuple("a[31mb"), False)


def test_a_wide_character_in_the_place_of_another_moves_the_cursor_by_two() -> None:
    (blank,) = blank_frame(12, 1)
    old, new = blank.painted(0, [("冷a链b", PLAIN)]), blank.painted(0, [("仓a库c", PLAIN)])
    terminal = Terminal(12, 1)
    terminal.feed(difference((blank,), (old,), state=TerminalState(), erases_in_color=True)[0])
    data, state = difference((old,), (new,), state=TerminalState(), erases_in_color=True)
    terminal.feed(data)
    assert shown_cells(terminal) == meant((new,))
    assert state.at == terminal.at


def test_a_line_whose_width_terminals_disagree_on_is_written_whole() -> None:
    (blank,) = blank_frame(12, 1)
    old = blank.painted(0, [("👩‍🚀 in orbit", PLAIN)])
    data, _ = difference(
        (old,), (old.painted(9, [("x", PLAIN)]),), state=TerminalState(), erases_in_color=True
    )
    assert data == "\x1b[H\x1b[2K👩‍🚀\x1b[1;3H in orbxt "
