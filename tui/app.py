"""The terminal app: its screens, accounts, languages and themes."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from threading import Event
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from store.errors import RenewalError
from store.i18n import _, language
from store.items.overview import Overview
from store.session import Session
from store.walkthroughs.walk import Walk
from tui.actions.undo import UndoStack
from tui.commands.keymap import chosen_keys, keymap
from tui.commands.registry import binding, command
from tui.commands.table import use_keys
from tui.display.app import DisplayApp
from tui.display.letters import EncodingFilter, screen_encoding
from tui.runtime import run_in_loop, shut_down
from tui.screens.base import BaseScreen
from tui.store_app import StoreApp
from tui.streams.encodings import is_utf8, supported_language
from tui.text import LANGUAGES, use_language
from tui.themes import THEMES, theme_choice, theme_name
from tui.widgets.header import HeaderLine


class RenewalApp(StoreApp, DisplayApp[int]):
    """Shows one account at a time. Screens hold copies; the truth is in the store."""

    TITLE = "Renewal Assistant"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        # Also while an input box or a dialog has the focus.
        binding("repaint", "repaint", priority=True),
        Binding("ctrl+z", "suspend", show=False, priority=True),
    ]

    def __init__(self, session: Session, *, keep_language: bool = True) -> None:
        # Under NO_COLOR Textual draws in greys, which 16-color terminals show as black on black.
        ansi = True if os.environ.get("NO_COLOR") else None
        super().__init__(display=session.config.display, ansi_color=ansi)
        self.session = session
        self.has_mouse = session.config.mouse
        self.animation_level = "none"
        self.encoding = screen_encoding(session.config.characters)
        self._keep_language = keep_language
        self.sync_stop: Event | None = None
        """Cancels the running sync when set; None: no sync is running."""
        self.undo_stack = UndoStack()
        use_language(supported_language(language(), self.encoding))
        self._keys = chosen_keys(session.config.keys)
        use_keys(self._keys)

        for theme in THEMES:
            self.register_theme(theme)
        few_colors = self.console.color_system in {None, "standard"} or self.no_color
        self.theme = theme_name(session.config.theme, few_colors=few_colors)

    def get_default_screen(self) -> Screen[Any]:
        """The main screen, so that no empty screen is laid out and painted before it."""
        from tui.screens.main import MainScreen

        return self.use_first_screen(MainScreen())

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002
        """Before there is a screen, only set the variables: the first screen parses the style sheet
        anyway."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        self.event_loop = asyncio.get_running_loop()
        self.set_keymap(keymap(self._keys))
        home = self.session.home
        if not home.config.exists() and not home.store.exists():
            self.start_action(self._choose_first_account)

    async def _choose_first_account(self) -> None:
        from tui.actions.accounts import choose_first_account

        await self.go_to_account(await choose_first_account(self._top_screen.prompter))

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        return filters if self.shows_unicode else [*filters, EncodingFilter(self.encoding)]

    @property
    def shows_unicode(self) -> bool:
        """Whether the terminal shows every character."""
        return is_utf8(self.encoding)

    def action_suspend(self) -> None:
        """Stop, and return to the shell until it continues the program."""
        if os.getsid(os.getppid()) == os.getsid(0):
            self.action_suspend_process()
        else:
            self.notify(_("Cannot suspend: no shell to bring the program back."))

    def action_help_quit(self) -> None:
        """Name the key that quits, for people who press Ctrl+C."""
        self.notify(_("Press {key} to quit.").format(key=command("quit").key))

    async def go_to_account(self, name: str | None) -> None:
        """Show the named account, or all of them for `ALL`; None: stay on the current one."""
        from tui.actions.accounts import ALL
        from tui.screens.accounts import AccountsScreen

        if name == ALL:
            self.push_screen(AccountsScreen())
        elif name is not None:
            self.switch_account(name)

    def switch_account(self, name: str, item_id: str = "") -> None:
        """Open an account, with config.toml read anew, on its main screen or on an item's page."""
        session = self.session
        self.session = Session.open(session.home, name, read_only=session.read_only)
        self.outdate_snapshot()
        self.undo_stack = UndoStack()
        self._close_upper_screens()
        from tui.screens.item import ItemScreen
        from tui.screens.main import MainScreen

        self.switch_screen(MainScreen())
        if item_id:
            self.push_screen(ItemScreen(item_id))

    @property
    def _top_screen(self) -> BaseScreen:
        """The topmost screen, below any dialogs."""
        return next(
            screen for screen in reversed(self.screen_stack) if isinstance(screen, BaseScreen)
        )

    def _close_upper_screens(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def show_account(self) -> None:
        """Show the balance, the bills and the charges of the current account."""
        from tui.screens.account import AccountScreen

        self.push_screen(AccountScreen())

    def show_checklist(self) -> None:
        """Show on the main screen what the account needs before its data can be relied on."""
        from tui.screens.main import MainScreen

        self._close_upper_screens()
        if isinstance(self.screen, MainScreen):
            self.screen.show_checklist()

    def open_plan(self) -> None:
        """Show the plan that keeps everything."""
        from tui.screens.keep import KeepScreen

        self.push_screen(KeepScreen())

    def open_item(self, item_id: str) -> None:
        """Show the item's page."""
        from tui.screens.item import ItemScreen

        self.push_screen(ItemScreen(item_id))

    def open_walk(self, walk: Walk, *, instead: bool = False) -> None:
        """Show a walk-through; `instead`: in place of the one on top."""
        from tui.screens.walk import WalkScreen

        self.outdate_snapshot()
        if instead:
            self.switch_screen(WalkScreen(walk))
        else:
            self.push_screen(WalkScreen(walk))

    def leave_walk(self, outer: Walk | None) -> None:
        """Close the walk-through on top and show the screen below, or `outer` if it is not open
        yet."""
        from tui.screens.walk import WalkScreen

        below = self.screen_stack[-2] if len(self.screen_stack) > 1 else None
        is_below = isinstance(below, WalkScreen) and outer and below.walk.id == outer.id
        if outer is None or is_below:
            self.pop_screen()
        else:
            self.switch_screen(WalkScreen(outer))

    def on_language_requested(self) -> None:
        self.start_action(self.switch_language)

    def on_quit_requested(self) -> None:
        self.start_action(self.quit_or_ask)

    async def quit_or_ask(self) -> None:
        """Quit; ask first while a payment is in progress."""
        from tui.actions.payments import confirm_quit

        with suppress(RenewalError):  # an unreadable journal does not keep the app open
            if not await confirm_quit(self._top_screen.prompter):
                return
        self.exit(0)

    async def switch_language(self) -> None:
        """Switch everything to the next language, and save it unless the command line named one."""
        from tui.dialogs.frame import Dialog

        languages = tuple(LANGUAGES)
        wanted = languages[(languages.index(language()) + 1) % len(languages)]
        if supported_language(wanted, self.encoding) != wanted:
            self.notify(
                _("The terminal's encoding ({encoding}) cannot show this language.").format(
                    encoding=self.encoding
                )
            )
            return
        use_language(wanted)
        self.clear_notifications()  # they are in the previous language
        self.outdate_snapshot()
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen | Dialog):
                screen.retranslate()
        if self._keep_language:
            await self.save_setting("lang", wanted)

    async def use_theme(self, name: str) -> None:
        """Switch to the theme with this Textual name, and save it for the next start."""
        self.theme = name
        await self.save_setting("theme", theme_choice(name))

    def data_changed(self, overview: Overview | None = None) -> None:
        """Show changed data: on the top screen now, on any other when it is on top again."""
        self.outdate_snapshot(overview)
        self._top_screen.reload()

    def show_sync(self, progress: str | None) -> None:
        """Show a sync's progress in every header; None: the sync has ended."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen) and screen.is_attached:
                screen.query_one(HeaderLine).show_work(progress)


def run_app(session: Session, *, keep_language: bool) -> int:
    """Run the app on the terminal, close the session, and return the exit code.

    `keep_language`: whether a language chosen in the app is saved for the next start.
    """
    app = RenewalApp(session, keep_language=keep_language)
    with session:
        code = run_in_loop(app.run_async(mouse=app.has_mouse)) or app.return_code or 0
        if app.sync_stop is not None:
            app.sync_stop.set()
        shut_down(session, app.store_jobs, code)
    return code
