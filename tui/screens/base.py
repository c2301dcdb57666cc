"""The base of all screens: header and key bar, reading the store, running commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
"""Of a screen that does not choose the keys of its bar; the help comes last."""


class BaseScreen(LeanScreen[None]):
    """A screen with a header, what it composes in between, and the key bar."""

    SCOPE: ClassVar[Scope] = "main"
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
        """The widgets between the header and the key bar."""
        yield from ()

    async def on_screen_resume(self, event: ScreenResume) -> None:
        """Reload what has changed meanwhile. The first time nothing is painted before there is
        something to show."""
        if self.snapshot is not None and self.app.is_current(self.snapshot):
            return
        reading = self.reload()
        if self.snapshot is None:
            event.refresh_styles = False  # its widgets were styled when they were mounted
            with suppress(WorkerCancelled):  # by a newer one
                await reading.wait()

    def reload(self) -> Worker[None]:
        """Show the store as it is now."""
        reading = partial(self.app.run_guarded, self._reload, self.app.notify_failure)
        return self.run_worker(reading, group="reload", exclusive=True, exit_on_error=False)

    async def _reload(self) -> None:
        """Where this fails, the screen keeps what it shows."""
        had_older = self.snapshot is not None
        snapshot, extra = await self.app.read_snapshot(self.read)
        is_newer, self.snapshot = snapshot is not self.snapshot, snapshot
        self.receive(extra)
        self.show_heading(snapshot)
        self.show(snapshot)
        self.show_keys()
        if had_older and is_newer:
            await self.app.in_store(lambda session: repin_overview(snapshot.overview, session))

    def read(self, session: Session, snapshot: Snapshot) -> Any:
        """Read what this screen shows besides the snapshot, in a thread.

        It changes nothing of the screen: a reload that was superseded still runs to its end.
        """
        del session, snapshot

    def receive(self, extra: Any) -> None:
        """Keep the result of `read`, once it is the newest."""

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

    def retranslate(self) -> None:
        """Write all texts in the language in use."""
        self.reload()

    def show_keys(self) -> None:
        """Show the keys that matter now in the key bar."""
        if self.scope != self.SCOPE:
            groups: Sequence[Sequence[str]] = [[each.id for each in commands_in(self.scope)]]
        else:
            off = self.off()
            groups = [[each for each in group if each not in off] for group in self.key_groups()]
        self.query_one(KeyBar).show(bar_keys(groups, self.key_labels()))

    def key_groups(self) -> Sequence[Sequence[str]]:
        """The commands of the key bar, the most useful first, in groups; those that are off are
        left out."""
        return [[each.id for each in commands_in(self.SCOPE)][:MAX_KEYS], ["help"]]

    def key_labels(self) -> Mapping[str, str]:
        """What commands are called in the key bar now, by ID, where that depends on the row."""
        return {}

    @property
    def scope(self) -> Scope:
        """Where the next key works."""
        return self.SCOPE

    def off(self) -> dict[str, str]:
        """The commands that do not work now, each with the reason."""
        reasons: dict[str, str] = {}
        if self.snapshot is None:
            return reasons
        if self.snapshot.read_only:
            for each in commands_in(self.SCOPE):
                if each.dangerous:
                    reasons[each.id] = _("read-only mode: nothing is paid or changed")
        if not self.snapshot.practice:
            reasons["clock"] = _("only the practice account has its own clock")
        else:
            reasons["accept"] = reasons["checklist"] = _("not needed on practice")
        return reasons

    @on(KeyBar.Pressed)
    def _pressed(self, event: KeyBar.Pressed) -> None:
        if event.command_id in self._handlers:
            self.run_command(event.command_id)
        else:
            self.app.simulate_key(command(event.command_id).keys[0])

    def action_command(self, command_id: str) -> None:
        self.run_command(command_id)

    def run_command(self, command_id: str) -> None:
        """Run the command, or tell why it is off."""
        reason = self.off().get(command_id)
        if reason is not None:
            clear_information(self.app)
            self.notify(off_message(command(command_id), reason), markup=False, timeout=6)
            return
        handler = partial(self._handlers[command_id], self)
        if iscoroutinefunction(handler):
            self.app.start_action(handler, holds_keys=True)
        else:
            handler()
