"""Render screenshots/ from the running app: `python -m tests.screenshots`.

Each picture is the app on its tour, at a practice clock that stands still, so that the same
program gives the same bytes. Nothing in them is fetched from anywhere.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.stories.driver import Desk, at_the_desk
from tui.plain import cells

FOLDER = Path(__file__).parent.parent / "screenshots"

_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_RANDOM_ID = re.compile(r"\bterminal-\d+-")
_NOTE = re.compile(r"\s*<!-- Generated with .*? -->")
_TEXT = re.compile(
    r'<text class="(?P<kind>[^"]*)" x="(?P<x>[^"]*)" y="(?P<y>[^"]*)" textLength="[^"]*"'
    r"(?P<rest>[^>]*)>(?P<words>[^<]*)</text>"
)
_WIDE = re.compile("([\u1100-\u115f\u2e80-\uffdc]+)")
CELL = 12.2
"""The width of a cell in Rich's pictures."""

Keys = Callable[[Desk], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Picture:
    """One screenshot: its file's name, what is pressed before it, and the terminal's size."""

    name: str
    press: Keys
    size: tuple[int, int] = (120, 36)


async def _nothing(desk: Desk) -> None:
    del desk


async def _instance_id(desk: Desk) -> None:
    await desk.go_to("licenses", "lic-kids")
    await desk.press("w")
    await desk.choose("Renew a license, method 1")
    await desk.press("enter")


async def _method_2(desk: Desk) -> None:
    await desk.find("P-LIC-RENEW")
    await desk.choose("Studio")
    await desk.press("enter", "enter")
    await desk.answer("")
    await desk.choose("method 2")


async def _confirmation(desk: Desk) -> None:
    await desk.top_up("20000")
    await desk.go_to("licenses", "lic-kids")
    await desk.press("r")
    await desk.choose("12 months")


async def _plans(desk: Desk) -> None:
    await desk.press("3")


PICTURES = (
    Picture("main", _nothing),
    Picture("license-walk-through", _instance_id),
    Picture("method-2", _method_2),
    Picture("payment-confirmation", _confirmation),
    Picture("resource-plans", _plans),
    Picture("main-80x24", _nothing, (80, 24)),
)


async def render(picture: Picture, home: Path) -> str:
    """The picture as SVG, of an app that is started for it on this home."""
    async with at_the_desk(home, size=picture.size) as desk:
        await picture.press(desk)
        await desk.clear_notices()
        return steady(desk.app.export_screenshot())


def steady(svg: str) -> str:
    """The SVG without random ids, and without fonts from foreign hosts."""
    for pattern, plain in ((_FONT, ""), (_RANDOM_ID, "terminal-"), (_NOTE, "")):
        svg = pattern.sub(plain, svg)
    svg = _TEXT.sub(_in_its_cells, svg)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def _in_its_cells(text: re.Match[str]) -> str:
    """The text with its wide characters set apart, so that what follows them stays in column."""
    words = unescape(text["words"])
    if cells(words) == len(words):
        return text[0]
    parts, x = [], float(text["x"])
    for part in _WIDE.split(words):
        width = cells(part) * CELL
        if part.strip("\xa0"):
            shown = escape(part).replace("\xa0", "&#160;")
            head = f'<text class="{text["kind"]}" x="{x:g}" y="{text["y"]}" textLength="{width:g}"'
            parts.append(f'{head} lengthAdjust="spacingAndGlyphs"{text["rest"]}>{shown}</text>')
        x += width
    return "".join(parts)


async def _render_all() -> None:
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        with TemporaryDirectory() as home:
            (FOLDER / f"{picture.name}.svg").write_text(
                await render(picture, Path(home)), encoding="utf-8"
            )


if __name__ == "__main__":
    asyncio.run(_render_all())
