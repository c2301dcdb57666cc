"""The checklist of a real account on the main screen, in place of the due list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from store.i18n import _
from store.items.assessment import Assessment
from tui.panes.due import DUE
from tui.screens.item_commands import ItemCommands
from tui.screens.pane_tables import PaneTables
from tui.snapshot import Snapshot
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from store.diagnosis.setup_checks import Check

PANEL = "checklist"


class ChecklistInPlace(PaneTables, ItemCommands):
    """A screen that shows the checklist on request, and as long as steps are open and nothing is
    due."""

    def __init__(self) -> None:
        super().__init__()
        self._is_requested = False

    @property
    def shows_checklist(self) -> bool:
        """Whether the checklist is shown in place of the due table."""
        return any(panel.display for panel in self.query(f"#{PANEL}"))

    def update_checklist(self, snapshot: Snapshot) -> None:
        """Show the checklist or the due table, whichever the snapshot calls for."""
        is_first = snapshot.open_checks > 0 and not snapshot.due_count and not snapshot.gone_count
        is_shown = self.pane is DUE and bool(snapshot.checks) and (self._is_requested or is_first)
        if not is_shown:
            if self.shows_checklist:
                self._hide()
            return
        from tui.panes.checklist import checklist_page  # on a real account only

        if not self.query(f"#{PANEL}"):
            self.query_one("#tables").mount(Panel(id=PANEL, focusable=True))
        panel = self.query_one(f"#{PANEL}", Panel)
        panel.display = True
        self.tables[DUE.id].add_class("-hidden")
        panel.fit(partial(checklist_page, snapshot.checks), title=_("Checklist"))
        if self.focused is None or self.focused is self.tables[DUE.id]:
            self.set_focus(panel)

    def _hide(self) -> None:
        panel = self.query_one(f"#{PANEL}")
        had_focus, panel.display = self.focused is panel, False
        if self.pane is DUE:
            self.tables[DUE.id].remove_class("-hidden")
        if had_focus:
            self.set_focus(self.tables[self.pane.id])

    def show_pane(self, pane_id: str) -> None:
        self._is_requested = False
        for panel in self.query(f"#{PANEL}"):
            panel.display = False
        super().show_pane(pane_id)
        if self.snapshot is not None:
            self.update_checklist(self.snapshot)
            self.show_keys()

    def show_checklist(self) -> None:
        """Show the checklist until another pane is chosen."""
        self.show_pane(DUE.id)
        self._is_requested = True
        if self.snapshot is not None:
            self.update_checklist(self.snapshot)
            self.show_keys()

    def item_to_edit(self) -> Assessment | None:
        return self.item_to_identify() or self.current()

    def item_to_identify(self) -> Assessment | None:
        """The item whose type the visible checklist asks for; None: there is none."""
        check = self._types_check() if self.shows_checklist else None
        if check is None or not check.item_id or self.snapshot is None:
            return None
        return self.snapshot.overview.of_id(check.item_id)

    def _types_check(self) -> Check | None:
        from store.diagnosis.setup_checks import Topic

        checks = self.snapshot.checks if self.snapshot else ()
        return next((check for check in checks if check.topic is Topic.TYPES), None)
