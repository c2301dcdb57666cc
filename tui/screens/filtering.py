"""The filter and the sort order of each pane, saved for the next start."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on

from store.annotations.views import View, store_view
from store.i18n import _
from store.session import Session
from tui.commands.registry import handles
from tui.commands.table import Scope
from tui.panes.due import DUE
from tui.panes.filter_text import replace_term, translate_filter
from tui.panes.pane import Pane
from tui.prompts import Choice, Menu
from tui.screens.base import BaseScreen
from tui.snapshot import Snapshot
from tui.widgets.key_bar import KeyBar
from tui.widgets.record_table import RecordTable
from tui.widgets.table_text import ColumnOrder

if TYPE_CHECKING:
    from tui.widgets.filter_box import FilterBox


class FilteredPanes(BaseScreen):
    """A screen with panes that are filtered and sorted independently."""

    PANES: ClassVar[Mapping[str, Pane]] = {}
    """The panes by ID; one is shown at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.filter_texts: dict[str, str] = {}
        """The text of each pane's filter, by pane ID."""
        self.tables: dict[str, RecordTable] = {}
        """The table of each pane that has been shown, by pane ID."""
        self._orders: dict[str, ColumnOrder] = {}
        self._is_restored = False
        self._box: FilterBox | None = None
        """The input box of the filter; None before it is first opened."""

    @property
    def pane(self) -> Pane:
        """The pane that is shown."""
        raise NotImplementedError

    def load_table(self, table: RecordTable, *, from_top: bool = False) -> None:
        """Load the rows of the table by its filter and sort order."""
        raise NotImplementedError

    def restore_views(self, snapshot: Snapshot) -> None:
        """The first time, filter and sort each pane as in the last session; the due list shows
        everything, the most urgent first, so that an old filter hides nothing that is due."""
        if self._is_restored:
            return
        self._is_restored = True
        for pane in self.PANES.values():
            view = View() if pane is DUE else snapshot.views.get(pane.id, View())
            self.filter_texts[pane.id] = translate_filter(view.words, pane.fields)
            if any(column.key == view.sorted_by for column in pane.columns):
                self._orders[pane.id] = ColumnOrder(str(view.sorted_by), view.reverse)
        for table in self.query(RecordTable):
            table.order = self._orders.get(str(table.id))

    def retranslate_filters(self) -> None:
        """Translate each filter into the language in use."""
        for pane in self.PANES.values():
            text = self.filter_texts.get(pane.id, "")
            self.filter_texts[pane.id] = translate_filter(text, pane.fields)
        if self._box is not None:
            self._box.retranslate()

    def make_table(self, pane: Pane) -> RecordTable:
        """Make the table of that pane."""
        table = RecordTable(
            pane.columns,
            empty=_(pane.empty),
            order=self._orders.get(pane.id),
            id=pane.id,
            classes="pane-table",
        )
        self.tables[pane.id] = table
        return table

    def _save_view(self, table: RecordTable) -> None:
        pane_id, order = str(table.id), table.order
        view = View(
            self.filter_texts.get(pane_id, ""),
            order.column if order else None,
            reverse=bool(order and order.reverse),
        )

        def keep(session: Session) -> None:
            store_view(session.db, session.account.name, pane_id, view)

        self.app.start_action(partial(self.app.in_store, keep))

    @property
    def table(self) -> RecordTable:
        """The table of the current pane."""
        return self.tables[self.pane.id]

    @property
    def scope(self) -> Scope:
        return "filter" if self._box is not None and self._box.has_focus else super().scope

    @handles("keep_filter")
    def _keep_filter(self) -> None:
        if self._box is not None:
            self._box.action_keep_filter()

    @handles("clear_filter")
    def _clear_filter(self) -> None:
        if self._box is not None:
            self._box.action_clear_filter()

    @handles("filter")
    def _open_filter(self) -> None:
        from tui.panes.filter_completion import complete_last_word
        from tui.widgets.filter_box import FilterBox

        text = self.filter_texts.get(self.pane.id, "")
        if self._box is None:
            self._box = FilterBox()
            self.mount(self._box, before=self.query_one(KeyBar))
        fields = self.pane.fields
        if (key := self.table.cursor_key) is not None:
            self.table.seek(key)  # whatever the first letters of a filter leave out
        self._box.open(text, self.table, lambda typed: complete_last_word(typed, fields))

    def hide_filter(self) -> None:
        """Hide the box; the filter stays."""
        if self._box is not None:
            self._box.display = False

    def on_filter_box_typed(self, event: FilterBox.Typed) -> None:
        self.filter_texts[self.pane.id] = event.text
        self.load_table(self.table)

    def on_filter_box_closed(self, event: FilterBox.Closed) -> None:
        self._set_filter(event.text)

    def _set_filter(self, text: str) -> None:
        self.filter_texts[self.pane.id] = text
        self.load_table(self.table)
        self._save_view(self.table)

    @handles("only")
    async def _choose_only(self) -> None:
        from tui.panes.filter_choices import choices_of

        pane, text = self.pane, self.filter_texts.get(self.pane.id, "")
        choices = [
            Choice(replace_term(text, term.column, term.word, pane.fields), term.label)
            for term in choices_of(pane)
        ]
        default = next((n for n, choice in enumerate(choices) if choice.value == text), 0)
        chosen = await self.prompter.choose(Menu(_("Show only"), choices, default=default))
        if chosen is not None:
            self._set_filter(chosen)

    @on(RecordTable.SortRequested)
    def _sort(self, event: RecordTable.SortRequested) -> None:
        table = self.tables[event.table.id or ""]
        self.load_table(table, from_top=True)
        self._save_view(table)
