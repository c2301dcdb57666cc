"""A bare app to put one widget on, and what can be read off its screen."""

from __future__ import annotations

from typing import Any

from textual.app import App, ComposeResult
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget


class Stage(App[None]):
    """Shows one widget, without animation, and keeps what it posts."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, widget: Widget | None = None) -> None:
        super().__init__()
        self.widget = widget
        self.posted: list[Message] = []
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        if self.widget is not None:
            yield self.widget


def strips_of(app: App[Any]) -> list[Strip]:
    """The screen's lines as they would be written."""
    return app.screen._compositor.render_strips()


def lines_of(app: App[Any]) -> list[str]:
    """The screen's lines as text, without the spaces at their ends."""
    return [strip.text.rstrip() for strip in strips_of(app)]


def text_of(app: App[Any]) -> str:
    """The whole screen as text."""
    return "\n".join(lines_of(app))
