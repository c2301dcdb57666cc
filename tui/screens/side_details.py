"""The details of the row under the cursor, to the right of the table on a wide screen."""

from __future__ import annotations

from functools import partial

from textual import events, on
from textual.timer import Timer

from store.i18n import _
from store.items.assessment import Assessment
from store.items.names import item_name
from tui.screens.item_commands import ItemCommands
from tui.widgets.panel import Panel
from tui.widgets.record_table import RecordTable

WIDE = 140
"""The least width of a screen, in cells, that shows the details."""
PAUSE = 0.08
"""Seconds that the cursor has to rest on a row before its details are drawn."""


class SideDetails(ItemCommands):
    """A screen with a container `#body`, in which a panel shows the details of the current row."""

    def __init__(self) -> None:
        super().__init__()
        self._pause: Timer | None = None
        self._shown: str | None = None
        """The ID of the item whose details are shown."""

    @on(events.Resize)
    def _fit_details(self, event: events.Resize) -> None:
        is_wide = event.size.width >= WIDE
        panels = self.query("#details")
        if is_wide and not panels:
            self.query_one("#body").mount(Panel(id="details"))
            self.call_after_refresh(self.show_details)
        elif panels:
            panels.first().display = is_wide

    @on(RecordTable.Moved)
    def _follow_cursor(self) -> None:
        """Draw the details once the cursor rests, not on the way of a held key."""
        if self._pause is not None:
            self._pause.stop()
        if self.query("#details"):
            self._pause = self.set_timer(PAUSE, self.show_details)

    def item_of_row(self) -> Assessment | None:
        """The item of the row under the cursor; None: there is none."""
        return self.current()

    def show_details(self) -> None:
        """Draw the details of the row under the cursor now."""
        current, snapshot = self.item_of_row(), self.snapshot
        for panel in self.query("#details").results(Panel):
            if not panel.display or snapshot is None:
                return
            if current is None:
                panel.show(_("Nothing to show for this row."), title=_("Details"))
                self._shown = None
                return
            from tui.panes.details import detail_lines

            lines = partial(detail_lines, current, snapshot)
            panel.fit(lines, title=item_name(current.item))
            if self._shown != current.item.id:
                panel.scroll_home(animate=False)
            self._shown = current.item.id
