"""The screen with all accounts: the items that need attention, in one list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from store import formats
from store.errors import RenewalError
from store.i18n import N_, _
from store.items.filters import Filter
from store.items.names import item_name
from store.items.overview import Overview, nothing_listed_hint
from store.rules.severity import Severity
from store.session import Session
from tui.commands.registry import bindings
from tui.commands.table import Scope
from tui.panes.pane import NO_INSTANT, filter_rows, sortable_row
from tui.screens.shared_commands import SharedCommands
from tui.snapshot import Snapshot, pin_overview
from tui.text import due_text, labels
from tui.text.status_text import stale_words
from tui.text.tones import Tone
from tui.widgets.columns import Column
from tui.widgets.record_table import RecordTable
from tui.widgets.rows import Row

SEPARATOR = "\n"
"""Separates the account from the item in a row's key: neither can contain it."""

COLUMNS = (
    Column("account", N_("Account"), 12, weight=1, max_width=24),
    Column("name", N_("Name"), 14, weight=2, max_width=30),
    Column("state", N_("State"), 9, toned=True),
    Column("ends", N_("Ends"), 22, priority=1),
    Column("what", N_("What happens"), 22, weight=3, max_width=44, priority=2),
    Column("do", N_("Do"), 8, priority=3),
)


def _overview_of(session: Session, name: str) -> Overview:
    """The stored data of the account; if it cannot be read, an empty overview with the error."""
    try:
        with session.of_account(name) as other:
            return pin_overview(other.overview(), other)
    except RenewalError as error:
        return Overview(name, "", "", sync_error=error)


def _account_problem(overview: Overview) -> str | None:
    """What is wrong with an account as a whole; None: nothing."""
    if overview.sync_error is not None:
        return overview.sync_error.message
    if overview.as_of is None:
        return _("not synced yet")
    if overview.balance is not None and overview.is_overdue:
        return labels.owed(overview.balance)
    if overview.lists_nothing:
        return nothing_listed_hint(overview.site)
    return next(iter(stale_words(overview)), None)


class AccountsScreen(SharedCommands):
    """Shows a row for each item and for each account that needs attention."""

    SCOPE: ClassVar[Scope] = "item"
    BINDINGS: ClassVar[list[BindingType]] = bindings("item")

    def __init__(self) -> None:
        super().__init__()
        self._overviews: list[Overview] = []

    def compose_body(self) -> ComposeResult:
        yield RecordTable(COLUMNS, id="all")

    def on_mount(self) -> None:
        self.query_one("#all").focus()

    def take_extra(self, extra: list[Overview]) -> None:
        self._overviews = extra

    def read_extra(self, session: Session, snapshot: Snapshot) -> list[Overview]:
        del snapshot
        return [_overview_of(session, name) for name in session.config.accounts]

    def show(self, snapshot: Snapshot) -> None:
        rows = sorted(self._rows(), key=lambda shown: shown.sort_key(3))
        table = self.query_one("#all", RecordTable)
        table.border_title = _("All accounts")
        empty = _("Nothing needs attention in any account.")
        table.load(filter_rows(rows, COLUMNS, Filter(), table.order), empty=empty)

    def _rows(self) -> Iterator[Row]:
        for overview in self._overviews:
            if (text := _account_problem(overview)) is not None:
                tone: Tone = "unknown" if overview.severity is Severity.UNKNOWN else "critical"
                cells = (overview.account, "", "", ("", 0.0), text, "")
                yield sortable_row(f"{overview.account}{SEPARATOR}", cells, tone)
            if overview.items:
                for _position, item in overview.items.pressing:
                    event = item.standing.next
                    moment = event.at if event else item.item.ends_at
                    yield sortable_row(
                        f"{overview.account}{SEPARATOR}{item.item.id}",
                        (
                            overview.account,
                            item_name(item.item),
                            labels.state(item),
                            (
                                formats.countdown(moment, overview.now),
                                moment.timestamp() if moment else NO_INSTANT,
                            ),
                            labels.consequence(item),
                            due_text.remedy(item, overview),
                        ),
                        labels.tone(item),
                    )

    def off_reasons(self) -> dict[str, str]:
        reasons = super().off_reasons()
        for command_id in ("walk", "renew", "auto", "copy", "edit", "accept", "bind", "remove"):
            reasons[command_id] = _("open the item first to switch to its account")
        return reasons

    @on(RecordTable.SortRequested)
    def _sort(self) -> None:
        if self.snapshot is not None:
            self.show(self.snapshot)

    @on(RecordTable.Opened)
    def _open_row(self, event: RecordTable.Opened) -> None:
        account, _separator, item_id = event.key.partition(SEPARATOR)
        self.app.switch_account(account, item_id)
