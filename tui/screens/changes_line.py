"""The line of the main screen with the changes since the last session."""

from __future__ import annotations

from typing import Any

from textual.widgets import Static

from store.annotations.changes import Changes, changes_since, store_visit
from store.errors import RenewalError
from store.i18n import _
from store.session import Session
from tui.commands.registry import handles
from tui.panes.changes import changes_in_full, changes_in_one_line
from tui.prompts import Message
from tui.screens.base import BaseScreen
from tui.snapshot import Snapshot
from tui.streams.log import write_traceback
from tui.text.cells import plain_content


class ChangesLine(BaseScreen):
    """A screen that shows what syncs and time have changed, until the person reads it. Leaving the
    screen stores the present state, from which the next session shows changes."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: Changes | None = None
        self._as_of: object = None
        self._was_read = False

    def read_extra(self, session: Session, snapshot: Snapshot) -> Changes | None:
        """Look for changes anew only after a sync: what the person does here is no news."""
        if snapshot.overview.as_of == self._as_of:
            return self.changes
        return changes_since(session.db, snapshot.overview)

    def take_extra(self, extra: Any) -> None:
        overview = self.snapshot.overview if self.snapshot else None
        self._as_of = overview.as_of if overview else None
        self._was_read = self._was_read and extra == self.changes
        self.changes = extra
        if self.changes is None or overview is None or self._was_read:
            self._put_away()
            return
        if not self.query("#changes"):
            self.mount(Static(id="changes"), after="#header")
        line = self.query_one("#changes", Static)
        line.update(plain_content(changes_in_one_line(self.changes, overview.now)))
        line.display = True

    def _put_away(self) -> None:
        self.query("#changes").set(display=False)

    @handles("changes")
    async def _show_changes(self) -> None:
        if self.changes is None or self.snapshot is None:
            return
        lines = changes_in_full(self.changes, self.snapshot.overview.now)
        await self.prompter.tell(Message(_("What has changed"), lines))
        self._was_read = True
        self._put_away()

    def on_unmount(self) -> None:
        if self.snapshot is None:
            return
        try:
            with self.app.session.copy() as session:
                store_visit(session.db, self.snapshot.overview)
        except RenewalError as error:
            write_traceback(error)
