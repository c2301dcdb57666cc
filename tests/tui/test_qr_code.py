"""A console page as a QR code, and addresses as links."""

from __future__ import annotations

import pytest
import segno
from textual.style import Style

from store.walkthroughs.procedures import all_procedures
from tests.tui.stage import Stage, strips_of, text_of
from tui.dialogs.qr_code import QUIET, QrCodeDialog, code_lines
from tui.text.cells import address

PAGE = "https://usercenter2-intl.console.alibabacloud.com/renew/manual"
PAGES = sorted(
    {page for each in all_procedures() for step in each.steps for page in step.page.values()}
)


def modules(lines: list[str]) -> list[tuple[int, ...]]:
    """The drawn rows back, dark ones being 1."""
    upper = {"▀": 1, "█": 1}
    lower = {"▄": 1, "█": 1}
    return [tuple(half.get(cell, 0) for cell in line) for line in lines for half in (upper, lower)]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_drawn_whole_and_fits_80x24(page: str) -> None:
    lines = code_lines(page)
    wanted = [tuple(map(int, row)) for row in segno.make(page, error="l").matrix_iter(border=QUIET)]
    assert modules(lines)[: len(wanted)] == wanted
    assert len(lines) <= 21
    assert len(lines[0]) <= 76


@pytest.mark.parametrize(
    ("size", "drawn"), [((80, 24), True), ((40, 24), False), ((80, 20), False)]
)
async def test_it_is_drawn_dark_on_light_or_says_that_there_is_no_room(
    size: tuple[int, int], *, drawn: bool
) -> None:
    app = Stage()
    async with app.run_test(size=size) as pilot:
        app.push_screen(QrCodeDialog(PAGE))
        await pilot.pause()
        await pilot.pause()
        shown = text_of(app)
        assert all(line in shown for line in code_lines(PAGE)) is drawn
        assert ("too small" in " ".join(shown.split())) is not drawn
        light = [
            piece.text
            for strip in strips_of(app)
            for piece in strip
            if piece.style and piece.style.bgcolor and piece.style.bgcolor.name == "#ffffff"
        ]
        assert light == (code_lines(PAGE) if drawn else [])
        await pilot.press("escape")
        assert len(app.screen_stack) == 1


async def test_without_half_blocks_it_says_so() -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(QrCodeDialog(PAGE, drawable=False))
        await pilot.pause()
        await pilot.pause()
        assert "cannot draw a QR code" in text_of(app)


def test_only_https_addresses_of_the_program_are_links() -> None:
    def links(value: str) -> list[str | None]:
        styles = [span.style for span in address(value).spans]
        return [style.link for style in styles if isinstance(style, Style)]

    assert links(PAGE) == [PAGE]
    assert all(links(page) == [page] for page in PAGES)
    for other in (
        "http://x.com/",
        "javascript:x",
        "https://a.com/\x1b]8;;",
        "https://a b",
        "file:/x",
    ):
        assert links(other) == []
    assert "\x1b" not in address("https://a.com/\x1b").plain
