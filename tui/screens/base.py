"""What all screens share: the first and the last line, and how a key becomes an act."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import ScreenResume
from textual.worker import Worker, WorkerCancelled

from store.i18n import N_, _
from tui.commands import Place, at, command
from tui.display.screen import LeanScreen
from tui.snapshot import Snapshot, renew_hold, take_snapshot
from tui.text import formats, labels
from tui.widgets.header import HeaderLine, Heading
from tui.widgets.key_bar import KeyBar, why_off

if TYPE_CHECKING:
    from store.session import Session
    from tui.app import RenewalApp

SITES = {"china": N_("China site"), "international": N_("International site")}


class DeskScreen(LeanScreen[None]):
    """A screen with a header, what it composes in between, and the key bar."""

    PLACE: ClassVar[Place] = "main"
    BINDINGS: ClassVar[list[BindingType]] = []
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.snapshot: Snapshot | None = None

    @property
    def desk(self) -> RenewalApp:
        return cast("RenewalApp", self.app)

    def compose(self) -> ComposeResult:
        yield HeaderLine(id="header")
        yield from self.middle()
        yield KeyBar(id="keys")

    def middle(self) -> ComposeResult:
        """What stands between the header and the key bar."""
        yield from ()

    async def on_screen_resume(self, event: ScreenResume) -> None:
        """The first time nothing is laid out and painted before there is something to show."""
        reading = self.reload()
        if self.snapshot is None:
            event.refresh_styles = False  # all that it has was styled as it was mounted
            with suppress(WorkerCancelled):  # by a newer one
                await reading.wait()

    def reload(self) -> Worker[None]:
        """Read the store anew and show what is there."""
        return self.run_worker(
            self._reload,
            group="reload",
            exclusive=True,
            exit_on_error=False,
        )

    async def _reload(self) -> None:
        """What is on the screen stays where this fails; that it failed is told."""
        try:
            snapshot, more = await self.desk.in_store(self._read)
            had_older, self.snapshot = self.snapshot is not None, snapshot
            self.keep(more)
            self.show_heading(snapshot)
            self.show(snapshot)
            self.show_keys()
            if had_older:
                await self.desk.in_store(lambda session: renew_hold(snapshot.overview, session))
        except Exception as error:
            told = self.desk.told_of(error)
            self.notify(told, severity="error", markup=False, timeout=10)

    def _read(self, session: Session) -> tuple[Snapshot, Any]:
        return take_snapshot(session, self.desk.lang), self.read(session)

    def read(self, session: Session) -> Any:
        """What this screen shows beside the snapshot, read in a thread.

        It changes nothing of the screen: a reload that was overtaken still runs to its end.
        """
        del session

    def keep(self, more: Any) -> None:
        """Keep what `read` gave, once it is the newest."""

    def show(self, snapshot: Snapshot) -> None:
        """Put the snapshot on the screen."""

    def show_heading(self, snapshot: Snapshot) -> None:
        """The first line: account, clock, age of the data."""
        overview = snapshot.overview
        self.set_class(not snapshot.practice, "-live")
        moment = labels.local(overview.now) if overview.now else None
        if moment is None:
            from store.times import system_now

            moment = labels.local(system_now())
        age = (
            formats.length(overview.now - overview.as_of) if overview.now and overview.as_of else ""
        )
        synced = _("synced {age} ago").format(age=age) if age else _("not synced yet")
        if overview.stale and age:
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
                    reasons[each.id] = _("read-only: nothing is paid or changed")
        if not self.snapshot.practice:
            reasons["clock"] = _("only the practice account has a clock of its own")
        else:
            reasons["say"] = _("the practice cloud tells what its items are")
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
        getattr(self, f"do_{command_id}")()

    def do_help(self) -> None:
        from tui.dialogs.help import Help

        self.app.push_screen(Help())

    def do_quit(self) -> None:
        self.app.exit(0)

    def do_repaint(self) -> None:
        self.desk.action_repaint()

    def do_undo(self) -> None:
        from tui.actions.undo import undo

        self.desk.act(undo(self))

    def do_sync(self) -> None:
        from tui.actions.sync import sync_now

        self.desk.act(sync_now(self), "sync")

    def do_topup(self) -> None:
        from tui.actions.top_up import top_up

        self.desk.act(top_up(self))

    def do_clock(self) -> None:
        from tui.actions.clock import move_clock

        self.desk.act(move_clock(self))

    def do_ahead(self) -> None:
        from tui.actions.outlook import look_ahead

        self.desk.act(look_ahead(self))

    def do_accounts(self) -> None:
        from tui.actions.accounts import choose_account

        self.desk.act(choose_account(self))

    def do_theme(self) -> None:
        from tui.actions.appearance import choose_theme

        self.desk.act(choose_theme(self))

    def do_tour(self) -> None:
        from tui.actions.tour import take_tour

        self.desk.act(take_tour(self))

    def do_mouse(self) -> None:
        from tui.actions.appearance import switch_mouse

        self.desk.act(switch_mouse(self))

    def do_language(self) -> None:
        self.desk.act(self.desk.switch_language())

    def do_palette(self) -> None:
        from tui.actions.palette import find

        self.desk.act(find(self))

    def do_leave(self) -> None:
        self.app.pop_screen()

    def do_pane_next(self) -> None:
        self.focus_next()

    def do_pane_previous(self) -> None:
        self.focus_previous()
