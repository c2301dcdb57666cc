"""Text that depends on the width in which it is shown.

Such a widget is correct when it is first painted: it is not laid out once to learn its width and
again for its text.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static


class Fitted(Visual):
    """A visual whose text is computed for the width in cells."""

    def __init__(self, text_for: Callable[[int], Content]) -> None:
        self._text_for = text_for
        self._width = -1
        self._text = Content("")

    def use_for_other_widths(self, text_for: Callable[[int], Content]) -> None:
        """Use this function for other widths from now on; keep the text of the present width."""
        self._text_for = text_for

    def text_at(self, width: int) -> Content:
        """The text for that width."""
        if width != self._width:
            self._width, self._text = width, self._text_for(width)
        return self._text

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        del rules
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self.text_at(width).get_height(rules, width)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self.text_at(width).render_strips(width, height, style, options)


class FittedText(Static):
    """Shows text for its width, and repaints only if the text looks different."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._fitted: Fitted | None = None

    def fit(self, text_for: Callable[[int], Content]) -> None:
        """Show the text that `text_for` returns for the widget's width, also after a resize."""
        new, old, width = Fitted(text_for), self._fitted, self.size.width
        if old is not None and width and new.text_at(width).is_same(old.text_at(width)):
            old.use_for_other_widths(text_for)
            return
        self._fitted = new
        taller = not width or new.get_height(self.styles.get_rules(), width) != self.size.height
        self.update(new, layout=taller)
