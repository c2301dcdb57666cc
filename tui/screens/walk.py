"""A walk-through: the steps on the left, the present one on the right, filled in."""

from __future__ import annotations

import shlex
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from store import formats
from store.i18n import _
from store.rules.clauses import by_source
from store.rules.sources import Remark
from store.session import Session
from store.walkthroughs.checks import Outcome
from store.walkthroughs.status import Enter, Status
from store.walkthroughs.view import Walkthrough, walkthrough
from store.walkthroughs.walk import Walk
from tui.cells import address, content, padded
from tui.commands import Place, bindings, handles
from tui.screens.base import BaseScreen
from tui.snapshot import Snapshot
from tui.text import labels
from tui.widgets.panel import Panel

MEDIUM, NARROW = 110, 76
LABEL = 9
SIGNS = {Outcome.OK: "✓", Outcome.WARN: "·", Outcome.STOP: "!", Outcome.UNKNOWN: "?"}
STYLES = {
    Outcome.OK: "$success",
    Outcome.WARN: "$warning",
    Outcome.STOP: "bold $error",
    Outcome.UNKNOWN: "$secondary",
}


class WalkScreen(BaseScreen):
    """Shows where a walk-through stands. It holds no truth: each key reads the store anew."""

    PLACE: ClassVar[Place] = "walk"
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
        """As it was last read; a draft until its first step."""
        self.walkthrough: Walkthrough | None = None
        self._carried = ""
        """The step whose value was copied last."""

    def middle(self) -> ComposeResult:
        yield Static(id="walk-title")
        with Horizontal(id="walk"):
            yield Panel(id="steps")
            yield Panel(id="step", focusable=True)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < MEDIUM, "-medium")
        self.set_class(event.size.width < NARROW, "-narrow")

    def read(self, session: Session, snapshot: Snapshot) -> Walkthrough:
        return walkthrough(session, self.walk, snapshot.overview)

    def keep(self, more: Walkthrough) -> None:
        self.walkthrough, self.walk = more, more.walk

    def show(self, snapshot: Snapshot) -> None:
        through = self.walkthrough
        if through is None:
            return
        self.query_one("#walk-title", Static).update(_title(through))
        self.query_one("#steps", Panel).fit(partial(_steps, through), title=_("Steps"))
        panel = self.query_one("#step", Panel)
        panel.show(_step(through), title=through.step.title)
        panel.scroll_home(animate=False)
        self._carry(through, snapshot)

    def _carry(self, through: Walkthrough, snapshot: Snapshot) -> None:
        """In front of a real console, what a step carries is copied as it is opened."""
        step = through.step
        if snapshot.practice or not step.carry or through.walk.ended or step.id == self._carried:
            return
        self._carried = step.id
        self.notify(f"{step.carry[:80]}: {self.app.copy_out(step.carry)}", markup=False)

    def off(self) -> dict[str, str]:
        reasons = super().off()
        through = self.walkthrough
        if through is None:
            return reasons
        if through.procedure.id != "P-LIC-RENEW":
            reasons["method2"] = _("only for the renewal of a license")
        if through.procedure.id == "P-TICKET" or through.item is None:
            reasons["ticket"] = _("there is no item to draft a ticket for")
        if not through.step.carry:
            reasons["copy"] = _("nothing to copy here")
        if through.position == 0:
            reasons["back"] = _("this is the first step")
        if through.walk.ended:
            may_leave = through.walk.ended == "done"
            for each in ("next", "back", "method2", "ticket", "close")[may_leave:]:
                reasons[each] = _("this walk-through has ended")
        return reasons

    @handles("next")
    async def _take_step(self) -> None:
        from tui.actions.walk_steps import take_step

        through = self.walkthrough
        if through is None:
            return
        if through.status.enter is Enter.COPY:
            self._copy_value()
        await take_step(self.prompter, through)

    @handles("back")
    async def _go_back(self) -> None:
        from tui.actions.walks import go_back

        await go_back(self.prompter, self.walk)

    @handles("copy")
    def _copy_value(self) -> None:
        if self.walkthrough is not None and self.walkthrough.step.carry:
            carried = self.walkthrough.step.carry
            self.notify(f"{carried[:80]}: {self.app.copy_out(carried)}", markup=False)

    @handles("page")
    def _copy_page(self) -> None:
        if self.walkthrough is not None:
            page = self.walkthrough.step.page
            self.notify(f"{page}: {self.app.copy_out(page)}", markup=False, timeout=10)

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

    @handles("close")
    async def _close_walk(self) -> None:
        from tui.actions.walks import close_walk

        if await close_walk(self.prompter, self.walk):
            await self.prompter.leave_walk()


def _title(through: Walkthrough) -> Content:
    name = labels.called(through.item) if through.item else through.walk.subject.account
    place = _("step {n} of {steps}").format(
        n=through.position + 1, steps=len(through.procedure.steps)
    )
    kept = ""
    if through.walk.is_stored:
        since = formats.instant(through.walk.started_at)
        kept = " · " + _("started {when}").format(when=since)
    return Content.assemble(
        (through.procedure.title, "bold"), f" · {place} · ", content(name), kept
    )


def _steps(through: Walkthrough, width: int) -> list[Content]:
    """What is done, what is next, what comes; a long title goes on under its beginning."""
    lines: list[Content] = []
    for number, step in enumerate(through.steps):
        sign, style = Content("  "), ""
        if number == through.position and not through.walk.ended:
            sign, style = Content.styled("▶ ", "bold"), "bold"
        elif step.status is Status.DONE:
            sign = Content.styled("✓ ", "$success")
        elif step.status is Status.SKIPPED:
            sign, style = Content("– "), "$text-muted"
        place = f"{number + 1} "
        indent = 2 + len(place)
        first, *rest = Content.styled(step.title, style).wrap(max(10, width - indent))
        lines.append(Content.assemble(sign, (place, style), first))
        lines += [" " * indent + line for line in rest]
    if through.outer is not None:
        lines += [Content(""), Content(_("Then the previous walk-through continues."))]
    return lines


def _fact(label: str, text: str | Content) -> Content:
    told = content(text) if isinstance(text, str) else text
    return Content.assemble((padded(label, LABEL), "bold"), told)


def _step(through: Walkthrough) -> list[Content]:
    step, walk = through.step, through.walk
    lines: list[Content] = []
    if walk.ended:
        lines += [_fact(_("Ended"), walk.reason or ""), Content("")]
    if walk.entered_because:
        lines += [_fact(_("Reason"), walk.entered_because), Content("")]
    if through.status.reason and not walk.ended:
        told = _(labels.STEPS[through.status.status]).format(reason=through.status.reason)
        lines += [content(told), Content("")]
    lines += [_fact(_("Where"), step.where), _fact(_("Page"), address(step.page))]
    if step.carry:
        lines.append(_fact(_("Copy"), step.carry.split("\n")[0]))
    if step.action == "renew" and through.instance_id and not walk.ended:
        lines.append(_fact(_("Command"), _command(walk.subject.account, through.instance_id)))
    lines += [Content(""), content(step.does)]
    advice = [note for note in step.notes if note.source is None]
    lines += [Content(""), *map(_note, advice)] if advice else []
    lines += _checks(through)
    lines.append(Content(""))
    for source, clauses in by_source(step.clauses).items():
        linked = address(source.url, labels.cited(source)) + content(f" · {' '.join(clauses)}")
        lines.append(_fact(_("Source"), linked))
    remarks = [note for note in step.notes if note.source is not None]
    return [*lines, Content(""), *map(_note, remarks)] if remarks else lines


def _note(note: Remark) -> Content:
    """A remark, with the page that it is from as a link."""
    words = Content.assemble("· ", content(note.text))
    if note.source is None:
        return words
    cited = address(note.source.url, labels.cited(note.source), "$text-muted")
    return Content.assemble(words, " ", cited)


def _command(account: str, instance_id: str) -> str:
    """The same on a command line, for the term that most people take; it asks, too."""
    return shlex.join(["renewal", "--account", account, "renew", instance_id, "--months", "12"])


def _checks(through: Walkthrough) -> list[Content]:
    if not through.checks:
        return []
    lines = [Content(""), Content.styled(_("Before you start"), "bold")]
    for check in through.checks:
        way = f" → {check.procedure}" if check.procedure else ""
        sign = Content.styled(f"{SIGNS[check.outcome]} ", STYLES[check.outcome])
        lines.append(Content.assemble(sign, content(check.sentence + way)))
    return lines
