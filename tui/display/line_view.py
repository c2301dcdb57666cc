"""A scroll view that paints single lines, and knows its size before it paints."""

from __future__ import annotations

from typing import Any

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView


class LineView(ScrollView, inherit_bindings=False):
    """Base of tables that render line by line. `virtual_size` says how many lines there are."""

    layout_width = 0
    """The width that it was last laid out in; kept while it is hidden."""

    def width_changed(self) -> None:
        """Called before the first painting in a new width."""

    def _get_scrollable_region(self, region: Region) -> Region:
        """Decide on the scrollbar before the layout; Textual finds out after it, and lays out
        again."""
        needs_scrollbar = self.virtual_size.height > region.height
        self.set_reactive(LineView.show_vertical_scrollbar, needs_scrollbar)
        return super()._get_scrollable_region(region)

    def _size_updated(self, size: Size, *others: Any, **options: Any) -> bool:
        """Report a new width at once; Textual's resize event comes after the first painting."""
        changed = super()._size_updated(size, *others, **options)
        if self.size.width != self.layout_width:
            self.layout_width = self.size.width
            self.width_changed()
        return changed

    def refresh_line(self, y: int) -> None:
        """Repaint one line of the content; Textual's own repaints the scrollbar with it."""
        width = self.scrollable_content_region.width
        self.refresh(Region(0, y - self.scroll_offset.y, width, 1))
