"""An address as a QR code, for a phone: over SSH no browser opens.

Two modules share a cell, dark on light in every theme, since not every phone reads light on dark.
If the code does not fit, the dialog says so instead of drawing it.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.color import Color
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from store.i18n import _
from tui.dialogs.frame import FRAME_LINES, Dialog, button_row
from tui.text.cells import address

QUIET = 2
"""Light modules around the code: readers need some, and 80x24 has room for two."""

FRAME_COLUMNS = 4
"""Columns of the frame and its padding."""

_DARK_ON_LIGHT = Style(foreground=Color.parse("#000000"), background=Color.parse("#ffffff"))
_HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def code_lines(text: str) -> list[str]:
    """The code in half blocks: a line for two rows of modules, a block for a dark module."""
    import segno

    code = segno.make(text, error="l", micro=False)
    rows = [tuple(map(int, row)) for row in code.matrix_iter(border=QUIET)]
    rows += [(0,) * len(rows[0])] * (len(rows) % 2)
    return [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]


class QrCodeDialog(Dialog[None]):
    """Shows the https address of a console page as a QR code."""

    DEFAULT_CSS = """
    QrCodeDialog .dialog-text { text-wrap: nowrap; }
    """

    def __init__(self, page: str, *, drawable: bool = True) -> None:
        """`drawable`: whether the terminal has half blocks."""
        super().__init__(_("QR code"))
        self._page = page
        self._drawable = drawable
        self._code = code_lines(page) if drawable else []

    def controls(self) -> ComposeResult:
        yield button_row(("close", _("Close")))

    def first_focus(self) -> Widget:
        return self.query_one("#close")

    def body(self, width: int) -> Content:
        """The code, with the address below it if there is room for both."""
        lines, room = self._code, self.size.height - FRAME_LINES - 1
        if not self._drawable:
            return Content("\n").join(
                [address(self._page), Content(_("This terminal cannot draw a QR code."))]
            )
        if len(lines) > room or len(lines[0]) + FRAME_COLUMNS > self.size.width:
            too_small = _("The terminal is too small: the QR code needs {columns}x{lines}.").format(
                columns=len(lines[0]) + FRAME_COLUMNS, lines=len(lines) + FRAME_LINES + 1
            )
            return Content("\n").join([address(self._page), Content(too_small)])
        indent = " " * ((width - len(lines[0])) // 2)
        drawn = [indent + Content.styled(line, _DARK_ON_LIGHT) for line in lines]
        if len(lines) < room and len(self._page) <= width:
            drawn.append(" " * ((width - len(self._page)) // 2) + address(self._page))
        return Content("\n").join(drawn)
