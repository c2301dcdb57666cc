"""The commands that do not depend on an item; most of them work on every screen."""

from __future__ import annotations

from functools import partial

from store.i18n import _, counted
from store.items.expired_licenses import expired_orders
from store.items.outlook import DAYS, Day, days_ahead
from store.session import Session
from tui.commands.registry import handles
from tui.prompts import Choice, Menu
from tui.screens.base import BaseScreen
from tui.text import labels
from tui.themes import THEMES, theme_choice


class SharedCommands(BaseScreen):
    """A screen with the commands that do not depend on an item."""

    @handles("help")
    def _show_help(self) -> None:
        from tui.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog())

    @handles("quit")
    async def _quit(self) -> None:
        await self.app.quit_or_ask()

    @handles("repaint")
    def _repaint(self) -> None:
        self.app.action_repaint()

    @handles("undo")
    async def _undo(self) -> None:
        from tui.actions.undo import undo

        await undo(self.prompter)

    @handles("sync")
    def _sync(self) -> None:
        """Sync in the background, or cancel the running sync."""
        from tui.actions.sync import sync_now

        if self.app.sync_stop is None:
            self.app.start_action(partial(sync_now, self.prompter))
            return
        self.app.sync_stop.set()
        self.notify(_("Cancelling the sync."), markup=False, timeout=4)

    @handles("topup")
    async def _top_up(self) -> None:
        from tui.actions.top_up import top_up

        await top_up(self.prompter)

    @handles("keep")
    def _keep_everything(self) -> None:
        self.app.open_plan()

    @handles("checklist")
    def _show_checklist(self) -> None:
        self.app.show_checklist()

    @handles("clock")
    async def _move_clock(self) -> None:
        from tui.actions.clock import move_clock

        await move_clock(self.prompter)

    @handles("ahead")
    async def _show_outlook(self) -> None:
        from tui.dialogs.message import PictureDialog
        from tui.panes.outlook import outlook_picture

        days, currency, expired = await self.app.in_store(_outlook)
        title = counted("The next {n} day", "The next {n} days", DAYS)
        dialog = PictureDialog(title, lambda width: outlook_picture(days, currency, width, expired))
        await self.app.ask(dialog)

    @handles("account")
    def _show_account(self) -> None:
        self.app.show_account()

    @handles("accounts")
    async def _choose_account(self) -> None:
        from tui.actions.accounts import choose_account

        await self.app.go_to_account(await choose_account(self.prompter))

    @handles("theme")
    async def _choose_theme(self) -> None:
        """Ask for one of the program's themes, or the terminal's own colors."""
        names = [theme.name for theme in THEMES]
        default = names.index(self.app.theme) if self.app.theme in names else 0
        choices = [Choice(name, _(labels.THEMES[theme_choice(name)])) for name in names]
        chosen = await self.prompter.choose(Menu(_("Theme"), choices, default=default))
        if chosen:
            await self.app.use_theme(chosen)

    @handles("tour")
    async def _show_tour(self) -> None:
        from tui.dialogs.tour import TourDialog

        await self.app.ask(TourDialog())

    @handles("mouse")
    async def _switch_mouse(self) -> None:
        """Give the mouse to the terminal, for selecting text, or take it back."""
        app = self.app
        app.switch_mouse(enabled=not app.has_mouse)
        await app.save_setting("mouse", app.has_mouse)
        self.notify(
            _("Mouse on: click and scroll in the program.")
            if app.has_mouse
            else _("Mouse off: select text as in any terminal program.")
        )

    @handles("language")
    async def _switch_language(self) -> None:
        await self.app.switch_language()

    @handles("palette")
    async def _find_command(self) -> None:
        from tui.screens.palette import find_anything

        await find_anything(self)

    @handles("import")
    async def _import_licenses(self) -> None:
        from tui.actions.license_import import import_licenses

        await import_licenses(self.prompter)

    @handles("reconcile")
    async def _reconcile(self) -> None:
        from tui.actions.payments import reconcile_all

        await reconcile_all(self.prompter)

    @handles("leave")
    def _leave(self) -> None:
        self.app.pop_screen()

    @handles("pane_next")
    def _focus_next(self) -> None:
        self.focus_next()

    @handles("pane_previous")
    def _focus_previous(self) -> None:
        self.focus_previous()


def _outlook(session: Session) -> tuple[list[Day], str, str]:
    """The days, the currency, and the expired licenses in words."""
    overview = session.overview()
    currency = overview.balance.currency if overview.balance else ""
    return days_ahead(overview), currency, labels.expired(expired_orders(overview), currency)
