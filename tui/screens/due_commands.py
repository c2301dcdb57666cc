"""The commands of the due list."""

from __future__ import annotations

from store.i18n import _
from store.items.names import item_name
from tui.commands.registry import handles
from tui.panes.due import GONE_KEY, SETUP_KEY
from tui.prompts import Choice, Menu
from tui.screens.item_commands import ItemCommands
from tui.text import labels


class DueCommands(ItemCommands):
    """A screen with the due list."""

    async def act_on_due(self, key: str) -> None:
        """Do what the Do column says for that row; without a remedy, open the item's page."""
        from tui.actions.due import act_on_due, has_remedy

        assessment = self.snapshot.overview.of_id(key) if self.snapshot else None
        if key == GONE_KEY:
            await self._choose_gone()
        elif key == SETUP_KEY:
            self.app.show_checklist()
        elif assessment is not None and has_remedy(assessment):
            await act_on_due(self.prompter, assessment)
        else:
            self._view()

    async def _choose_gone(self) -> None:
        if self.snapshot is None:
            return
        gone, now = self.snapshot.gone, self.snapshot.overview.now
        choices = [
            Choice(each.item.id, item_name(each.item), hint=labels.then(each, now)) for each in gone
        ]
        chosen = await self.prompter.choose(Menu(_("Gone for good"), choices))
        if chosen is not None:
            self.app.open_item(chosen)

    @handles("view")
    def _view(self) -> None:
        if (current := self.current()) is not None:
            self.app.open_item(current.item.id)
