"""Render screenshots/ from the running app: `python -m tests.screenshots`.

Each picture is the app on its tour, at a practice clock that stands still, so that the same
program gives the same bytes. Nothing in them is fetched from anywhere.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.moving_picture import moving
from tests.stories.driver import Desk, at_the_desk
from tui.text import use_language

FOLDER = Path(__file__).parent.parent / "screenshots"

TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
"""The environment that the pictures are made in: the theme depends on it."""

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
    await desk.press("backspace", "backspace")


async def _method_2(desk: Desk) -> None:
    await desk.find("P-LIC-RENEW")
    await desk.choose("Studio")
    await desk.press("enter", "enter")
    await desk.answer("")
    await desk.choose("Method 2")


async def _renewal_form(desk: Desk) -> None:
    await desk.top_up("20000")
    await desk.clear_notices()  # it would stand behind the dialog for a few seconds
    await desk.go_to("licenses", "lic-kids")
    await desk.press("r", *"k-77")


async def _ahead(desk: Desk) -> None:
    await desk.top_up("20000")
    await desk.clear_notices()  # it would stand behind the dialog for a few seconds
    await desk.press("d")


async def _plans(desk: Desk) -> None:
    await desk.press("3")


async def _keep(desk: Desk) -> None:
    await desk.press("K")


async def _chinese(desk: Desk) -> None:
    await desk.press("L")


async def _chinese_walk(desk: Desk) -> None:
    await _instance_id(desk)
    await desk.press("L")


PICTURES = (
    Picture("main", _nothing),
    Picture("license-walk-through", _instance_id),
    Picture("method-2", _method_2),
    Picture("renewal-form", _renewal_form),
    Picture("keep-everything", _keep),
    Picture("resource-plans", _plans),
    Picture("ninety-days", _ahead),
    Picture("main-80x24", _nothing, (80, 24)),
    Picture("main-chinese", _chinese),
    Picture("license-walk-through-chinese", _chinese_walk, (80, 24)),
)


RESCUE: tuple[Sequence[str], ...] = (
    (), ("K",), ("t",), ("enter",), ("enter",), (*"21660",), ("enter", "enter"), ("escape",) * 2,
)  # fmt: skip
"""The keys before each frame of the moving picture: from the first screen to what was kept."""
RESCUE_SIZE = (100, 26)


async def render_rescue(home: Path) -> str:
    """The moving picture, of an app that is started for it on this home."""
    frames = []
    async with at_the_desk(home, size=RESCUE_SIZE, pane="due") as desk:
        for keys in RESCUE:
            await desk.press(*keys)
            await desk.clear_notices()
            frames.append(desk.app.export_screenshot())
    return moving(frames)


async def render(picture: Picture, home: Path) -> str:
    """The picture as SVG, of an app that is started for it on this home."""
    try:
        async with at_the_desk(home, size=picture.size, pane="due") as desk:
            await picture.press(desk)
            await desk.clear_notices()
            return desk.app.export_screenshot()
    finally:
        use_language("en")


async def _render_all() -> None:
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as home:
        (FOLDER / "rescue.svg").write_text(await render_rescue(Path(home)), encoding="utf-8")
    for picture in PICTURES:
        with TemporaryDirectory() as home:
            (FOLDER / f"{picture.name}.svg").write_text(
                await render(picture, Path(home)), encoding="utf-8"
            )


if __name__ == "__main__":
    os.environ.update(TERMINAL)
    asyncio.run(_render_all())
