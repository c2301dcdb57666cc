"""The terminal app: themes, signals, and the way from a screen to the store."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.binding import BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from store.errors import RenewalError
from store.i18n import _
from store.session import Session
from tui.clipboard import copy
from tui.commands import binding, use_keys
from tui.display.app import DisplayApp
from tui.display.ascii import AsciiOnly, lacks_unicode
from tui.display.key_queue import OrderedKeysApp
from tui.jobs import Jobs
from tui.keymap import chosen_keys, keymap
from tui.leaving import leave
from tui.log import write_traceback
from tui.loop import run_in_loop
from tui.screens.base import DeskScreen
from tui.text import LANGUAGES, use
from tui.themes import THEMES, named

if TYPE_CHECKING:
    from tui.undo_stack import UndoEntry

T = TypeVar("T")


class RenewalApp(OrderedKeysApp[int], DisplayApp[int]):
    """One account at a time; screens hold what they show, the store holds what is true."""

    TITLE = "Renewal Assistant"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        # It is wanted most where a box or a dialog has the keys.
        binding("repaint", "repaint", priority=True)
    ]

    def __init__(self, session: Session, lang: str = "en", *, keep_lang: bool = True) -> None:
        # Textual's own way to be colorless is in greys, which 16 colors make black on black.
        ansi = True if os.environ.get("NO_COLOR") else None
        super().__init__(display=session.config.display, ansi_color=ansi)
        self.has_mouse = session.config.mouse
        self.animation_level = "none"
        self.session = session
        self.store_jobs = Jobs()
        self.lang = lang
        self._keep_lang = keep_lang
        self.ascii_only = session.config.characters == "ascii" or (
            session.config.characters is None and lacks_unicode()
        )
        self.sync_under_way: Event | None = None
        """Setting it cancels the sync that is under way; None: there is none."""
        self.done: list[UndoEntry[Awaitable[None]]] = []
        """What was done here, the newest last; `u` takes it back."""
        use(lang)
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
        self.set_keymap(keymap(self._keys))
        home = self.session.home
        if not home.config.exists() and not home.store.exists():
            from tui.actions.accounts import first_look

            self.act(first_look(cast("DeskScreen", self.screen)), "first")

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        return [*filters, AsciiOnly()] if self.ascii_only else filters

    def reopen(self, name: str) -> None:
        """Read the configuration anew, and go on with the account that it has now."""
        session = self.session
        self.session = Session.open(session.home, name, read_only=session.read_only)
        self.switch_account(name)

    def switch_account(self, name: str, item_id: str = "") -> None:
        """Go on with another account, on its main screen, or on an item of it."""
        self.session = self.session.of_account(name)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        from tui.screens.item import ItemScreen
        from tui.screens.main import MainScreen

        self.switch_screen(MainScreen())
        if item_id:
            self.push_screen(ItemScreen(item_id))

    def on_language_asked(self) -> None:
        self.act(self.switch_language(), "language")

    async def switch_language(self) -> None:
        """All of the screen in the next language, at once; it is kept, where none was asked
        for by the command line."""
        from tui.dialogs.frame import Dialog

        languages = tuple(LANGUAGES)
        self.lang = languages[(languages.index(self.lang) + 1) % len(languages)]
        use(self.lang)
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen | Dialog):
                screen.speak()
        if self._keep_lang:
            from store.config_edits import choose

            await self.store_jobs.run(lambda: choose(self.session.home.config, "lang", self.lang))

    async def in_store(self, job: Callable[[Session], T]) -> T:
        """Run a job with a session of its own, in a thread, and wait for what it gives.

        Raises what the job raises. The job touches no widget.
        """

        def run() -> T:
            with self.session.again() as session:
                return job(session)

        return await self.store_jobs.run(run)

    def act(self, act: Coroutine[Any, Any, object], group: str = "act") -> None:
        """Do something that asks and tells on its way; what goes wrong is told, too."""
        self.run_worker(self._guarded(act), group=group, exit_on_error=False)

    async def _guarded(self, act: Coroutine[Any, Any, object]) -> None:
        try:
            await act
        except RenewalError as error:
            await self.tell(_("It did not work"), error.message)
        except Exception as error:
            await self.tell(_("A defect of the program"), self.told_of(error))

    def told_of(self, error: Exception) -> str:
        """What went wrong in a sentence; the traceback of a defect goes to the log."""
        if isinstance(error, RenewalError):
            return error.message
        return _("{kind}. What happened is written down in {where}.").format(
            kind=type(error).__name__, where=write_traceback(error)
        )

    async def ask(self, dialog: Screen[T]) -> T:
        """Show a dialog and wait for its answer."""
        return await self.push_screen_wait(dialog)

    async def tell(self, title: str, what: str, meaning: str = "", todo: str = "") -> None:
        """Show an outcome until it is closed."""
        from tui.dialogs.message import Tell, outcome

        await self.ask(Tell(title, outcome(what, meaning, todo), copy=self.copy_out))

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


def run_app(session: Session, lang: str, *, keep_lang: bool) -> int:
    """Open the app on the terminal; its exit code. Closes the session.

    `keep_lang`: whether a language that is chosen in it is for the next start, too.
    """
    app = RenewalApp(session, lang, keep_lang=keep_lang)
    with session:
        code = run_in_loop(app.run_async(mouse=app.has_mouse)) or app.return_code or 0
        if app.sync_under_way is not None:
            app.sync_under_way.set()
        leave(session, app.store_jobs, code)
    return code
