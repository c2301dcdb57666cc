"""How a cell looks, and the fewest bytes from one look to another."""

from __future__ import annotations

from functools import lru_cache

from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

_ENDED_BY = {
    "1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27",
    "8": "28", "9": "29", "21": "24", "51": "54", "52": "54", "53": "55",
}  # fmt: skip
"""Which code takes an attribute back; some take back two."""

_SEEN_ON_A_BLANK = frozenset({"4", "7", "9", "21", "51", "52", "53"})
_REVERSE = "7"
_COLOR_PARTS = {"5": 3, "2": 5}


class Pen:
    """Colours, attributes and link of a cell. Equal ones are one object: compare with `is`."""

    __slots__ = ("blank", "ground", "ink", "link", "marks")

    def __init__(self, ink: str, ground: str, marks: tuple[str, ...], link: str) -> None:
        self.ink = ink
        """The SGR codes of the foreground; empty: the terminal's own."""
        self.ground = ground
        self.marks = marks
        self.link = link
        """The parameters of OSC 8, or nothing."""
        seen = not _SEEN_ON_A_BLANK.isdisjoint(marks)
        self.blank = self if seen or not (ink or marks) else pen("", ground, (), link)
        """How a space looks in it: nobody sees the colour of a letter that is not there."""

    @property
    def codes(self) -> str:
        """All of it as SGR codes."""
        return ";".join(code for code in (*self.marks, self.ink, self.ground) if code)

    @property
    def erases(self) -> bool:
        """Whether erasing leaves cells that look like a space in it."""
        return self.blank.marks == () and not self.link

    def unmarked(self, ground: str) -> Pen:
        """One that erases to that ground, and is as near to this one as can be."""
        kept = tuple(mark for mark in self.marks if mark not in _SEEN_ON_A_BLANK)
        return pen(self.ink, ground, kept, "")


@lru_cache(maxsize=4096)
def pen(ink: str, ground: str, marks: tuple[str, ...], link: str) -> Pen:
    """The one pen of that look."""
    return Pen(ink, ground, marks, link)


PLAIN = pen("", "", (), "")


def pen_of(style: Style | None, color_system: ColorSystem) -> Pen:
    """The pen that Textual would write this style with."""
    if style is None:
        return PLAIN
    codes = style._ansi  # noqa: SLF001  # the codes that Textual itself keeps there
    if codes is None:
        codes = Strip.render_ansi(style, color_system)
    link = f"id={style.link_id};{style.link}" if style.link else ""
    return _parsed(codes, link if link.isprintable() else "")


@lru_cache(maxsize=4096)
def _parsed(codes: str, link: str) -> Pen:
    left, ink, ground = codes.split(";") if codes else [], "", ""
    marks: set[str] = set()
    while left:
        code = left[0]
        size = _COLOR_PARTS[left[1]] if code in {"38", "48"} else 1
        if code in _ENDED_BY:
            marks.add(code)
        elif code.startswith(("4", "10")):
            ground = "" if code == "49" else ";".join(left[:size])
        else:
            ink = "" if code == "39" else ";".join(left[:size])
        del left[:size]
    return pen(ink, ground, tuple(sorted(marks)), link)


@lru_cache(maxsize=4096)
def change(old: Pen, new: Pen) -> str:
    """The shortest sequence that takes a terminal from the old pen to the new one."""
    link = f"\x1b]8;{new.link or ';'}\x1b\\" if old.link != new.link else ""
    ended = {_ENDED_BY[mark] for mark in old.marks if mark not in new.marks}
    begun = [m for m in new.marks if m not in old.marks or _ENDED_BY[m] in ended]
    steps = [*sorted(ended), *begun]
    if old.ink != new.ink:
        steps.append(new.ink or "39")
    if old.ground != new.ground:
        steps.append(new.ground or "49")
    if not steps:
        return link
    codes = new.codes
    afresh = f";{codes}" if codes else ""
    step = ";".join(steps)
    return f"{link}\x1b[{afresh if len(afresh) < len(step) else step}m"
