"""The page of an item: its facts, its timeline, its payments, and the rules that apply."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from store.i18n import _
from store.items.assessment import Assessment
from store.items.names import item_name
from tui.commands.registry import bindings
from tui.commands.table import Scope
from tui.panes.details import detail_lines
from tui.screens.item_commands import ON_AN_ITEM, ItemCommands
from tui.snapshot import Snapshot
from tui.widgets.panel import Panel


class ItemScreen(ItemCommands):
    """Shows everything about an item, with its sources."""

    SCOPE: ClassVar[Scope] = "item"
    BINDINGS: ClassVar[list[BindingType]] = bindings("item")
    AUTO_FOCUS = "#item"
    DEFAULT_CSS = """
    ItemScreen #item { height: 1fr; }
    """

    def __init__(self, item_id: str) -> None:
        super().__init__()
        self.item_id = item_id

    def compose_body(self) -> ComposeResult:
        yield Panel(id="item", focusable=True)

    def show(self, snapshot: Snapshot) -> None:
        assessment = snapshot.overview.of_id(self.item_id)
        page = self.query_one("#item", Panel)
        if assessment is None:
            page.show(_("This item is no longer listed."), title=self.item_id)
            return
        lines = partial(detail_lines, assessment, snapshot)
        page.fit(lines, title=item_name(assessment.item))

    def key_groups(self) -> Sequence[Sequence[str]]:
        act = "bind" if self.is_bound_next else "renew"
        mine = ("edit", "remove") if self.is_manual else ("snooze", "note")
        acts = (act, "auto", "walk") if self.is_renewed else ("walk",)
        return acts, mine, ("leave", "help")

    def off_reasons(self) -> dict[str, str]:
        reasons = super().off_reasons()
        assessment = self.current()
        if assessment is None and self.snapshot is not None:
            for command_id in (*ON_AN_ITEM, "walk"):
                reasons[command_id] = _("the item is no longer listed")
        return reasons

    def current(self) -> Assessment | None:
        """The item of this page; None: it is no longer listed."""
        return self.snapshot.overview.of_id(self.item_id) if self.snapshot else None
