"""Textual's compositor, asked for no more lines than are to be painted.

Textual 8.2.8 has each widget render all of its lines as soon as what it is clipped by touches
what changed: for a row under the cursor, that is nearly the whole screen.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class NarrowCompositor(Compositor):
    """Renders, from front to back, the lines that the changes span, of the widgets they are seen
    in."""

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
