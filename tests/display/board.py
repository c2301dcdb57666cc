"""A screen that holds what is hard to write: scrolling, links, wide and joined characters."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, Static

from tests.display.twins import Twin

WORDS = (
    "Water meters", "冷链仓库", "iot-3ffd14a6", "…", "a", "  ", "        ", "苏州",
    "e\u0301te\u0301", "Zürich", "👩‍🚀", "✔", "▇▆",
    "ｆｕｌｌ", "ภาษาไทย", "🚀🚀", "한국어",
)  # fmt: skip
"""Without U+FE0F: cut off from its character it makes Textual miscount, and leave a cell stale."""
STYLES = tuple(
    Style.parse(each)
    for each in (
        "none", "bold red", "dim", "reverse", "underline blue on white", "on #102030",
        "on #102030 bold",
        "#a0b0c0 on #102030", "strike", "italic green", "link https://a.example/x", "blink2 uu",
        "bold link https://b.example/y on blue", "overline", "color(5) on color(9)",
    )
)  # fmt: skip


class Lines(ScrollView, can_focus=True):
    """Made-up lines, one of them the current one; a line looks the same wherever it stands."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "go(1)", ""), ("up", "go(-1)", ""), ("pagedown", "go(9)", ""),
        ("pageup", "go(-9)", ""), ("home", "go(-999)", ""), ("end", "go(999)", ""),
    ]  # fmt: skip
    line = reactive(0)

    def __init__(self, seed: int, count: int = 60) -> None:
        super().__init__()
        self.seed = seed
        self.count = count
        self.virtual_size = Size(90, count)

    def action_go(self, by: int) -> None:
        self.line = min(max(self.line + by, 0), self.count - 1)

    def watch_line(self, line: int) -> None:
        self.refresh()
        if line < self.scroll_offset.y:
            self.scroll_to(y=line, animate=False)
        elif line >= self.scroll_offset.y + self.size.height:
            self.scroll_to(y=line - self.size.height + 1, animate=False)

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        chance = random.Random(f"{self.seed}:{number}")
        current = Style(reverse=True) if number == self.line else Style()
        segments = [
            Segment(chance.choice(WORDS), chance.choice(STYLES) + current)
            for _ in range(chance.randint(0, 9))
        ]
        left = self.scroll_offset.x
        return Strip(segments).crop_extend(left, left + self.size.width, current)


class Question(ModalScreen[None]):
    """A dialog over a darkened screen."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss", "")]
    CSS = "Question { align: center middle; } Vertical { width: 40; height: 7; border: round red; }"

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static("冷链仓库 [b]pay[/b] ¥5.00 [link='https://c.example']where[/link]")
            yield Input(placeholder="词")


class Board(Twin):
    """Two panes of lines side by side, a box to type in."""

    CSS = "Lines { height: 1fr; border: round blue; } #low { height: 6; } Input { height: 3; }"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        ("f2", "question", ""), ("f3", "hide", ""),
        Binding("ctrl+l", "repaint", priority=True),
    ]  # fmt: skip

    def __init__(self, seed: int) -> None:
        super().__init__(display="thin")
        self.animation_level = "none"
        self.seed = seed

    def compose(self) -> ComposeResult:
        yield Lines(self.seed)
        low = Lines(self.seed + 1)
        low.id = "low"
        yield low
        box = Input()
        box.cursor_blink = False
        yield box

    def action_question(self) -> None:
        self.push_screen(Question())

    def action_hide(self) -> None:
        low: Any = self.query_one("#low")
        low.display = not low.display
