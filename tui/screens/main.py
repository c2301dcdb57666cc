"""The main screen: the balance line, the changes, and a table for each pane.

Its filters and sort orders are in `filtering`, its tables in `pane_tables`, and its other parts in
`checklist`, `side_details` and `changes_line`. Commands for an item are in `item_commands`, all
other commands in `shared_commands`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from store.i18n import _
from store.items.assessment import Assessment
from store.payments.payment import Payment
from tui.actions.undo import UndoEntry
from tui.commands.registry import bindings, command, handles
from tui.commands.table import Scope
from tui.panes.due import DUE, GONE_KEY, SETUP_KEY
from tui.panes.journal import PAYMENTS
from tui.panes.licenses import LICENSES
from tui.panes.walks import WALKS
from tui.screens.changes_line import ChangesLine
from tui.screens.checklist import ChecklistInPlace
from tui.screens.item_commands import AT_THE_CLOUD, ON_AN_ITEM
from tui.screens.side_details import SideDetails
from tui.snapshot import Snapshot
from tui.text import due_text
from tui.text.details import proposed_kind
from tui.widgets.money_line import MoneyLine
from tui.widgets.record_table import RecordTable
from tui.widgets.tab_line import TabLine

MONEY_KEYS = ("account", "topup", "keep")
"""The commands whose keys the balance line shows."""


class MainScreen(ChecklistInPlace, SideDetails, ChangesLine):
    """Shows the balance, what has changed, and a table for each pane."""

    SCOPE: ClassVar[Scope] = "main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("main")
    AUTO_FOCUS = f"#{DUE.id}"

    def compose_body(self) -> ComposeResult:
        yield MoneyLine(id="money")
        yield TabLine(id="tabs")
        with Horizontal(id="body"), Vertical(id="tables"):
            yield self.make_table(DUE)

    def retranslate(self) -> None:
        self.retranslate_filters()
        super().retranslate()

    def on_mount(self) -> None:
        self.app.start_action(self._start_up)

    async def _start_up(self) -> None:
        from tui.actions.sync import start_up

        await start_up(self.prompter)

    @property
    def _money(self) -> MoneyLine:
        return self.query_one(MoneyLine)

    def show(self, snapshot: Snapshot) -> None:
        self.restore_views(snapshot)
        hints = "   ".join(
            f"{command(command_id).key} {command(command_id).title}" for command_id in MONEY_KEYS
        )
        self._money.show(snapshot.overview, hints)
        self.load_tables(snapshot)
        self.update_checklist(snapshot)
        self.show_details()

    def key_groups(self) -> Sequence[Sequence[str]]:
        if self._money.has_focus:
            return ("open_account", "topup", "keep"), ("help",)
        find: Sequence[str] = ("changes", "filter", "palette")
        if self.table.marks:
            return ("renew", "auto", "snooze", "mark"), find, ("help",)
        return self._keys_of_pane(), find, ("help",)

    def _keys_of_pane(self) -> Sequence[str]:
        if self.shows_checklist:
            return "sync", "edit", "accept", "accounts", "topup"
        if self.pane is LICENSES:
            return self._keys_of_license()
        keys = self.pane.keys
        return keys if self.is_renewed else [key for key in keys if key != "renew"]

    def _keys_of_license(self) -> Sequence[str]:
        act = "bind" if self.is_bound_next else "renew"
        if self.is_manual:
            return "open", act, "edit", "remove", "add", "import"
        return "open", act, "walk", "add", "import"

    def key_labels(self) -> Mapping[str, str]:
        """Name Enter after the remedy in the due list."""
        if self.pane is not DUE:
            return {}
        current, snapshot = self.current(), self.snapshot
        remedy = due_text.remedy(current, snapshot.overview) if current and snapshot else ""
        return {"open": remedy} if remedy else {}

    def off_reasons(self) -> dict[str, str]:
        reasons = super().off_reasons()
        assessment, on_walk = self.current(), self.table.id == WALKS.id
        if assessment is None or on_walk:
            for command_id in ON_AN_ITEM if assessment is None else AT_THE_CLOUD:
                reasons.setdefault(command_id, _("no item is selected"))
            if not on_walk or self.table.cursor_key is None:
                reasons.setdefault("walk", _("no item is selected"))
        if self.pane is not WALKS:
            reasons["close"] = _("select a walk-through in pane 4 first")
        if (item := self.item_to_identify()) is not None:
            reasons.pop("edit", None)
            if proposed_kind(item) is not None:
                reasons.pop("accept", None)
        if self.table.cursor_key is None or self.shows_checklist:
            reasons |= dict.fromkeys(("open", "close", "mark"), _("the list is empty"))
        if self.changes is None:
            reasons["changes"] = _("no changes since your last session")
        if self._doubtful_purchase() is None:
            reason = _("select a purchase with an unknown outcome in pane 5 first")
            reasons.setdefault("unbought", reason)
        return reasons

    def _doubtful_purchase(self) -> Payment | None:
        if self.table.id != PAYMENTS.id or self.snapshot is None:
            return None
        payment = self.snapshot.payment(self.table.cursor_key)
        return payment if payment is not None and payment.is_doubtful_purchase else None

    @property
    def _is_on_a_row(self) -> bool:
        """Whether commands act on rows of the table."""
        return not (self.shows_checklist or self._money.has_focus)

    def targets(self) -> Sequence[str]:
        return [self._item_id(key) for key in self.table.targets] if self._is_on_a_row else []

    def _item_id(self, key: str) -> str:
        """The ID of the item in a row; for a walk-through, of the item that it is for."""
        walk = self.snapshot.walk(key) if self.snapshot and self.table.id == WALKS.id else None
        return walk.subject.item_id if walk else key

    def clear_marks(self) -> None:
        self.table.clear_marks()

    def current(self) -> Assessment | None:
        """The item under the cursor; for a walk-through, the item that it is for."""
        if self.table.cursor_key is None or self.snapshot is None or not self._is_on_a_row:
            return None
        return self.snapshot.overview.of_id(self._item_id(self.table.cursor_key))

    def show_pane(self, pane_id: str) -> None:
        super().show_pane(pane_id)
        self.show_details()

    def item_of_row(self) -> Assessment | None:
        """The item of the row under the cursor; for a payment, the item that it paid for."""
        if self.table.id != PAYMENTS.id or self.snapshot is None:
            return self.current()
        payment = self.snapshot.payment(self.table.cursor_key)
        if payment is None:
            return None
        return next(iter(self.snapshot.overview.of_instance(payment.instance_id)), None)

    @on(RecordTable.Moved)
    def _update_keys(self, event: RecordTable.Moved) -> None:
        """Update the key bar after the cursor is painted."""
        event.stop()
        if event.table is self.table:
            self.call_after_refresh(self._show_keys_of_row)

    def _show_keys_of_row(self) -> None:
        if self.is_attached:
            self.show_keys()

    @on(RecordTable.Marked)
    def _take_marks(self, event: RecordTable.Marked) -> None:
        self.show_keys()
        table, before = event.table, event.before
        if before is None:
            return

        async def take_back() -> None:
            table.set_marks(before)

        self.app.undo_stack.push(UndoEntry(_("the mark"), take_back))

    def on_descendant_focus(self) -> None:
        self.show_keys()

    @handles("pane_next")
    def _show_next_pane(self) -> None:
        self._cycle(1)

    @handles("pane_previous")
    def _show_previous_pane(self) -> None:
        self._cycle(-1)

    def _cycle(self, step: int) -> None:
        """Cycle through the balance line and the panes."""
        stops = [self._money.id, *self.PANES]
        current = self._money.id if self._money.has_focus else self.pane.id
        next_stop = stops[(stops.index(current) + step) % len(stops)]
        if next_stop == self._money.id:
            self.set_focus(self._money)
        else:
            self.show_pane(str(next_stop))

    @on(RecordTable.Opened)
    def _open_row(self, event: RecordTable.Opened) -> None:
        if event.table.id == DUE.id:
            self.app.start_action(partial(self._act_on_due, event.key), holds_keys=True)
        elif event.table.id == WALKS.id:
            self.app.start_action(partial(self.open_walk, event.key), holds_keys=True)
        elif event.table.id == PAYMENTS.id:
            self.app.start_action(partial(self._show_payment, event.key), holds_keys=True)
        else:
            self.app.open_item(event.key)

    async def _act_on_due(self, key: str) -> None:
        """Do what the Do column says; without a remedy, open the item's page."""
        from tui.actions.due import carry_out_remedy, choose_gone, has_remedy

        if self.snapshot is None:
            return
        assessment = self.snapshot.overview.of_id(key)
        if key == GONE_KEY:
            item_id = await choose_gone(self.prompter, self.snapshot.gone)
            if item_id is not None:
                self.app.open_item(item_id)
        elif key == SETUP_KEY:
            self.app.show_checklist()
        elif assessment is not None and has_remedy(assessment):
            await carry_out_remedy(self.prompter, assessment)
        else:
            self._view()

    async def _show_payment(self, payment_id: str) -> None:
        from tui.actions.payments import show_payment

        if self.snapshot and (payment := self.snapshot.payment(payment_id)):
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

    @handles("open_account")
    def _open_account(self) -> None:
        self.run_command("account")
