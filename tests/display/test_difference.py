"""From any frame to any other: the bytes lead there, whatever was on the screen before."""

from __future__ import annotations

import os
import random

import pytest
from rich.color import ColorSystem

from tests.display.board import STYLES, WORDS
from tests.display.terminal import Cell, Terminal
from tui.display.app import Model
from tui.display.diff import difference
from tui.display.frame import Frame, Row, cells_of, cleared
from tui.display.style import PLAIN, pen, pen_of
from tui.display.writer import Tip

FRAMES = int(os.environ.get("DISPLAY_FRAMES", "400"))
PICTURE = "❤\ufe0f"
GROUNDS = ("", "48;5;16", "44")


def some_row(chance: random.Random, width: int) -> Row:
    ground = chance.choice(GROUNDS)
    row = cleared(width, 1)[0].painted(0, [(" " * width, pen("", ground, (), ""))])
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


def seen(terminal: Terminal) -> list[list[tuple[str, str, str]]]:
    return [[_seen(cell.visible) for cell in row] for row in terminal.cells]


def _seen(cell: Cell) -> tuple[str, str, str]:
    look = cell.look
    marks = ";".join(sorted(map(str, look.marks)))
    codes = ";".join(part for part in (marks, look.ink, look.ground) if part)
    return cell.text, codes, look.link


def meant(frame: Frame) -> list[list[tuple[str, str, str]]]:
    def look(text: str, each) -> tuple[str, str, str]:
        marks = ";".join(sorted(each.marks))
        codes = ";".join(part for part in (marks, each.ink, each.ground) if part)
        return text, codes, each.link

    return [[look(t, p) for t, p in zip(row.texts, row.pens, strict=True)] for row in frame]


@pytest.mark.parametrize("colored", [True, False])
@pytest.mark.parametrize(("width", "height"), [(40, 12), (7, 5), (1, 1)])
def test_the_bytes_lead_to_the_frame(width: int, height: int, colored: bool) -> None:
    chance = random.Random(f"{width}{height}{colored}")
    terminal, shown, tip = Terminal(width, height), cleared(width, height), Tip()
    terminal.colored = colored
    for number in range(FRAMES):
        wanted = some_next(chance, shown, width)
        data, tip = difference(shown, wanted, tip=tip, colored=colored)
        terminal.feed(data)
        assert seen(terminal) == meant(wanted), (number, data)
        assert tip.at is None or tip.at == terminal.at
        assert not terminal.look.link
        assert difference(wanted, wanted, tip=tip, colored=colored)[0] == ""
        shown = wanted


def test_scrolling_a_line_writes_one_line_and_a_region() -> None:
    chance = random.Random(5)
    shown = tuple(
        cleared(60, 1)[0].painted(0, [(f"line {n} {chance.random()}", PLAIN)]) for n in range(30)
    )
    new = cleared(60, 1)[0].painted(0, [("the new one", PLAIN)])
    data, _ = difference(shown, (*shown[1:], new), tip=Tip(), colored=True)
    assert data == "\x1b[30H\x1bDthe new one"


def test_the_next_scroll_of_the_same_lines_finds_the_region_set() -> None:
    line = cleared(30, 1)[0]
    chance = random.Random(5)
    rows = [line.painted(0, [(f"line {n} {chance.random()}", PLAIN)]) for n in range(20)]
    first, second, third = ((line, *rows[n : n + 9], line) for n in range(3))
    data, tip = difference(first, second, tip=Tip(), colored=True)
    assert data.startswith("\x1b[2;10r\x1b[10H\x1bD")
    assert tip.region == (1, 9)
    data, tip = difference(second, third, tip=tip, colored=True)
    assert data.startswith("\x1bD")
    data, _ = difference(third, second, tip=tip, colored=True)
    assert data.startswith("\x1b[2H\x1bM")


def test_a_forgotten_screen_is_cleared_and_written_whole() -> None:
    model = Model(colored=True)
    model.wanted = cleared(10, 2)
    first = model.bytes_to_wanted((0, 0))
    assert "\x1b[H\x1b[J" in first
    assert model.bytes_to_wanted((0, 0)) == ""
    model.forget()
    assert model.bytes_to_wanted((0, 0)) == first


def test_the_cursor_is_left_where_it_is_until_somebody_looks_for_it() -> None:
    model = Model(colored=True)
    model.wanted = tuple(row.painted(3, [("word", PLAIN)]) for row in cleared(20, 2))
    assert model.bytes_to_wanted(None).endswith("word")
    assert model.bytes_to_wanted(None) == ""
    assert model.bytes_to_wanted((4, 1)) == "\x1b[2;5H"
    assert model.bytes_to_wanted((4, 1)) == ""


def test_control_characters_never_reach_the_terminal() -> None:
    assert cells_of("a\x1b[31mb\x07\x9b") == ("", tuple("a[31mb"), False)


def test_a_wide_character_in_the_place_of_another_moves_the_cursor_by_two() -> None:
    (blank,) = cleared(12, 1)
    old, new = blank.painted(0, [("冷a链b", PLAIN)]), blank.painted(0, [("仓a库c", PLAIN)])
    terminal = Terminal(12, 1)
    terminal.feed(difference((blank,), (old,), tip=Tip(), colored=True)[0])
    data, tip = difference((old,), (new,), tip=Tip(), colored=True)
    terminal.feed(data)
    assert seen(terminal) == meant((new,))
    assert tip.at == terminal.at


def test_a_line_whose_width_terminals_disagree_on_is_written_whole() -> None:
    (blank,) = cleared(12, 1)
    old = blank.painted(0, [("👩‍🚀 in orbit", PLAIN)])
    data, _ = difference((old,), (old.painted(9, [("x", PLAIN)]),), tip=Tip(), colored=True)
    assert data == "\x1b[H\x1b[2K👩‍🚀\x1b[1;3H in orbxt "
