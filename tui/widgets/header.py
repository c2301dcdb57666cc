"""The first line of a screen: account, practice or live, time, age of the data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from textual.content import Content

from store import formats
from store.i18n import _
from store.sanitize import plain
from tui.text.cells import cells, fit
from tui.widgets.fitted_text import FittedText

GAP = 2
MIN_ACCOUNT_CELLS = 6


class Heading(Struct, frozen=True):
    """The contents of the first line."""

    account: str
    site: str
    """The label of the site: `China site`."""
    practice: bool
    now: datetime
    """The account's clock, in the zone in which times are shown."""
    synced: str
    """The age of the data: `synced 2 min ago`."""
    synced_short: str
    """The same for a narrow line: `2 min`."""
    read_only: bool = False


class HeaderLine(FittedText):
    """Shows a heading in the longest form that fits."""

    DEFAULT_CSS = """
    HeaderLine { height: 1; padding: 0 1; text-wrap: nowrap; background: $panel; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._heading: Heading | None = None
        self._work: str | None = None

    def show(self, heading: Heading) -> None:
        """Show the heading."""
        self._heading = heading
        self._draw()

    def show_work(self, progress: str | None) -> None:
        """Show the progress of a sync in place of the data's age; None: no sync is running."""
        self._work = progress
        self._draw()

    def _draw(self) -> None:
        if self._heading is not None:
            heading = self._heading
            if self._work is not None:
                heading = replace(heading, synced=self._work, synced_short=self._work)
            self.fit(partial(heading_line, heading))


def heading_line(heading: Heading, width: int) -> Content:
    """The heading in exactly `width` cells. The flag, the time and the age are the last to be left
    out."""
    flag = _("PRACTICE") if heading.practice else _("LIVE")
    if heading.read_only:
        flag += " " + _("READ-ONLY")
    for left, right in _forms(heading):
        right_text = (" " * GAP).join(right)
        room = width - cells(flag) - cells(right_text) - 2 * GAP
        if cells(left) <= room:
            return _joined(left, flag, right_text, width)
    right_text = (" " * GAP).join(_right(heading, short=True))
    room = width - cells(flag) - cells(right_text) - 2 * GAP
    left = fit(plain(heading.account), room) if room >= MIN_ACCOUNT_CELLS else ""
    if not left:
        right_text = fit(right_text, min(cells(right_text), max(0, width - cells(flag) - GAP)))
    return _joined(left, flag, right_text, width)


def _forms(heading: Heading) -> Iterator[tuple[str, tuple[str, ...]]]:
    account = plain(heading.account)
    whole = f"{account} · {heading.site}"
    long = _right(heading)
    middle = (_short_time(heading.now), heading.synced)
    title = _("Renewal Assistant")
    yield f"{title}   {whole}", long
    yield whole, long
    yield whole, middle
    yield account, middle
    yield account, _right(heading, short=True)


def _right(heading: Heading, *, short: bool = False) -> tuple[str, str]:
    if short:
        return _short_time(heading.now), heading.synced_short
    now = heading.now
    return formats.instant_with_zone(now), heading.synced


def _short_time(now: datetime) -> str:
    return f"{formats.instant(now, now)} {formats.zone(formats.local(now))}"


def _joined(left: str, flag: str, right_text: str, width: int) -> Content:
    gap = width - cells(left) - cells(flag) - cells(right_text) - GAP
    return Content.assemble(
        Content(left),
        " " * max(0, gap),
        Content.styled(flag, "bold reverse"),
        " " * GAP,
        Content(right_text),
    )
