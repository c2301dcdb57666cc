"""What all screens share: the first and the last line, and what a command does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import ScreenResume
from textual.worker import Worker, WorkerCancelled

from store import formats
from store.i18n import N_, _
from tui.commands import Place, at, command, handlers_of, handles
from tui.display.screen import LeanScreen
from tui.screens.prompter import ScreenPrompter
from tui.snapshot import Snapshot, renew_hold
from tui.widgets.header import HeaderLine, Heading
from tui.widgets.key_bar import KeyBar, why_off

if TYPE_CHECKING:
    from textual import getters

    from store.session import Session
    from tui.app import RenewalApp

SITES = {"china": N_("China site"), "international": N_("International site")}


class BaseScreen(LeanScreen[None]):
    """A screen with a header, what it composes in between, and the key bar."""

    PLACE: ClassVar[Place] = "main"
    BINDINGS: ClassVar[list[BindingType]] = []
    AUTO_FOCUS = ""
    _handlers: ClassVar[dict[str, Callable[..., object]]] = {}
    if TYPE_CHECKING:
        app = getters.app(RenewalApp)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls._handlers = handlers_of(cls)

    def __init__(self) -> None:
        super().__init__()
        self.snapshot: Snapshot | None = None
        self.prompter = ScreenPrompter(self)

    def compose(self) -> ComposeResult:
        yield HeaderLine(id="header")
        yield from self.middle()
        yield KeyBar(id="keys")

    def middle(self) -> ComposeResult:
        """What stands between the header and the key bar."""
        yield from ()

    async def on_screen_resume(self, event: ScreenResume) -> None:
        """Reload what has changed meanwhile. The first time nothing is painted before there is
        something to show."""
        if self.snapshot is not None and self.app.is_current(self.snapshot):
            return
        reading = self.reload()
        if self.snapshot is None:
            event.refresh_styles = False  # all that it has was styled as it was mounted
            with suppress(WorkerCancelled):  # by a newer one
                await reading.wait()

    def reload(self) -> Worker[None]:
        """Show the store as it is now."""
        reading = partial(self.app.run_guarded, self._reload, self.app.notify_failure)
        return self.run_worker(reading, group="reload", exclusive=True, exit_on_error=False)

    async def _reload(self) -> None:
        """What is on the screen stays where this fails."""
        had_older = self.snapshot is not None
        snapshot, more = await self.app.read_snapshot(self.read)
        is_newer, self.snapshot = snapshot is not self.snapshot, snapshot
        self.keep(more)
        self.show_heading(snapshot)
        self.show(snapshot)
        self.show_keys()
        if had_older and is_newer:
            await self.app.in_store(lambda session: renew_hold(snapshot.overview, session))

    def read(self, session: Session, snapshot: Snapshot) -> Any:
        """What this screen shows beside the snapshot, read in a thread.

        It changes nothing of the screen: a reload that was overtaken still runs to its end.
        """
        del session, snapshot

    def keep(self, more: Any) -> None:
        """Keep what `read` gave, once it is the newest."""

    def show(self, snapshot: Snapshot) -> None:
        """Put the snapshot on the screen."""

    def show_heading(self, snapshot: Snapshot) -> None:
        """The first line: account, clock, age of the data."""
        overview = snapshot.overview
        self.set_class(not snapshot.practice, "-live")
        moment = formats.local(overview.now) if overview.now else None
        if moment is None:
            from store.times import system_now

            moment = formats.local(system_now())
        age = (
            formats.length(overview.now - overview.as_of) if overview.now and overview.as_of else ""
        )
        synced = _("synced {age} ago").format(age=age) if age else _("not synced yet")
        if overview.from_future:
            synced = age = _("clock behind the data")
        elif overview.stale and age:
            synced += " " + _("(old)")
        self.query_one(HeaderLine).show(
            Heading(
                overview.account,
                _(SITES.get(overview.site, overview.site)),
                snapshot.practice,
                moment,
                synced,
                age or _("never"),
                snapshot.read_only,
            )
        )

    def speak(self) -> None:
        """Say everything anew, in the language that is in use now."""
        self.reload()

    def show_keys(self) -> None:
        """The key bar for what works here and now."""
        self.query_one(KeyBar).show(at(self.place), self.off())

    @property
    def place(self) -> Place:
        """Where the next key goes."""
        return self.PLACE

    def off(self) -> dict[str, str]:
        """The commands that do not work now, each with the reason."""
        reasons: dict[str, str] = {}
        if self.snapshot is None:
            return reasons
        if self.snapshot.read_only:
            for each in at(self.PLACE):
                if each.dangerous:
                    reasons[each.id] = _("read-only mode: nothing is paid or changed")
        if not self.snapshot.practice:
            reasons["clock"] = _("only the practice account has its own clock")
        else:
            for name in ("say", "accept"):
                reasons[name] = _("not needed on practice")
        return reasons

    @on(KeyBar.Pressed)
    def _pressed(self, event: KeyBar.Pressed) -> None:
        self.do(event.command_id)

    def action_command(self, command_id: str) -> None:
        self.do(command_id)

    def do(self, command_id: str) -> None:
        """Do what the command says, or tell why it is off."""
        reason = self.off().get(command_id)
        if reason is not None:
            self.notify(why_off(command(command_id), reason), markup=False, timeout=6)
            return
        handler = partial(self._handlers[command_id], self)
        if iscoroutinefunction(handler):
            self.app.start_action(handler)
        else:
            handler()

    @handles("help")
    def _show_help(self) -> None:
        from tui.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog())

    @handles("quit")
    def _quit(self) -> None:
        self.app.exit(0)

    @handles("repaint")
    def _repaint(self) -> None:
        self.app.action_repaint()

    @handles("undo")
    async def _undo(self) -> None:
        from tui.actions.undo import undo

        await undo(self.prompter)

    @handles("sync")
    async def _sync(self) -> None:
        from tui.actions.sync import sync_now

        if self.app.sync_stop is None:
            await sync_now(self.prompter)
            return
        self.app.sync_stop.set()
        self.notify(_("Cancelling the sync."), markup=False, timeout=4)

    @handles("topup")
    async def _top_up(self) -> None:
        from tui.actions.top_up import top_up

        await top_up(self.prompter)

    @handles("clock")
    async def _move_clock(self) -> None:
        from tui.actions.clock import move_clock

        await move_clock(self.prompter)

    @handles("ahead")
    async def _show_outlook(self) -> None:
        from tui.screens.outlook import show_outlook

        await show_outlook(self)

    @handles("accounts")
    async def _choose_account(self) -> None:
        from tui.actions.accounts import choose_account

        await self.app.go_to_account(await choose_account(self.prompter))

    @handles("theme")
    async def _choose_theme(self) -> None:
        from tui.screens.appearance import choose_theme

        await choose_theme(self)

    @handles("tour")
    async def _show_tour(self) -> None:
        from tui.dialogs.tour import TourDialog

        await self.app.ask(TourDialog())

    @handles("mouse")
    def _switch_mouse(self) -> None:
        from tui.screens.appearance import switch_mouse

        switch_mouse(self)

    @handles("language")
    async def _switch_language(self) -> None:
        await self.app.switch_language()

    @handles("palette")
    async def _find_command(self) -> None:
        from tui.screens.palette import find_command

        await find_command(self)

    @handles("leave")
    def _leave(self) -> None:
        self.app.pop_screen()

    @handles("pane_next")
    def _focus_next(self) -> None:
        self.focus_next()

    @handles("pane_previous")
    def _focus_previous(self) -> None:
        self.focus_previous()
