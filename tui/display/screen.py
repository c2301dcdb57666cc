"""Textual's screen and compositor, doing nothing twice and painting no more than what changed.

What is overridden here is private to Textual 8.2.8, which is why its version is pinned.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual._compositor import Compositor
from textual.geometry import Region, Size
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.binding import BindingsMap
    from textual.dom import DOMNode


class NarrowCompositor(Compositor):
    """Renders, from front to back, the lines that the changes span, of the widgets they are seen
    in.

    Textual has each widget render all of its lines as soon as what it is clipped by touches
    what changed: for a row under the cursor, that is nearly the whole screen.
    """

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if crop is None:
            yield from super()._get_renders(crop)
            return
        lines = Region(0, crop.y, self.size.width, crop.height)
        for widget, (region, clip) in self.visible_widgets.items():
            visible = region.intersection(clip)
            if crop.overlaps(visible):
                part = visible.intersection(lines)
                yield region, part, widget.render_lines(part.translate(-region.offset))
                if visible.contains_region(crop):
                    return


class FrugalScreen(Screen[ScreenResultType]):
    """A screen that is laid out, painted and asked for its keys only where something is new."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = NarrowCompositor()
        self._chain: list[tuple[DOMNode, BindingsMap]] = []

    @property
    def _binding_chain(self) -> list[tuple[DOMNode, BindingsMap]]:
        """Worked out when the focus has moved, and not twice at each key."""
        if not self._chain or self._chain[0][0] is not (self.focused or self):
            self._chain = super()._binding_chain
        return self._chain

    def refresh_bindings(self) -> None:
        self._chain = []
        super().refresh_bindings()

    def _screen_resized(self, size: Size) -> None:
        """Textual lays out and paints anew for each word of a size, also of the present one."""
        if size != self._size:  # `size` is that of the terminal
            super()._screen_resized(size)

    def _on_timer_update(self) -> None:
        """Textual paints what a layout changes, and then all, where all is to be painted."""
        if self._layout_required and self._repaint_required:
            self._dirty_widgets.add(self)
            self._repaint_required = False
        super()._on_timer_update()
