"""A screen that lays out and paints once for each change.

Each override saves a twentieth of the CPU time of the start; see `textual_internals`.
"""

from __future__ import annotations

from textual.geometry import Size
from textual.screen import Screen, ScreenResultType


class LeanScreen(Screen[ScreenResultType]):
    """Skips layouts and repaints that Textual 8.2.8 does twice."""

    def _screen_resized(self, size: Size) -> None:
        """Lay out for a new size only; Textual does so for the same size, too."""
        if size != self._size:
            super()._screen_resized(size)

    def _on_timer_update(self) -> None:
        """Paint once if both a layout and a full repaint are due."""
        if self._layout_required and self._repaint_required:
            self._dirty_widgets.add(self)
            self._repaint_required = False
        super()._on_timer_update()
