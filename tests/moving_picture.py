"""One SVG that shows several pictures of a terminal one after another, by CSS alone.

No browser and no video tool is needed to make it, and it has no script. Where animations are
turned off, the last picture stands still.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SECONDS = 3
"""How long each picture is shown."""

_OUTER = re.compile(r"<svg\b(?P<attributes>[^>]*)>(?P<inside>.*)</svg>", re.DOTALL)


def moving(pictures: Sequence[str]) -> str:
    """The pictures, SVG of one size made by `tests.svg.steady`, as frames of one."""
    matches = [_OUTER.search(picture) for picture in pictures]
    frames = [match for match in matches if match is not None]
    assert len(frames) == len(pictures) > 0
    groups = "\n".join(
        f'<g class="frame frame-{index}">{_with_own_ids(frame["inside"], index)}</g>'
        for index, frame in enumerate(frames)
    )
    return f"<svg{frames[0]['attributes']}>\n{_style(len(frames))}\n{groups}\n</svg>\n"


def _with_own_ids(inside: str, index: int) -> str:
    """The picture with classes and ids that no other frame has."""
    return inside.replace("terminal-", f"frame-{index}-")


def _style(count: int) -> str:
    delays = "\n".join(
        f".frame-{index} {{ animation-delay: {index * SECONDS}s }}" for index in range(count)
    )
    return f"""<style>
.frame {{ visibility: hidden; animation: frame {count * SECONDS}s step-end infinite }}
{delays}
@keyframes frame {{ 0% {{ visibility: visible }} {100 / count:g}% {{ visibility: hidden }} }}
@media (prefers-reduced-motion) {{
.frame {{ animation: none }} .frame-{count - 1} {{ visibility: visible }}
}}
</style>"""
