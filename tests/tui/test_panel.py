"""Panels and the filter box take foreign text, and paint only what is new."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from tests.tui.stage import Stage, lines_of, text_of
from tui.widgets.filter_box import FilterBox
from tui.widgets.panel import Panel


async def test_a_panel_shows_lines_and_title_as_plain_text() -> None:
    panel = Panel()
    stage = Stage(panel)
    async with stage.run_test(size=(40, 8)) as pilot:
        panel.show("[/prod] \x1b[2J", title="Balance [/b]")
        await pilot.pause()
        assert "Balance [/b]" in lines_of(stage)[0]
        assert "[/prod] ␛[2J" in lines_of(stage)[1]
        before = stage.screen._dirty_widgets.copy()
        panel.show("[/prod] \x1b[2J", title="Balance [/b]")
        assert stage.screen._dirty_widgets == before
        panel.show("other", title="中 [b")
        await pilot.pause()
        assert "中 [b" in lines_of(stage)[0]
        assert "[/prod]" not in text_of(stage)


async def test_another_width_shows_the_newest_that_looked_the_same() -> None:
    def name_at(name: str) -> Callable[[int], list[Content]]:
        return lambda width: [Content("the same" if width < 50 else name)]

    panel = Panel()
    stage = Stage(panel)
    async with stage.run_test(size=(40, 8)) as pilot:
        panel.fit(name_at("the first"), title="Balance")
        await pilot.pause()
        panel.fit(name_at("the second"), title="Balance")
        await pilot.resize_terminal(100, 8)
        await pilot.pause()
        assert "the second" in text_of(stage)


async def test_a_panel_scrolls_what_does_not_fit() -> None:
    panel = Panel(focusable=True)
    stage = Stage(panel)
    async with stage.run_test(size=(40, 8)) as pilot:
        panel.fit(
            lambda _width: [Content(f"line {number}") for number in range(50)], title="Source"
        )
        panel.focus()
        await pilot.pause()
        await pilot.press("end")
        await pilot.pause()
        assert "line 49" in text_of(stage)


class FilterStage(Stage):
    def on_filter_box_typed(self, message: FilterBox.Typed) -> None:
        self.posted.append(message)

    def on_filter_box_closed(self, message: FilterBox.Closed) -> None:
        self.posted.append(message)


async def test_the_filter_posts_each_letter_and_how_it_was_closed() -> None:
    stage = FilterStage(FilterBox())
    async with stage.run_test(size=(40, 8)) as pilot:
        assert stage.widget is not None
        assert isinstance(stage.widget, FilterBox)
        stage.widget.open("", stage.widget)
        await pilot.press("k", "i", "enter")
        stage.widget.open("ki", stage.widget)
        await pilot.press("escape")
        await pilot.pause()
        messages = [
            (type(each).__name__, each.text)
            for each in stage.posted
            if isinstance(each, FilterBox.Typed | FilterBox.Closed)
        ]
        assert messages[:3] == [("Typed", "k"), ("Typed", "ki"), ("Closed", "ki")]
        assert messages[3:] == [("Closed", "")]
