"""What can be done with an item wherever one is shown: in a table, or on its own page."""

from __future__ import annotations

from collections.abc import Sequence

from store.i18n import _
from store.items.assessment import Assessment
from tui.commands.registry import handles
from tui.screens.shared_commands import SharedCommands
from tui.text.details import proposed_kind


class ItemCommands(SharedCommands):
    """A screen with an item under the cursor; several can be marked."""

    def current(self) -> Assessment | None:
        """The item under the cursor."""
        return None

    def targets(self) -> Sequence[str]:
        """The ids of what a command works on: the marked items, else the one."""
        return [current.item.id] if (current := self.current()) else []

    def clear_marks(self) -> None:
        """Nothing is marked any more."""

    @handles("renew")
    async def _renew(self) -> None:
        from tui.actions.renew import renew_items

        if await renew_items(self.prompter, self.targets()):
            self.clear_marks()

    @handles("auto")
    async def _set_auto_renewal(self) -> None:
        from tui.actions.auto_renew import set_auto

        await set_auto(self.prompter, self.targets())

    @handles("walk")
    async def _start_walk(self) -> None:
        from tui.actions.walks import start_walk

        if (current := self.current()) is not None:
            await start_walk(self.prompter, current)

    async def open_walk(self, walk_id: str) -> None:
        """Continue the open walk-through with that id."""
        from tui.actions.walks import continue_walk

        if self.snapshot and (walk := self.snapshot.walk(walk_id)):
            await continue_walk(self.prompter, walk)

    @handles("say")
    async def _identify(self) -> None:
        from tui.actions.identify import identify

        if (current := self.current()) is not None:
            await identify(self.prompter, current.item.instance_id, current.item.name)

    @handles("accept")
    async def _accept_proposal(self) -> None:
        from tui.actions.identify import accept_proposal

        if (current := self.current()) is not None:
            await accept_proposal(self.prompter, current)

    def off(self) -> dict[str, str]:
        reasons = super().off()
        current = self.current() if self.snapshot is not None else None
        if current is not None and proposed_kind(current) is None:
            reasons.setdefault("accept", _("its product code suggests no type"))
        return reasons

    @handles("copy")
    def _copy_instance_id(self) -> None:
        if (current := self.current()) is not None:
            sentence = self.app.copy_out(current.item.instance_id)
            self.notify(f"{current.item.instance_id}: {sentence}", markup=False)

    @handles("snooze")
    async def _snooze(self) -> None:
        from tui.actions.snooze import snooze_items

        if await snooze_items(self.prompter, self.targets()):
            self.clear_marks()

    @handles("note")
    async def _write_note(self) -> None:
        from tui.actions.annotate import write_note

        if (current := self.current()) is not None:
            await write_note(self.prompter, current)
