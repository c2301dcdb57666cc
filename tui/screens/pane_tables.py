"""The tables of the main screen: one for each pane, shown one at a time."""

from __future__ import annotations

from typing import ClassVar

from textual import on

from store.i18n import _, counted
from tui.commands.registry import handles
from tui.panes.due import DUE, due_rows, with_other_lines
from tui.panes.filter_query import parse, with_problems
from tui.panes.instances import INSTANCES, instance_rows
from tui.panes.journal import PAYMENTS
from tui.panes.licenses import LICENSES
from tui.panes.paged_rows import PagedRows
from tui.panes.pane import Pane, filter_rows
from tui.panes.plans import PLANS
from tui.panes.walks import WALKS
from tui.screens.filtering import FilteredPanes
from tui.screens.searching import reload_in_place, search
from tui.snapshot import Snapshot
from tui.text.status_text import nothing_due
from tui.widgets.record_table import RecordTable
from tui.widgets.rows import Row, Rows
from tui.widgets.tab_line import Tab, TabLine


class PaneTables(FilteredPanes):
    """A screen with tabs and a table below them. A table is made when it is first shown."""

    PANES: ClassVar[dict[str, Pane]] = {
        pane.id: pane for pane in (DUE, INSTANCES, LICENSES, PLANS, WALKS, PAYMENTS)
    }

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, list[Row]] = {}
        """The rows of panes that are filtered and sorted in memory, by ID, once they are shown."""
        self._pane = DUE

    @property
    def pane(self) -> Pane:
        """The pane whose table is shown."""
        return self._pane

    def load_tables(self, snapshot: Snapshot) -> None:
        """Fill all tables from the snapshot."""
        self._rows = {}
        for table in self.tables.values():
            self.load_table(table)

    def load_table(self, table: RecordTable, *, from_top: bool = False) -> None:
        if self.snapshot is None:
            return
        if table.id == DUE.id:
            self._load_due(table, self.snapshot, from_top=from_top)
        elif table.id == INSTANCES.id:
            self._load_instances(table, self.snapshot, from_top=from_top)
        else:
            self._load_from_memory(table, self.PANES[str(table.id)], self.snapshot)
        self._show_tabs()

    def _load_due(self, table: RecordTable, snapshot: Snapshot, *, from_top: bool) -> None:
        """Keep the cursor on its item if it was moved, else on the first row."""
        at = 0 if from_top or table.cursor_row == 0 else None
        if table.order is not None or self.filter_texts.get(DUE.id):
            self._load_from_memory(table, DUE, snapshot)
            return
        snoozed = len(snapshot.annotations.hidden)
        table.border_title = counted("{n} snoozed", "{n} snoozed", snoozed) if snoozed else None
        table.load(due_rows(snapshot), empty=nothing_due(snapshot.overview), at=at)

    def _load_instances(self, table: RecordTable, snapshot: Snapshot, *, from_top: bool) -> None:
        """Load at once if the cursor's row is on the first page; with a filter, or to find the row,
        load in a thread."""
        rows = instance_rows(snapshot, table.order)
        if text := self.filter_texts.get(INSTANCES.id):
            job = search(self, table, snapshot, text, len(rows))
            self.run_worker(job, group="search", exclusive=True)
            return
        self.workers.cancel_group(self, "search")
        key = table.cursor_key
        if isinstance(rows, PagedRows) and not (from_top or key is None or rows.is_near(key)):
            job = reload_in_place(self, table, rows)
            self.run_worker(job, group="search", exclusive=True)
            return
        table.load(rows, total=len(rows), empty=_(INSTANCES.empty), at=0 if from_top else None)

    def _load_from_memory(self, table: RecordTable, pane: Pane, snapshot: Snapshot) -> None:
        if pane.id not in self._rows:
            self._rows[pane.id] = list(pane.rows(snapshot))
        rows, text = self._rows[pane.id], self.filter_texts.get(pane.id, "")
        query = parse(text, pane.fields, snapshot.overview.now)
        empty = nothing_due(snapshot.overview) if pane is DUE else _(pane.empty)
        if text and rows:
            empty = _("No matches; Esc clears the filter.")
        matching: Rows = filter_rows(rows, pane.columns, query.filter, table.order)
        if pane is DUE and not text:
            table.load(with_other_lines(matching, snapshot), empty=empty)
            return
        table.load(matching, filter_text=with_problems(text, query), total=len(rows), empty=empty)

    def _show_tabs(self) -> None:
        snapshot = self.snapshot
        tabs = [
            Tab(
                pane.id, str(number), _(pane.title), pane.count(snapshot) if snapshot else 0,
                _(pane.short), is_filtered=bool(self.filter_texts.get(pane.id)),
            )
            for number, pane in enumerate(self.PANES.values())
        ]  # fmt: skip
        self.query_one(TabLine).show(tabs, self.pane.id)

    def show_pane(self, pane_id: str) -> None:
        """Show the pane's table and focus it."""
        self.hide_filter()
        self.tables[self._pane.id].add_class("-hidden")
        self._pane = self.PANES[pane_id]
        if (table := self.tables.get(pane_id)) is None:
            table = self.make_table(self._pane)
            self.query_one("#tables").mount(table)
            self.load_table(table)
        table.remove_class("-hidden")
        self.set_focus(table)  # at once, since the next key is for this table
        self._show_tabs()
        self.show_keys()

    @handles("due")
    def _show_due(self) -> None:
        self.show_pane(DUE.id)

    @handles("instances")
    def _show_instances(self) -> None:
        self.show_pane(INSTANCES.id)

    @handles("licenses")
    def _show_licenses(self) -> None:
        self.show_pane(LICENSES.id)

    @handles("plans")
    def _show_plans(self) -> None:
        self.show_pane(PLANS.id)

    @handles("walks")
    def _show_walks(self) -> None:
        self.show_pane(WALKS.id)

    @handles("payments")
    def _show_payments(self) -> None:
        self.show_pane(PAYMENTS.id)

    @handles("add")
    async def _add_license(self) -> None:
        from tui.actions.licenses import add_license

        license_id = await add_license(self.prompter)
        if license_id is not None:
            self.show_pane(LICENSES.id)
            self.tables[LICENSES.id].seek(license_id)

    @on(TabLine.Chosen)
    def _tab_chosen(self, event: TabLine.Chosen) -> None:
        self.show_pane(event.tab_id)
