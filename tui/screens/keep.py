"""The keep-everything screen: all that can be kept within a horizon, with prices, paid at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from threading import Event
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from store.i18n import _, counted
from store.models import RENEWAL_MONTHS
from store.payments.plan import Entry, EntryResult, Plan, Price
from store.payments.planning import HORIZONS, fetch_prices, make_plan
from store.session import Session
from tui.commands.registry import binding, bindings, command, handles
from tui.commands.table import Scope
from tui.panes.plan import COLUMNS, about_lines, plan_rows, totals_line
from tui.screens.shared_commands import SharedCommands
from tui.snapshot import Snapshot
from tui.text import plan_text
from tui.widgets.fitted_text import FittedText
from tui.widgets.record_table import RecordTable
from tui.widgets.rows import ListRows

ABOUT = 2
"""The number of lines about the entry under the cursor."""
_MOVEMENTS = ("up", "down", "page_up", "page_down", "top", "bottom")


class PlanTable(RecordTable, inherit_bindings=False):
    """The entries of a plan in fixed order. It has the movement keys only; others go to the
    screen."""

    BINDINGS: ClassVar = [binding(command_id, command_id) for command_id in _MOVEMENTS]


class KeepScreen(SharedCommands):
    """Shows the plan. Prices arrive in the background; paid entries stay visible."""

    SCOPE: ClassVar[Scope] = "plan"
    BINDINGS: ClassVar[list[BindingType]] = bindings("plan")
    AUTO_FOCUS = "#plan"
    DEFAULT_CSS = """
    KeepScreen {
        #plan { height: 1fr; }
        #about { height: 2; padding: 0 1; text-wrap: nowrap; }
        #totals { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.plan = Plan(timedelta(days=HORIZONS[0]))
        self._days = HORIZONS[0]
        self._is_busy = False
        self._fetching = Event()
        """Ends the running fetch of prices when set."""
        self._is_priced = asyncio.Event()
        """Set while no staged entry lacks its price, and once the screen is closed."""

    def compose_body(self) -> ComposeResult:
        yield PlanTable(COLUMNS, id="plan")
        yield FittedText(id="about")
        yield FittedText(id="totals")

    def read_extra(self, session: Session, snapshot: Snapshot) -> Plan:
        overview = session.overview(timedelta(days=self._days))
        return make_plan(overview, session.account.charged_to, list(snapshot.annotations.snoozes))

    def take_extra(self, extra: Plan) -> None:
        self.plan = extra.with_choices_of(self.plan)

    def show(self, snapshot: Snapshot) -> None:
        table = self.query_one(PlanTable)
        title = [plan_text.title(self._days)]
        if hidden := len(snapshot.annotations.hidden):
            title.append(counted("{n} snoozed", "{n} snoozed", hidden))
        table.border_title = " · ".join(title)
        self._draw()
        self._fetch_prices()

    def _draw(self) -> None:
        table = self.query_one(PlanTable)
        empty = _("Nothing has to be kept within this horizon.")
        rows = list(plan_rows(self.plan, self.snapshot.overview)) if self.snapshot else []
        table.load(ListRows(rows), empty=empty)
        totals = self.plan.totals
        self.query_one("#totals", FittedText).fit(partial(totals_line, self.plan))
        if self.snapshot is not None and not (totals and totals.awaited):
            self._is_priced.set()
        else:
            self._is_priced.clear()
        self._show_row()

    def _show_row(self) -> None:
        now = self.snapshot.overview.now if self.snapshot else None
        about = partial(about_lines, self.current_entry, now, ABOUT)
        self.query_one("#about", FittedText).fit(about)
        self.show_keys()

    def _fetch_prices(self) -> None:
        """Fetch the prices that the plan lacks; ends an earlier fetch."""
        self._fetching.set()
        if self.plan.awaited:
            self.run_worker(self._fetch_guarded(), group="prices", exit_on_error=False)

    async def _fetch_guarded(self) -> None:
        await self.app.run_guarded(self._fetch, self.app.notify_failure)

    async def _fetch(self) -> None:
        self._fetching = stop = Event()
        plan, loop = self.plan, self.app.event_loop

        def job(session: Session) -> None:
            for key, months, price in fetch_prices(lambda: session.cloud, plan):
                loop.call_soon_threadsafe(self._take_price, key, months, price)
                if stop.is_set():
                    return

        await self.app.in_store(job)

    def _take_price(self, key: str, months: int, price: Price) -> None:
        self.plan = self.plan.with_price(key, months, price)
        if self.is_attached:
            self._draw()

    def on_unmount(self) -> None:
        self._fetching.set()
        self._is_priced.set()

    @property
    def current_entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.plan.entry(self.query_one(PlanTable).cursor_key)

    @on(RecordTable.Moved)
    def _follow_cursor(self, event: RecordTable.Moved) -> None:
        event.stop()
        self._show_row()

    @on(RecordTable.Opened)
    def _open_row(self, event: RecordTable.Opened) -> None:
        event.stop()
        self.run_command("pay_plan")

    def key_groups(self) -> Sequence[Sequence[str]]:
        return ("pay_plan", "stage", "shorter", "longer"), ("horizon", "topup"), ("leave", "help")

    def key_labels(self) -> Mapping[str, str]:
        """Name Enter after the walk-through, which it opens for an entry that is set apart."""
        entry = self.current_entry
        return {"pay_plan": command("walk").title} if entry and entry.is_apart else {}

    def off_reasons(self) -> dict[str, str]:
        reasons = super().off_reasons()
        entry, totals = self.current_entry, self.plan.totals
        if entry is None:
            for command_id in ("stage", "longer", "shorter", "walk", "copy"):
                reasons[command_id] = _("no item is selected")
        else:
            reasons |= _entry_off_reasons(entry)
        if totals is not None and not totals.awaited and not totals.missing.amount:
            reasons["topup"] = _("nothing is missing")
        if self._is_busy:
            for command_id in ("pay_plan", "topup", "stage", "longer", "shorter", "horizon"):
                reasons[command_id] = _("a payment is in progress")
        return reasons

    @handles("stage")
    def _stage(self) -> None:
        if (entry := self.current_entry) is not None:
            self.plan = self.plan.toggled(entry.key)
            self._draw()
            self.query_one(PlanTable).action_down()

    @handles("longer")
    def _choose_longer_term(self) -> None:
        self._change_term(1)

    @handles("shorter")
    def _choose_shorter_term(self) -> None:
        self._change_term(-1)

    def _change_term(self, step: int) -> None:
        if (entry := self.current_entry) is not None:
            self.plan = self.plan.with_next_term(entry.key, step)
            self._draw()
            self._fetch_prices()

    @handles("horizon")
    def _change_horizon(self) -> None:
        self._days = HORIZONS[(HORIZONS.index(self._days) + 1) % len(HORIZONS)]
        self.reload()

    @handles("copy")
    def _copy_instance_id(self) -> None:
        if (entry := self.current_entry) is not None:
            self.copy_text(entry.key)

    @handles("topup")
    async def _top_up(self) -> None:
        from tui.actions.keep import top_up_plan

        await self._is_priced.wait()
        totals = self.plan.totals
        if totals is not None and totals.missing.amount and self.is_attached:
            await top_up_plan(self.prompter, self.plan)

    @handles("walk")
    async def _walk(self) -> None:
        from tui.actions.walks import start_walk

        if (entry := self.current_entry) is not None:
            await start_walk(self.prompter, entry.assessment)

    @handles("pay_plan")
    async def _pay(self) -> None:
        from tui.actions.keep import pay_plan

        entry = self.current_entry
        if entry is not None and entry.is_apart:
            await self._walk()
            return
        self._is_busy = True
        try:
            await self._is_priced.wait()
            if self.is_attached:
                await pay_plan(self.prompter, self.plan, self._take_result_from_thread)
        finally:
            self._is_busy = False
            if self.is_attached:
                self._draw()

    def _take_result_from_thread(self, outcome: EntryResult) -> None:
        self.app.event_loop.call_soon_threadsafe(self._take_result, outcome)

    def _take_result(self, outcome: EntryResult) -> None:
        self.plan = self.plan.with_result(outcome)
        if self.is_attached:
            self._draw()


def _entry_off_reasons(entry: Entry) -> dict[str, str]:
    """The reasons why commands are off for an entry, by command ID."""
    reasons: dict[str, str] = {}
    if entry.is_apart:
        reasons["stage"] = _("it has no price here: walk through its procedure")
    if entry.is_paid:
        reasons["stage"] = reasons["longer"] = reasons["shorter"] = _("it is paid already")
    elif not entry.is_renewable:
        reasons["longer"] = reasons["shorter"] = _("it cannot be renewed")
    elif entry.months == RENEWAL_MONTHS[-1]:
        reasons["longer"] = _("this is the longest term")
    elif entry.months == RENEWAL_MONTHS[0]:
        reasons["shorter"] = _("this is the shortest term")
    return reasons
