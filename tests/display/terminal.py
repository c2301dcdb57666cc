"""A terminal in memory: what a person would see after the bytes that it is fed.

As far as a full-screen program uses it: cursor moves, erasing with the background in use,
insert and delete of lines, scroll regions, colours and attributes, links, wide and joined
characters, the alternate screen. Whatever else it is sent is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from rich.cells import split_graphemes

_TOKEN = re.compile(
    r"\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b\[(?P<private>[<=>?]?)(?P<params>[\d;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b[()].|\x1b(?P<escape>[^\[\]()])"
    r"|(?P<text>[^\x00-\x1f\x7f]+)|(?P<control>[\x00-\x1f\x7f])",
    re.DOTALL,
)
_OFF = {
    22: {1, 2}, 23: {3}, 24: {4, 21}, 25: {5, 6}, 27: {7}, 28: {8}, 29: {9}, 54: {51, 52}, 55: {53},
}  # fmt: skip
_SEEN = frozenset({4, 7, 9, 21, 51, 52, 53})


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is written."""

    ink: str = ""
    ground: str = ""
    marks: frozenset[int] = frozenset()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A character, or nothing in the second half of a wide one."""

    text: str = " "
    look: Look = Look()

    @property
    def visible(self) -> Cell:
        """The same without what is invisible: the colour of a letter where there is none."""
        if self.text != " " or self.look.marks & _SEEN:
            return self
        return Cell(" ", replace(self.look, ink="", marks=frozenset()))


class Terminal:
    """Feed it text; look at `cells` and `at`."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.cells = self._empty()
        self.look = Look()
        self.at = (0, 0)
        """Column and line of the cursor."""
        self._region = (0, height - 1)
        self.colored = True
        """Whether erasing leaves the background in use; GNU screen's does not."""
        self.drops = False
        """Whether what is too long for its line is dropped. A real terminal writes all of it into
        the last column; Textual's lines can be too long until a smaller window is laid out."""
        self._kept: tuple[list[list[Cell]], tuple[int, int], Look] | None = None

    def _empty(self) -> list[list[Cell]]:
        return [[Cell()] * self.width for _ in range(self.height)]

    @property
    def visible(self) -> list[list[Cell]]:
        """The cells as far as they can be seen."""
        return [[cell.visible for cell in row] for row in self.cells]

    @property
    def text(self) -> str:
        """The characters alone."""
        return "\n".join("".join(cell.text for cell in row) for row in self.cells)

    def resize(self, width: int, height: int) -> None:
        """Another size: lines are cut or filled, nothing is wrapped anew."""
        rows = [(row + [Cell()] * width)[:width] for row in self.cells[:height]]
        rows += [[Cell()] * width for _ in range(height - len(rows))]
        self.cells, self.width, self.height = rows, width, height
        self._region = (0, height - 1)
        self._go(*self.at)

    def feed(self, data: str) -> None:
        """Take what the program wrote; sequences must be whole."""
        for token in _TOKEN.finditer(data):
            if (text := token["text"]) is not None:
                for start, end, size in split_graphemes(text)[0]:
                    self._put(text[start:end], size)
            elif token["final"]:
                self._sequence(token)
            elif token["osc"] is not None:
                self._osc(token["osc"])
            elif token["escape"] in {"D", "M"}:
                self._index(1 if token["escape"] == "D" else -1)
            elif token["control"]:
                self._control(token["control"])

    def _index(self, by: int) -> None:
        """A line down, or up; at the end of the region it scrolls instead."""
        x, y = self.at
        if y == self._region[by > 0]:
            self._shift(self._region[0], by)
        elif 0 <= y + by < self.height:
            self.at = (x, y + by)

    def _osc(self, text: str) -> None:
        if text.startswith("8;"):
            link = text[2:]
            self.look = replace(self.look, link="" if link == ";" else link)

    def _control(self, char: str) -> None:
        x, y = self.at
        if char == "\r":
            self.at = (0, y)
        elif char == "\n":
            self._index(1)
        elif char == "\b":
            self._go(x - 1, y)

    def _put(self, char: str, size: int) -> None:
        x, y = self.at
        row = self.cells[y]
        if size == 0:
            before = max(x - 1, 0)
            if not row[before].text and before:
                before -= 1
            row[before] = replace(row[before], text=row[before].text + char)
            return
        if x + size > self.width:
            if self.drops:
                char, size = " ", max(self.width - x, 0)
            x = self.width - size
            if x < 0 or not size:
                return
        for n in range(x, x + size):
            self._break(row, n)
        row[x] = Cell(char, self.look)
        if size == 2:
            row[x + 1] = Cell("", self.look)
        self.at = (x + size, y)

    def _break(self, row: list[Cell], x: int) -> None:
        """What is left of a wide character when its other half is written over."""
        if not row[x].text and x:
            row[x - 1] = replace(row[x - 1], text=" ")
        if x + 1 < self.width and not row[x + 1].text:
            row[x + 1] = replace(row[x + 1], text=" ")

    def _go(self, x: int, y: int) -> None:
        self.at = (min(max(x, 0), self.width - 1), min(max(y, 0), self.height - 1))

    def _sequence(self, token: re.Match[str]) -> None:
        params = [int(each or 0) for each in token["params"].split(";")]
        if token["private"] or token["between"]:
            if token["private"] == "?" and token["final"] in "hl":
                self._mode(params[0], on=token["final"] == "h")
            return
        if token["final"] == "m":
            self._style(token["params"])
            return
        acts: dict[str, Callable[[list[int]], None]] = {
            "H": lambda p: self._go((p[1:] or [1])[0] - 1, p[0] - 1),
            "A": lambda p: self._go(self.at[0], self.at[1] - max(p[0], 1)),
            "B": lambda p: self._go(self.at[0], self.at[1] + max(p[0], 1)),
            "C": lambda p: self._go(self.at[0] + max(p[0], 1), self.at[1]),
            "D": lambda p: self._go(self.at[0] - max(p[0], 1), self.at[1]),
            "G": lambda p: self._go(p[0] - 1, self.at[1]),
            "J": self._erase_screen,
            "K": self._erase_line,
            "L": lambda p: self._shift(self.at[1], -max(p[0], 1)),
            "M": lambda p: self._shift(self.at[1], max(p[0], 1)),
            "r": self._scroll_region,
        }
        if token["final"] in acts:
            acts[token["final"]](params)

    def _mode(self, number: int, *, on: bool) -> None:
        if number == 1049 and on:
            self._kept = self.cells, self.at, self.look
            self.cells = self._empty()
        elif number == 1049 and self._kept is not None:
            kept, self.at, self.look = self._kept
            self.cells, self._kept = kept, None
            self.resize(self.width, self.height)

    def _scroll_region(self, params: list[int]) -> None:
        bottom = params[1] if len(params) > 1 and params[1] else self.height
        self._region = (max(params[0], 1) - 1, min(bottom, self.height) - 1)
        self.at = (0, 0)

    def _shift(self, top: int, by: int) -> None:
        """Lines of the region from `top` on come up by so many, or go down."""
        first, last = self._region
        if not first <= top <= last:
            return
        block = self.cells[top : last + 1]
        count = min(abs(by), len(block))
        empty = [[self._erased] * self.width for _ in range(count)]
        moved = block[count:] + empty if by > 0 else empty + block[: len(block) - count]
        self.cells[top : last + 1] = moved

    @property
    def _erased(self) -> Cell:
        return Cell(" ", Look(ground=self.look.ground if self.colored else ""))

    def _erase_line(self, params: list[int]) -> None:
        x, y = min(self.at[0], self.width - 1), self.at[1]
        start, end = [(x, self.width), (0, x + 1), (0, self.width)][params[0]]
        self._break(self.cells[y], start)
        self.cells[y][start:end] = [self._erased] * (end - start)

    def _erase_screen(self, params: list[int]) -> None:
        if params[0] == 0:
            self._erase_line([0])
            for y in range(self.at[1] + 1, self.height):
                self.cells[y] = [self._erased] * self.width
        elif params[0] == 2:
            self.cells = [[self._erased] * self.width for _ in range(self.height)]

    def _style(self, params: str) -> None:
        codes = params.split(";")
        while codes:
            code = int(codes[0] or 0)
            size = {"5": 3, "2": 5}[codes[1]] if code in {38, 48} else 1
            self._one_style(code, ";".join(codes[:size]))
            del codes[:size]

    def _one_style(self, code: int, whole: str) -> None:
        look = self.look
        if code == 0:
            self.look = Look(link=look.link)
        elif code in _OFF:
            self.look = replace(look, marks=look.marks - _OFF[code])
        elif 30 <= code <= 39 or 90 <= code <= 97:
            self.look = replace(look, ink="" if code == 39 else whole)
        elif 40 <= code <= 49 or 100 <= code <= 107:
            self.look = replace(look, ground="" if code == 49 else whole)
        else:
            self.look = replace(look, marks=look.marks | {code})
