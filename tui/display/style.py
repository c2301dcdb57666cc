"""Cell styles as SGR codes, and the shortest sequence from one style to another."""

from __future__ import annotations

from functools import lru_cache

from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

_ENDED_BY = {
    "1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27",
    "8": "28", "9": "29", "21": "24", "51": "54", "52": "54", "53": "55",
}  # fmt: skip
"""The code that ends an attribute; some end two."""

_VISIBLE_ON_BLANK = frozenset({"4", "7", "9", "21", "51", "52", "53"})
_COLOR_PARTS = {"5": 3, "2": 5}


class Pen:
    """Colours, attributes and link of a cell. Equal pens are one object: compare with `is`."""

    __slots__ = ("attributes", "background", "blank", "foreground", "link")

    def __init__(
        self, foreground: str, background: str, attributes: tuple[str, ...], link: str
    ) -> None:
        self.foreground = foreground
        """SGR codes; empty: the terminal's default."""
        self.background = background
        self.attributes = attributes
        self.link = link
        """The parameters of OSC 8; empty: no link."""
        visible = not _VISIBLE_ON_BLANK.isdisjoint(attributes)
        self.blank = (
            self if visible or not (foreground or attributes) else pen("", background, (), link)
        )
        """The pen in which a space looks the same: without what only letters show."""

    @property
    def codes(self) -> str:
        """The whole pen as SGR codes."""
        return ";".join(
            code for code in (*self.attributes, self.foreground, self.background) if code
        )

    @property
    def erases(self) -> bool:
        """Whether an erased cell looks like a space written with this pen."""
        return self.blank.attributes == () and not self.link

    def erasing_to(self, background: str) -> Pen:
        """The nearest pen that erases to that background."""
        kept = tuple(
            attribute for attribute in self.attributes if attribute not in _VISIBLE_ON_BLANK
        )
        return pen(self.foreground, background, kept, "")


@lru_cache(maxsize=4096)
def pen(foreground: str, background: str, attributes: tuple[str, ...], link: str) -> Pen:
    """The only pen with these codes."""
    return Pen(foreground, background, attributes, link)


PLAIN = pen("", "", (), "")


def pen_of(style: Style | None, color_system: ColorSystem) -> Pen:
    """The pen with which Textual would write this style."""
    if style is None:
        return PLAIN
    codes = style._ansi  # noqa: SLF001  # the codes that Textual itself keeps there
    if codes is None:
        codes = Strip.render_ansi(style, color_system)
    link = f"id={style.link_id};{style.link}" if style.link else ""
    return _parsed(codes, link if link.isprintable() else "")


@lru_cache(maxsize=4096)
def _parsed(codes: str, link: str) -> Pen:
    codes_left, foreground, background = codes.split(";") if codes else [], "", ""
    attributes: set[str] = set()
    while codes_left:
        code = codes_left[0]
        size = _COLOR_PARTS[codes_left[1]] if code in {"38", "48"} else 1
        if code in _ENDED_BY:
            attributes.add(code)
        elif code.startswith(("4", "10")):
            background = "" if code == "49" else ";".join(codes_left[:size])
        else:
            foreground = "" if code == "39" else ";".join(codes_left[:size])
        del codes_left[:size]
    return pen(foreground, background, tuple(sorted(attributes)), link)


@lru_cache(maxsize=4096)
def change(old: Pen, new: Pen) -> str:
    """The shortest sequence that takes a terminal from the old pen to the new one."""
    link = f"\x1b]8;{new.link or ';'}\x1b\\" if old.link != new.link else ""
    ended = {
        _ENDED_BY[attribute] for attribute in old.attributes if attribute not in new.attributes
    }
    started = [m for m in new.attributes if m not in old.attributes or _ENDED_BY[m] in ended]
    steps = [*sorted(ended), *started]
    if old.foreground != new.foreground:
        steps.append(new.foreground or "39")
    if old.background != new.background:
        steps.append(new.background or "49")
    if not steps:
        return link
    codes = new.codes
    afresh = f";{codes}" if codes else ""
    step = ";".join(steps)
    return f"{link}\x1b[{afresh if len(afresh) < len(step) else step}m"
