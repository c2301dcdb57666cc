"""The commands for an item, in a table or on the item's page."""

from __future__ import annotations

from collections.abc import Sequence

from store.i18n import _
from store.items.assessment import Assessment
from store.items.remedy_cost import is_bound_next
from store.models import Kind, License
from tui.commands.registry import handles
from tui.screens.shared_commands import SharedCommands
from tui.snapshot import Snapshot
from tui.text.details import proposed_kind

AT_THE_CLOUD = ("renew", "auto", "copy", "edit", "accept", "bind", "remove")
RENEWED = frozenset({Kind.ENTERPRISE, Kind.LICENSE, Kind.OTHER})
"""The kinds that can be renewed, also by auto-renewal."""
ON_AN_ITEM = (*AT_THE_CLOUD, "snooze", "note", "editor", "view")


class ItemCommands(SharedCommands):
    """A screen with an item under the cursor, or with several marked."""

    def current(self) -> Assessment | None:
        """The item under the cursor; None: there is none."""
        return None

    @property
    def is_bound_next(self) -> bool:
        """Whether the next step for the item under the cursor is to bind a license."""
        current, snapshot = self.current(), self.snapshot
        if current is None or snapshot is None:
            return False
        return is_bound_next(current, snapshot.overview)

    @property
    def is_renewed(self) -> bool:
        """Whether the item under the cursor is of a kind that can be renewed."""
        current = self.current()
        return current is not None and current.item.kind in RENEWED

    @property
    def is_manual(self) -> bool:
        """Whether the item under the cursor is a license that was added by hand."""
        current = self.current()
        return current is not None and is_manual(current, self.snapshot)

    def targets(self) -> Sequence[str]:
        """The IDs of the items that a command acts on: the marked ones, else the current one."""
        return [current.item.id] if (current := self.current()) else []

    def clear_marks(self) -> None:
        """Remove all marks."""

    @handles("renew")
    async def _renew(self) -> None:
        from tui.actions.renew import renew_items

        if await renew_items(self.prompter, self.targets()):
            self.clear_marks()

    @handles("auto")
    async def _set_auto_renewal(self) -> None:
        from tui.actions.auto_renew import change_auto_renewal

        await change_auto_renewal(self.prompter, self.targets())

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

    def item_to_edit(self) -> Assessment | None:
        """The item whose entry by hand is edited, or whose proposed type is accepted."""
        return self.current()

    @handles("edit")
    async def _edit(self) -> None:
        from tui.actions.edit import edit_item

        if (item := self.item_to_edit()) is not None:
            await edit_item(self.prompter, item)

    @handles("bind")
    async def _bind(self) -> None:
        from tui.actions.binding import bind_license

        if (current := self.current()) is not None:
            await bind_license(self.prompter, current)

    @handles("remove")
    async def _remove(self) -> None:
        from tui.actions.licenses import remove_license

        current = self.current()
        if current is not None and isinstance(current.item, License):
            await remove_license(self.prompter, current.item)

    @handles("accept")
    async def _accept_proposal(self) -> None:
        from tui.actions.edit import accept_proposal

        if (item := self.item_to_edit()) is not None:
            await accept_proposal(self.prompter, item)

    def off_reasons(self) -> dict[str, str]:
        reasons = super().off_reasons()
        current = self.current()
        if self.snapshot is not None and current is not None:
            for command_id, reason in _off_reasons(current, self.snapshot).items():
                reasons.setdefault(command_id, reason)
        return reasons

    @handles("view")
    def _view(self) -> None:
        if (current := self.current()) is not None:
            self.app.open_item(current.item.id)

    @handles("copy")
    def _copy_instance_id(self) -> None:
        if (current := self.current()) is not None:
            self.copy_text(current.item.instance_id)

    @handles("snooze")
    async def _snooze(self) -> None:
        from tui.actions.snooze import snooze_items

        if await snooze_items(self.prompter, self.targets()):
            self.clear_marks()

    @handles("editor")
    async def _edit_note(self) -> None:
        from tui.actions.in_editor import edit_note

        if (current := self.current()) is not None:
            await edit_note(self.prompter, current)

    @handles("note")
    async def _write_note(self) -> None:
        from tui.actions.annotate import write_note

        if (current := self.current()) is not None:
            await write_note(self.prompter, current)


def is_manual(assessment: Assessment, snapshot: Snapshot | None) -> bool:
    """Whether the item is a license that was added by hand."""
    item = assessment.item
    known = snapshot.manual_licenses if snapshot is not None else ()
    return isinstance(item, License) and item.id in known


def _off_reasons(current: Assessment, snapshot: Snapshot) -> dict[str, str]:
    """The reasons why commands are off for this item, by command ID."""
    item = current.item
    reasons = {} if item.instance_id else {"copy": _("it has no Instance ID")}
    if proposed_kind(current) is None:
        reasons["accept"] = _("its product code proposes nothing")
    if not is_manual(current, snapshot):
        reasons["remove"] = _("only a license that was added by hand can be removed")
        if snapshot.practice:
            reasons["edit"] = _("the cloud lists it; only licenses added by hand can be edited")
        elif not item.instance_id:
            reasons["edit"] = _("it has no Instance ID")
    if not isinstance(item, License):
        reasons["bind"] = _("only a license is bound to an application")
    elif snapshot.read_only and snapshot.practice:
        reasons["bind"] = _("read-only mode: nothing is paid or changed")
    return reasons
