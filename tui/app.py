"""The terminal app: accounts, languages, themes, and what screens need of the store."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.worker import Worker

from store.errors import RenewalError
from store.i18n import _, language
from store.session import Session
from tui.actions.undo import UndoStack
from tui.clipboard import copy
from tui.commands import binding, command, use_keys
from tui.display.app import DisplayApp
from tui.display.key_queue import OrderedKeysApp
from tui.display.letters import OnlyLetters, screen_encoding
from tui.encodings import is_utf8, speakable
from tui.keymap import chosen_keys, keymap
from tui.log import write_traceback
from tui.prompts import Message, outcome
from tui.runtime import Jobs, leave, run_in_loop
from tui.screens.base import BaseScreen
from tui.snapshot import Snapshot, SnapshotCache, take_snapshot
from tui.text import LANGUAGES, use
from tui.themes import THEMES, named
from tui.widgets.header import HeaderLine

T = TypeVar("T")
Action = Callable[[], Awaitable[object]]
Read = Callable[[Session, Snapshot], T]
"""What a screen reads beside the snapshot."""
Report = Callable[[str, str], Awaitable[None]]
"""Tells a failure: a title, and a sentence."""


class RenewalApp(OrderedKeysApp[int], DisplayApp[int]):
    """One account at a time; screens hold what they show, the store holds what is true."""

    TITLE = "Renewal Assistant"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        # They are wanted where a box or a dialog has the keys, too.
        binding("repaint", "repaint", priority=True),
        Binding("ctrl+z", "suspend", show=False, priority=True),
    ]

    def __init__(self, session: Session, *, keep_language: bool = True) -> None:
        # Textual's own way to be colorless is in greys, which 16 colors make black on black.
        ansi = True if os.environ.get("NO_COLOR") else None
        super().__init__(display=session.config.display, ansi_color=ansi)
        self.has_mouse = session.config.mouse
        self.animation_level = "none"
        self.session = session
        self.store_jobs = Jobs()
        self.encoding = screen_encoding(session.config.characters)
        self._keep_language = keep_language
        self.sync_stop: Event | None = None
        """Set it to cancel the sync that is under way; None: there is none."""
        self.undo_stack = UndoStack()
        self._snapshots = SnapshotCache()
        use(speakable(language(), self.encoding))
        self._keys = chosen_keys(session.config.keys)
        use_keys(self._keys)

        for theme in THEMES:
            self.register_theme(theme)
        few_colors = self.console.color_system in {None, "standard"} or self.no_color
        self.theme = named(session.config.theme, few_colors=few_colors)

    def get_default_screen(self) -> Screen[Any]:
        """The main screen is the first one: no empty one is laid out and painted before it."""
        from tui.screens.main import MainScreen

        return self.use_first_screen(MainScreen())

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002
        """The theme is chosen before there is a screen: what would be parsed for it now is
        parsed with the first screen, too."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        self.event_loop = asyncio.get_running_loop()
        self.set_keymap(keymap(self._keys))
        home = self.session.home
        if not home.config.exists() and not home.store.exists():
            self.start_action(self._first_look)

    async def _first_look(self) -> None:
        from tui.actions.accounts import first_look

        screen = cast("BaseScreen", self.screen)
        await self.go_to_account(await first_look(screen.prompter))

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        return filters if self.shows_unicode else [*filters, OnlyLetters(self.encoding)]

    @property
    def shows_unicode(self) -> bool:
        """Whether the terminal shows every character."""
        return is_utf8(self.encoding)

    def action_suspend(self) -> None:
        """Go back to the shell until it continues the program."""
        if os.getsid(os.getppid()) == os.getsid(0):
            self.action_suspend_process()
        else:
            self.notify(_("There is no shell behind the program that could bring it back."))

    def action_help_quit(self) -> None:
        """What to press in the place of Ctrl+C, which leaves many other programs."""
        self.notify(_("Press {key} to leave the program.").format(key=command("quit").key))

    async def go_to_account(self, name: str | None) -> None:
        """Show the account of that name, or all of them; None: the present one stays."""
        from tui.actions.accounts import ALL
        from tui.screens.accounts import AccountsScreen

        if name == ALL:
            self.push_screen(AccountsScreen())
        elif name is not None:
            self.switch_account(name)

    def switch_account(self, name: str, item_id: str = "") -> None:
        """Go on with an account as config.toml has it now, on its main screen or on an item."""
        session = self.session
        self.session = Session.open(session.home, name, read_only=session.read_only)
        self._snapshots.forget()
        self.undo_stack = UndoStack()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        from tui.screens.item import ItemScreen
        from tui.screens.main import MainScreen

        self.switch_screen(MainScreen())
        if item_id:
            self.push_screen(ItemScreen(item_id))

    def on_language_asked(self) -> None:
        self.start_action(self.switch_language)

    async def switch_language(self) -> None:
        """All of the screen in the next language, at once; it is kept, where none was asked
        for by the command line."""
        from tui.dialogs.frame import Dialog

        languages = tuple(LANGUAGES)
        wanted = languages[(languages.index(language()) + 1) % len(languages)]
        if speakable(wanted, self.encoding) != wanted:
            self.notify(
                _("The encoding of this terminal ({encoding}) lacks the letters.").format(
                    encoding=self.encoding
                )
            )
            return
        use(wanted)
        self._snapshots.forget()
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen | Dialog):
                screen.speak()
        if self._keep_language:
            from store.config import choose

            await self.store_jobs.run(lambda: choose(self.session.home.config, "lang", wanted))

    async def in_store(self, job: Callable[[Session], T]) -> T:
        """Run a job with a session of its own, in a thread, and wait for what it gives.

        Raises what the job raises. The job touches no widget.
        """

        def run() -> T:
            with self.session.again() as session:
                return job(session)

        return await self.store_jobs.run(run)

    async def read_snapshot(self, read: Read[T]) -> tuple[Snapshot, T]:
        """The store as it is now, and what a screen reads beside it, in a thread."""
        current, version = self._snapshots.current, self._snapshots.version

        def job(session: Session) -> tuple[Snapshot, T]:
            snapshot = current or take_snapshot(session)
            return snapshot, read(session, snapshot)

        snapshot, more = await self.in_store(job)
        self._snapshots.keep(snapshot, version)
        return snapshot, more

    def is_current(self, snapshot: Snapshot) -> bool:
        """Whether nothing has changed since the snapshot was taken."""
        return snapshot is self._snapshots.current

    def outdate_snapshot(self) -> None:
        """What is stored has changed: the next screen that is shown reads it anew."""
        self._snapshots.forget()

    def data_changed(self) -> None:
        """Show the store as it is now: on the screen on top at once, on others once they are."""
        self.outdate_snapshot()
        screens = [screen for screen in self.screen_stack if isinstance(screen, BaseScreen)]
        screens[-1].reload()

    def show_sync(self, progress: str | None) -> None:
        """Show in the header how far a sync is; None: it is over."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen) and screen.is_attached:
                screen.query_one(HeaderLine).show_work(progress)

    def start_action(self, action: Action) -> Worker[None]:
        """Run something that asks and tells on its way; a failure is told in a dialog."""
        guarded = partial(self.run_guarded, action, self.tell)
        return self.run_worker(guarded, group="act", exit_on_error=False)

    async def run_guarded(self, action: Action, report: Report) -> None:
        """The one edge at which an error of an action or a reload becomes a sentence."""
        try:
            await action()
        except RenewalError as error:
            await report(_("Failed"), error.message)
        except Exception as error:
            where = write_traceback(error)
            sentence = _("{kind}. Details are in {where}.").format(
                kind=type(error).__name__, where=where
            )
            await report(_("Program error"), sentence)

    async def ask(self, dialog: Screen[T]) -> T:
        """Show a dialog and wait for its answer."""
        return await self.push_screen_wait(dialog)

    async def tell(self, title: str, what: str) -> None:
        """Show an outcome until it is closed."""
        from tui.dialogs.message import MessageDialog

        await self.ask(MessageDialog(Message(title, outcome(what)), copy=self.copy_out))

    async def notify_failure(self, title: str, what: str) -> None:
        """Show in passing what failed."""
        del title
        self.notify(what, severity="error", markup=False, timeout=10)

    def copy_out(self, text: str) -> str:
        """Send the text out of the terminal; the sentence that says which way it went."""
        try:
            return copy(text, self.home, self.copy_to_clipboard).sentence
        except RenewalError as error:
            return error.message

    @property
    def home(self) -> Path:
        """The home folder."""
        return self.session.home.folder


def run_app(session: Session, *, keep_language: bool) -> int:
    """Open the app on the terminal; its exit code. Closes the session.

    `keep_language`: whether a language that is chosen in it is for the next start, too.
    """
    app = RenewalApp(session, keep_language=keep_language)
    with session:
        code = run_in_loop(app.run_async(mouse=app.has_mouse)) or app.return_code or 0
        if app.sync_stop is not None:
            app.sync_stop.set()
        leave(session, app.store_jobs, code)
    return code
