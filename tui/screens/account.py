"""The account page: balance, bills, upcoming charges, vouchers and past charges."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from store.i18n import _
from store.session import Session
from tui.commands.registry import bindings
from tui.commands.table import Scope
from tui.panes.account import account_lines
from tui.panes.account_facts import Section, account_sections
from tui.screens.shared_commands import SharedCommands
from tui.snapshot import Snapshot
from tui.widgets.panel import Panel


class AccountScreen(SharedCommands):
    """Shows everything about the account's money on one page."""

    SCOPE: ClassVar[Scope] = "account"
    BINDINGS: ClassVar[list[BindingType]] = bindings("account")
    AUTO_FOCUS = "#account"
    DEFAULT_CSS = """
    AccountScreen {
        #account { height: 1fr; border: round $border; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._sections: list[Section] = []

    def compose_body(self) -> ComposeResult:
        yield Panel(id="account", focusable=True)

    def read_extra(self, session: Session, snapshot: Snapshot) -> list[Section]:
        return list(
            account_sections(session.overview(), snapshot.payments, session.account.charged_to)
        )

    def take_extra(self, extra: list[Section]) -> None:
        self._sections = extra

    def show(self, snapshot: Snapshot) -> None:
        title = _("Account {name}").format(name=snapshot.overview.account)
        lines = partial(account_lines, self._sections)
        self.query_one("#account", Panel).fit(lines, title=title)

    def key_groups(self) -> Sequence[Sequence[str]]:
        return ("topup", "ahead", "sync"), ("leave",), ("palette", "help")

    def off_reasons(self) -> dict[str, str]:
        reasons = super().off_reasons()
        reasons["account"] = _("this is the account page")
        return reasons
