"""What can be done with an item wherever one is shown: in a table, or on its own page."""

from __future__ import annotations

from collections.abc import Sequence

from store.items.assessment import Assessment
from tui.screens.base import DeskScreen
from tui.widgets.record_table import RecordTable


class OnItems(DeskScreen):
    """A screen with an item under the cursor; several can be marked."""

    def current(self) -> Assessment | None:
        """The item under the cursor."""
        return None

    def targets(self) -> Sequence[str]:
        """The ids of what a command works on: the marked items, else the one."""
        return [seen.item.id] if (seen := self.current()) else []

    def marked_in(self) -> RecordTable | None:
        """The table whose marks are the targets."""
        return None

    def do_renew(self) -> None:
        from tui.actions.renew import renew_items

        self.desk.act(renew_items(self, self.targets(), self.marked_in()))

    def do_auto(self) -> None:
        from tui.actions.renew import set_auto

        self.desk.act(set_auto(self, self.targets()))

    def do_walk(self) -> None:
        from tui.actions.walks import start_walk

        if (seen := self.current()) is not None:
            self.desk.act(start_walk(self, seen))

    def do_say(self) -> None:
        from tui.actions.identify import say_what_it_is

        if (seen := self.current()) is not None:
            self.desk.act(say_what_it_is(self, seen.item.instance_id, seen.item.name))

    def do_copy(self) -> None:
        if (seen := self.current()) is not None:
            sentence = self.desk.copy_out(seen.item.instance_id)
            self.notify(f"{seen.item.instance_id}: {sentence}", markup=False)

    def do_snooze(self) -> None:
        from tui.actions.snooze import snooze_items

        self.desk.act(snooze_items(self, self.targets(), self.marked_in()))

    def do_note(self) -> None:
        from tui.actions.annotate import write_note

        if (seen := self.current()) is not None:
            self.desk.act(write_note(self, seen))
