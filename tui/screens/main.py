"""The main screen: the account's money, what happens next, and a table for each kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Static

from store.i18n import _
from store.items.assessment import Assessment
from store.items.search import Filter
from store.payments.payment import Payment
from tui.actions.undo import UndoEntry
from tui.commands.registry import bindings, handles
from tui.commands.table import Scope
from tui.panes.balance import balance_in_one_line, balance_lines
from tui.panes.instances import INSTANCES
from tui.panes.journal import PAYMENTS
from tui.panes.pane import listed
from tui.panes.upcoming import UPCOMING, upcoming_rows, upcoming_title
from tui.panes.walks import WALKS
from tui.screens.changes_line import ChangesLine
from tui.screens.filtering import new_table
from tui.screens.item_commands import AT_THE_CLOUD, ON_AN_ITEM, ItemCommands
from tui.screens.pane_tables import PaneTables
from tui.snapshot import Snapshot
from tui.widgets.panel import Panel
from tui.widgets.record_table import RecordTable
from tui.widgets.rows import Rows
from tui.widgets.tab_line import TabLine

WIDE, MEDIUM, TALL = 100, 76, 22


class MainScreen(ItemCommands, PaneTables, ChangesLine):
    """Everything that matters without a key pressed."""

    SCOPE: ClassVar[Scope] = "main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("main")
    AUTO_FOCUS = f"#{INSTANCES.id}"

    def middle(self) -> ComposeResult:
        self._fit(*self.app.size)  # before there are widgets whose styles it would change
        if self.has_class("-small"):
            yield Static(id="money-line")
        with Container(id="top"):
            yield Panel(id="balance", wrap=False)
            yield new_table(UPCOMING)
        yield TabLine(id="tabs")
        yield self.table_of(INSTANCES)

    def retranslate(self) -> None:
        self.retranslate_filters()
        self._entitle()
        super().retranslate()

    def _entitle(self) -> None:
        self.query_one("#balance", Panel).border_title = _("Account balance")
        self.query_one(f"#{UPCOMING.id}").border_title = _(UPCOMING.title)

    def on_mount(self) -> None:
        self._entitle()
        self.app.start_action(self._begin)

    async def _begin(self) -> None:
        from tui.actions.sync import begin

        await begin(self.prompter)

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.width, event.size.height)

    def _fit(self, width: int, height: int) -> None:
        """Side by side where it is wide, one under another, one at a time where it is small."""
        small = width < MEDIUM or height < TALL
        self.set_class(width >= WIDE and not small, "-wide")
        self.set_class(small, "-small")
        if small and self.snapshot is not None and not self.query("#money-line"):
            self.mount(Static(id="money-line"), before="#top")
            self._show_money(self.snapshot)

    @property
    def table(self) -> RecordTable:
        """The table that keys work on: what happens next, or the one below."""
        focused = self.focused
        if isinstance(focused, RecordTable):
            return focused
        return self._below

    def show(self, snapshot: Snapshot) -> None:
        self.restore_views(snapshot)
        self._show_money(snapshot)
        known = snapshot.overview.as_of is not None
        empty = _(UPCOMING.empty) if known else _("No data yet")
        table = self.query_one(f"#{UPCOMING.id}", RecordTable)
        table.border_title = upcoming_title(snapshot)
        self._load_upcoming(table, snapshot, empty)
        self.load_tables(snapshot)

    def load_table(self, table: RecordTable, *, from_top: bool = False) -> None:
        if table.id == UPCOMING.id and self.snapshot is not None:
            self._load_upcoming(table, self.snapshot)
        else:
            super().load_table(table, from_top=from_top)

    def show_pane(self, pane_id: str) -> None:
        self.remove_class("-next")
        super().show_pane(pane_id)

    def _show_money(self, snapshot: Snapshot) -> None:
        balance = partial(balance_lines, snapshot.overview)
        self.query_one("#balance", Panel).fit(balance)
        for line in self.query("#money-line").results(Static):
            line.update(balance_in_one_line(snapshot.overview))

    def _load_upcoming(self, table: RecordTable, snapshot: Snapshot, empty: str = "") -> None:
        """By what presses most; in another order all of it has to be read."""
        rows: Rows = upcoming_rows(snapshot)
        if table.order is not None:
            rows = listed(UPCOMING.rows(snapshot), UPCOMING.columns, Filter(), table.order)
        table.load(rows, empty=empty or None)

    def off(self) -> dict[str, str]:
        reasons = super().off()
        assessment, on_walk = self.current(), self.table.id == WALKS.id
        if assessment is None or on_walk:
            for each in ON_AN_ITEM if assessment is None else AT_THE_CLOUD:
                reasons.setdefault(each, _("no item is selected"))
            if not on_walk or self.table.cursor_key is None:
                reasons.setdefault("walk", _("no item is selected"))
        if self.pane is not WALKS or self.table.id == UPCOMING.id:
            reasons["close"] = _("select a walk-through in pane 4 first")
        if self.changes is None:
            reasons["changes"] = _("no changes since your last session")
        if self._doubtful_purchase() is None:
            why = _("select a purchase with an unknown outcome in pane 5 first")
            reasons.setdefault("unbought", why)
        return reasons

    def _doubtful_purchase(self) -> Payment | None:
        if self.table.id != PAYMENTS.id or self.snapshot is None:
            return None
        return self.snapshot.doubtful_purchase(self.table.cursor_key)

    def targets(self) -> Sequence[str]:
        return [self._item_id(key) for key in self.table.targets]

    def _item_id(self, key: str) -> str:
        """The item of a row: of a walk-through, the one that it is for."""
        walk = self.snapshot.walk(key) if self.snapshot and self.table.id == WALKS.id else None
        return walk.subject.item_id if walk else key

    def clear_marks(self) -> None:
        self.table.clear_marks()

    def current(self) -> Assessment | None:
        """The item under the cursor; of a walk-through, its item."""
        if self.table.cursor_key is None or self.snapshot is None:
            return None
        return self.snapshot.overview.of_id(self._item_id(self.table.cursor_key))

    @on(RecordTable.Moved)
    def _moved(self, event: RecordTable.Moved) -> None:
        """The commands for the row are shown after the cursor."""
        event.stop()
        if event.table is self.table:
            self.call_after_refresh(self._show_keys_of_row)

    def _show_keys_of_row(self) -> None:
        if self.is_attached:
            self.show_keys()

    @on(RecordTable.Marked)
    def _marked(self, event: RecordTable.Marked) -> None:
        self.show_keys()
        if event.before is not None:
            self._remember_marks(event.table, event.before)

    def _remember_marks(self, table: RecordTable, before: Sequence[str]) -> None:
        async def take_back() -> None:
            table.set_marks(before)

        self.app.undo_stack.push(UndoEntry(_("the mark"), take_back))

    def on_descendant_focus(self) -> None:
        self.show_keys()

    @handles("pane_next", "pane_previous")
    def _go_to_other_table(self) -> None:
        """Between what happens next and the table below; where it is small, one is shown."""
        to_next = self.table.id != UPCOMING.id
        self.set_class(to_next, "-next")
        self.set_focus(self.query_one(f"#{UPCOMING.id if to_next else self.pane.id}"))

    @on(RecordTable.Opened)
    def _opened(self, event: RecordTable.Opened) -> None:
        if event.table.id == WALKS.id:
            self.app.start_action(partial(self.open_walk, event.key))
        elif event.table.id == PAYMENTS.id:
            self.app.start_action(partial(self._show_payment, event.key))
        else:
            from tui.screens.item import ItemScreen

            self.app.push_screen(ItemScreen(event.key))

    async def _show_payment(self, payment_id: str) -> None:
        from tui.actions.payments import show_payment

        for payment in self.snapshot.payments if self.snapshot else ():
            if payment.id == payment_id:
                await show_payment(self.prompter, payment)

    @handles("walk")
    async def _walk(self) -> None:
        if self.table.id == WALKS.id and self.table.cursor_key is not None:
            await self.open_walk(self.table.cursor_key)
        else:
            await self._start_walk()

    @handles("close")
    async def _close_walk(self) -> None:
        from tui.actions.walks import close_walk

        if self.snapshot and (walk := self.snapshot.walk(self.table.cursor_key)):
            await close_walk(self.prompter, walk)

    @handles("unbought")
    async def _close_as_unbought(self) -> None:
        from tui.actions.payments import close_as_unbought

        if (payment := self._doubtful_purchase()) is not None:
            await close_as_unbought(self.prompter, payment)

    @handles("add")
    async def _add_license(self) -> None:
        from tui.actions.licenses import add_license

        await add_license(self.prompter)

    @handles("import")
    async def _import_licenses(self) -> None:
        from tui.actions.licenses import import_licenses

        await import_licenses(self.prompter)

    @handles("reconcile")
    async def _reconcile(self) -> None:
        from tui.actions.payments import reconcile_all

        await reconcile_all(self.prompter)
