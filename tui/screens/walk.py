"""The screen of a walk-through: its steps on the left, the current one on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from store.i18n import _
from store.session import Session
from store.walkthroughs.status import Enter
from store.walkthroughs.view import Walkthrough, read_walkthrough
from store.walkthroughs.walk import Walk
from tui.commands.registry import bindings, handles
from tui.commands.table import Scope
from tui.panes.walk_pages import step_list, step_page, walk_title
from tui.screens.shared_commands import SharedCommands
from tui.snapshot import Snapshot
from tui.text import step_text
from tui.widgets.fitted_text import FittedText
from tui.widgets.panel import Panel

MEDIUM, NARROW = 110, 76


class WalkScreen(SharedCommands):
    """Shows a walk-through at its current step. Its state is in the store, so nothing is lost."""

    SCOPE: ClassVar[Scope] = "walk"
    BINDINGS: ClassVar[list[BindingType]] = bindings("walk")
    AUTO_FOCUS = "#step"
    DEFAULT_CSS = """
    WalkScreen {
        #walk-title {
            height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis;
        }
        #walk { height: 1fr; }
        #steps { width: 38; height: 100%; }
        #step { width: 1fr; height: 100%; }
        &.-medium #steps { width: 30; }
        &.-narrow #steps { display: none; }
    }
    """

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self.walk = walk
        """The walk as last read; not stored before its first step."""
        self.walkthrough: Walkthrough | None = None
        self._copied_step = ""
        """The ID of the step whose value was copied last."""

    def compose_body(self) -> ComposeResult:
        yield FittedText(id="walk-title")
        with Horizontal(id="walk"):
            yield Panel(id="steps")
            yield Panel(id="step", focusable=True)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < MEDIUM, "-medium")
        self.set_class(event.size.width < NARROW, "-narrow")

    def read_extra(self, session: Session, snapshot: Snapshot) -> Walkthrough:
        return read_walkthrough(session, self.walk, snapshot.overview)

    def take_extra(self, extra: Walkthrough) -> None:
        self.walkthrough, self.walk = extra, extra.walk

    def show(self, snapshot: Snapshot) -> None:
        through = self.walkthrough
        if through is None:
            return
        title = partial(walk_title, through, snapshot.overview.now)
        self.query_one("#walk-title", FittedText).fit(title)
        self.query_one("#steps", Panel).fit(partial(step_list, through), title=_("Steps"))
        panel = self.query_one("#step", Panel)
        panel.fit(partial(step_page, through), title=through.step.title)
        panel.scroll_home(animate=False)
        self._copy_when_opened(through, snapshot)

    def _copy_when_opened(self, through: Walkthrough, snapshot: Snapshot) -> None:
        """On a real account, copy the step's value when the step is opened."""
        step = through.step
        if (
            snapshot.practice
            or not step.carry
            or through.walk.ended
            or step.id == self._copied_step
        ):
            return
        self._copied_step = step.id
        self.copy_text(step.carry)

    def off_reasons(self) -> dict[str, str]:
        reasons = super().off_reasons()
        through = self.walkthrough
        if through is None:
            return reasons
        if through.procedure.id != "P-LIC-RENEW":
            reasons["method2"] = _("only for the renewal of a license")
        if through.procedure.id == "P-TICKET" or through.item is None:
            reasons["ticket"] = _("there is no item to draft a ticket for")
        if not through.step.carry:
            reasons["copy"] = _("nothing to copy here")
        if not through.has_draft:
            reasons["editor"] = _("this step has no draft to edit")
        if through.position == 0:
            reasons["back"] = _("this is the first step")
        if through.walk.ended:
            may_leave = through.walk.ended == "done"
            for command_id in ("next", "back", "method2", "ticket", "editor", "close")[may_leave:]:
                reasons[command_id] = _("this walk-through has ended")
        return reasons

    def key_groups(self) -> Sequence[Sequence[str]]:
        has_ended = self.walkthrough is not None and self.walkthrough.walk.ended is not None
        return (
            ("next", "copy", "editor", "page", "method2", "ticket")[has_ended:],
            ("back", "leave"),
            ("palette", "help"),
        )

    def key_labels(self) -> Mapping[str, str]:
        """Name Enter after the step's action; the copied value need not be an ID."""
        through = self.walkthrough
        if through is None:
            return {}
        return {"next": _(step_text.ENTER[through.status.enter]), "copy": _("copy")}

    @handles("next")
    async def _take_step(self) -> None:
        from tui.actions.walk_steps import take_step

        through = self.walkthrough
        if through is None:
            return
        if through.status.enter is Enter.COPY:
            self._copy_value()
        await take_step(self.prompter, through)

    @handles("topup")
    async def _top_up_for_walk(self) -> None:
        """Propose the amount that this walk-through lacks, if any; else what the account lacks."""
        from tui.actions.top_up import top_up

        through = self.walkthrough
        lacking = through.need if through and through.missing else None
        await top_up(self.prompter, lacking)

    @handles("back")
    async def _go_back(self) -> None:
        from tui.actions.walks import go_back

        await go_back(self.prompter, self.walk)

    @handles("copy")
    def _copy_value(self) -> None:
        if self.walkthrough is not None and self.walkthrough.step.carry:
            self.copy_text(self.walkthrough.step.carry)

    @handles("page")
    def _copy_page(self) -> None:
        if self.walkthrough is not None:
            self.copy_text(self.walkthrough.step.page, timeout=10)

    @handles("code")
    def _show_qr_code(self) -> None:
        from tui.dialogs.qr_code import QrCodeDialog

        if self.walkthrough is not None:
            page = self.walkthrough.step.page
            self.app.push_screen(QrCodeDialog(page, drawable=self.app.shows_unicode))

    @handles("method2")
    async def _change_to_method_2(self) -> None:
        from tui.actions.walks import change_to_method_2

        because = _("method 2 was chosen")
        await change_to_method_2(self.prompter, self.walk, because)

    @handles("ticket")
    async def _draft_ticket(self) -> None:
        from tui.actions.walks import walk_through

        if self.walkthrough is not None and self.walkthrough.item is not None:
            await walk_through(self.prompter, "P-TICKET", self.walkthrough.item.id)

    @handles("editor")
    async def _edit_ticket(self) -> None:
        from tui.actions.in_editor import edit_ticket

        if self.walkthrough is not None:
            await edit_ticket(self.prompter, self.walkthrough)

    @handles("close")
    async def _close_walk(self) -> None:
        from tui.actions.walks import close_walk

        if await close_walk(self.prompter, self.walk):
            await self.prompter.leave_walk()
