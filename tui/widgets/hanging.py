"""Lines that continue under their beginning."""

from __future__ import annotations

from textual.content import Content


def hung_content(head: Content, text: Content, indent: int, width: int) -> list[Content]:
    """The text after the head, its further lines under its beginning."""
    first, *more = text.wrap(max(1, width - indent)) or [Content("")]
    return [head + first, *(Content(" " * indent) + line for line in more)]
