"""A scroll view that paints line by line, and knows its size before it paints."""

from __future__ import annotations

from typing import Any

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView


class LineView(ScrollView, inherit_bindings=False):
    """The base of tables that are painted line by line. `virtual_size` has the number of lines."""

    layout_width = 0
    """The width of the last layout; kept while the view is hidden."""

    def width_changed(self) -> None:
        """Called before the first painting in a new width."""

    def _get_scrollable_region(self, region: Region) -> Region:
        """Decide on the scrollbar before the layout; Textual decides after it, and lays out
        again."""
        needs_scrollbar = self.virtual_size.height > region.height
        self.set_reactive(LineView.show_vertical_scrollbar, needs_scrollbar)
        return super()._get_scrollable_region(region)

    def _size_updated(self, size: Size, *others: Any, **options: Any) -> bool:
        """Report a new width at once; Textual's resize event comes after the first paint."""
        changed = super()._size_updated(size, *others, **options)
        if self.size.width != self.layout_width:
            self.layout_width = self.size.width
            self.width_changed()
        return changed

    def refresh_line(self, y: int) -> None:
        """Repaint one line of the content; Textual's own method repaints the scrollbar, too."""
        width = self.scrollable_content_region.width
        self.refresh(Region(0, y - self.scroll_offset.y, width, 1))
