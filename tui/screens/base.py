"""The base of all screens: the header, the key bar, reloading, and running commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from store.config import SITES
from store.i18n import _
from tui.commands.registry import command, commands_in, handlers_of
from tui.commands.table import Scope
from tui.display.notices import clear_information
from tui.display.screen import LeanScreen
from tui.screens.prompter import ScreenPrompter
from tui.snapshot import Snapshot, repin_overview
from tui.widgets.header import HeaderLine, Heading
from tui.widgets.key_bar import KeyBar, bar_keys, off_message

if TYPE_CHECKING:
    from textual import getters

    from store.session import Session
    from tui.app import RenewalApp

MAX_KEYS = 6
"""Keys in the bar of a screen that does not choose them, before the help."""


class BaseScreen(LeanScreen[None]):
    """A screen with the header at the top and the key bar at the bottom."""

    SCOPE: ClassVar[Scope] = "main"
    BINDINGS: ClassVar[list[BindingType]] = []
    AUTO_FOCUS = ""
    if TYPE_CHECKING:
        app = getters.app(RenewalApp)

    def __init__(self) -> None:
        super().__init__()
        self._handlers = handlers_of(type(self))
        self.snapshot: Snapshot | None = None
        self.prompter = ScreenPrompter(self)

    def compose(self) -> ComposeResult:
        yield HeaderLine(id="header")
        yield from self.compose_body()
        yield KeyBar(id="keys")

    def compose_body(self) -> ComposeResult:
        """The widgets between the header and the key bar."""
        yield from ()

    async def on_screen_resume(self, event: ScreenResume) -> None:
        """Reload if the data has changed. The first time, wait for it before anything is
        painted."""
        if self.snapshot is not None and self.app.is_current(self.snapshot):
            return
        reading = self.reload()
        if self.snapshot is None:
            event.refresh_styles = False  # its widgets were styled when they were mounted
            with suppress(WorkerCancelled):  # a newer reload took its place
                await reading.wait()

    def reload(self) -> Worker[None]:
        """Read the store and show it."""
        reading = partial(self.app.run_guarded, self._reload, self.app.notify_failure)
        return self.run_worker(reading, group="reload", exclusive=True, exit_on_error=False)

    async def _reload(self) -> None:
        """If this fails, the screen keeps showing the older data."""
        had_older = self.snapshot is not None
        snapshot, extra = await self.app.read_snapshot(self.read_extra)
        is_newer, self.snapshot = snapshot is not self.snapshot, snapshot
        self.take_extra(extra)
        self.show_heading(snapshot)
        self.show(snapshot)
        self.show_keys()
        if had_older and is_newer:
            await self.app.in_store(lambda session: repin_overview(snapshot.overview, session))

    def read_extra(self, session: Session, snapshot: Snapshot) -> Any:
        """Read what this screen shows in addition to the snapshot; runs in a thread.

        It must not change the screen: a superseded reload still runs to its end.
        """
        del session, snapshot

    def take_extra(self, extra: Any) -> None:
        """Take over the newest result of `read_extra`."""

    def show(self, snapshot: Snapshot) -> None:
        """Show the snapshot."""

    def show_heading(self, snapshot: Snapshot) -> None:
        """Show the first line: account, clock, age of the data."""
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
        if overview.is_from_future:
            synced = age = _("clock behind the data")
        elif overview.stale and age:
            synced += " " + _("(old)")
        self.query_one(HeaderLine).show(
            Heading(
                account=overview.account,
                site=_(SITES.get(overview.site, overview.site)),
                practice=snapshot.practice,
                now=moment,
                synced=synced,
                synced_short=age or _("never"),
                read_only=snapshot.read_only,
            )
        )

    def retranslate(self) -> None:
        """Show all texts in the language in use."""
        self.reload()

    def show_keys(self) -> None:
        """Show in the key bar the keys that matter now."""
        if self.scope != self.SCOPE:
            groups: Sequence[Sequence[str]] = [[bound.id for bound in commands_in(self.scope)]]
        else:
            off = self.off_reasons()
            groups = [
                [command_id for command_id in group if command_id not in off]
                for group in self.key_groups()
            ]
        self.query_one(KeyBar).show(bar_keys(groups, self.key_labels()))

    def key_groups(self) -> Sequence[Sequence[str]]:
        """The command IDs for the key bar in groups, the most useful first; the bar leaves out
        those that are off."""
        return [[bound.id for bound in commands_in(self.SCOPE)][:MAX_KEYS], ["help"]]

    def key_labels(self) -> Mapping[str, str]:
        """Labels for the key bar by command ID, for commands whose effect depends on the row."""
        return {}

    @property
    def scope(self) -> Scope:
        """The scope of the next key."""
        return self.SCOPE

    def off_reasons(self) -> dict[str, str]:
        """The reasons why commands are off now, by command ID."""
        reasons: dict[str, str] = {}
        if self.snapshot is None:
            return reasons
        if self.snapshot.read_only:
            for bound in commands_in(self.SCOPE):
                if bound.dangerous:
                    reasons[bound.id] = _("read-only mode: nothing is paid or changed")
        if not self.snapshot.practice:
            reasons["clock"] = _("only the practice account has its own clock")
        else:
            reasons["accept"] = reasons["checklist"] = _("not needed on practice")
        return reasons

    def copy_text(self, text: str, *, timeout: float = 5) -> None:
        """Copy a text, and say in a notice where it was sent."""
        sentence = f"{text[:80]}: {self.app.copy_out(text)}"
        self.notify(sentence, markup=False, timeout=timeout)

    @on(KeyBar.Pressed)
    def _run_pressed(self, event: KeyBar.Pressed) -> None:
        if event.command_id in self._handlers:
            self.run_command(event.command_id)
        else:
            self.app.simulate_key(command(event.command_id).keys[0])

    def action_command(self, command_id: str) -> None:
        self.run_command(command_id)

    def run_command(self, command_id: str) -> None:
        """Run the command, or say why it is off."""
        reason = self.off_reasons().get(command_id)
        if reason is not None:
            clear_information(self.app)
            self.notify(off_message(command(command_id), reason), markup=False, timeout=6)
            return
        handler = partial(self._handlers[command_id], self)
        if iscoroutinefunction(handler):
            self.app.start_action(handler, holds_keys=True)
        else:
            handler()
