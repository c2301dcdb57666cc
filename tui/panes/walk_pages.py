"""Lays out a walk-through: its title, its list of steps, and the current step."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime

from textual.content import Content

from store import formats
from store.i18n import _
from store.items.names import item_name
from store.rules.clauses import group_by_source
from store.rules.sources import Remark
from store.walkthroughs.checks import Outcome
from store.walkthroughs.status import Enter, Status
from store.walkthroughs.view import Walkthrough
from tui.text import labels, step_text
from tui.text.cells import address, cells, hang_content, padded, plain_content

LABEL_WIDTH = 9
"""Cells of a label before its value."""
MARK_WIDTH = 2
"""Cells of a mark before its sentence."""
MIN_WIDTH_FOR_REASONS = 34
"""The least width of the list of steps that has room for the reasons of their status."""
MARKS = {Outcome.OK: "✓", Outcome.WARN: "·", Outcome.STOP: "!", Outcome.UNKNOWN: "?"}
STYLES = {
    Outcome.OK: "$success",
    Outcome.WARN: "$warning",
    Outcome.STOP: "bold $error",
    Outcome.UNKNOWN: "$secondary",
}


_IN_CONSOLE = frozenset({Enter.NEXT, Enter.COPY, Enter.SAVE})
"""The effects of enter at a step that is done in the console."""


def walk_title(through: Walkthrough, now: datetime | None, width: int) -> Content:
    """The procedure, the step, the item, and since when it is open: as much as fits, the step for
    certain."""
    name = item_name(through.item) if through.item else through.walk.subject.account
    position = _("step {n} of {steps}").format(
        n=through.position + 1, steps=len(through.procedure.steps)
    )
    title = Content.styled(through.procedure.title, "bold")
    short = Content.assemble(title, f" · {position}")
    full = Content.assemble(short, " · ", plain_content(name))
    forms = [full, short, Content.assemble(f"{position} · ", title)]
    if through.walk.is_stored:
        started = formats.instant(through.walk.started_at, now)
        forms.insert(0, full + " · " + _("started {when}").format(when=started))
    return next((form for form in forms if cells(form.plain) <= width), forms[-1])


def step_list(through: Walkthrough, width: int) -> list[Content]:
    """All steps with their status and, if there is room, each reason once; long texts are
    indented."""
    lines: list[Content] = []
    reasons = {"", through.status.reason}
    """The reasons already shown: at first that of the current step, on its page."""
    for number, step in enumerate(through.steps):
        mark, style = Content("  "), ""
        if number == through.position and not through.walk.ended:
            mark, style = Content.styled("▶ ", "bold"), "bold"
        elif step.status is Status.DONE:
            mark = Content.styled("✓ ", "$success")
        elif step.status is Status.SKIPPED:
            mark, style = Content("– "), "$text-muted"
        ordinal = f"{number + 1} "
        indent = 2 + len(ordinal)
        first, *rest = Content.styled(step.title, style).wrap(max(10, width - indent))
        lines.append(Content.assemble(mark, (ordinal, style), first))
        lines += [" " * indent + line for line in rest]
        if step.reason not in reasons and width >= MIN_WIDTH_FOR_REASONS:
            reasons.add(step.reason)
            reason = plain_content(step.reason, "$text-muted").wrap(width - indent)
            lines += [" " * indent + line for line in reason]
    if through.outer is not None:
        lines += [Content(""), Content(_("Then the previous walk-through continues."))]
    return lines


def _fact(label: str, text: str | Content, width: int) -> list[Content]:
    """The value after its label; a single word that does not fit goes below it."""
    value = plain_content(text) if isinstance(text, str) else text
    head = Content.styled(padded(label, LABEL_WIDTH), "bold")
    if " " not in value.plain and LABEL_WIDTH + cells(value.plain) > width:
        return [head, value]
    return hang_content(head, value, LABEL_WIDTH, width)


def step_page(through: Walkthrough, width: int) -> list[Content]:
    """The current step: what to do, checks, the console page, sources and remarks; the console page
    comes before the checks if the step needs it."""
    step, walk = through.step, through.walk
    lines: list[Content] = []
    if walk.ended:
        lines += [*_fact(_("Ended"), walk.reason or "", width), Content("")]
    if walk.entered_because:
        lines += [*_fact(_("Reason"), walk.entered_because, width), Content("")]
    if through.status.reason and not walk.ended:
        status = _(step_text.STEPS[through.status.status]).format(reason=through.status.reason)
        lines += [plain_content(status), Content("")]
    for error in through.data_errors:
        text = plain_content(labels.data_error(error), "$warning")
        lines += [*_fact(_("Data error"), text, width), Content("")]
    lines.append(plain_content(step.does))
    advice = [note for note in step.notes if note.source is None]
    lines += [Content(""), *_notes(advice, width)] if advice else []
    parts = [_checks(through, width), _console_page(through, width)]
    for part in parts if through.status.enter not in _IN_CONSOLE else reversed(parts):
        lines += [Content(""), *part] if part else []
    lines.append(Content(""))
    for source, clauses in group_by_source(step.clauses).items():
        linked = address(source.url, labels.source_and_date(source)) + plain_content(
            f" · {' '.join(clauses)}"
        )
        lines += _fact(_("Source"), linked, width)
    remarks = [note for note in step.notes if note.source is not None]
    return [*lines, Content(""), *_notes(remarks, width)] if remarks else lines


def _console_page(through: Walkthrough, width: int) -> list[Content]:
    """The place of the step in the console, what to copy, and the command that does the same."""
    step, walk = through.step, through.walk
    lines = _fact(_("Where"), step.where, width)
    lines += _fact(_("Page"), address(step.page), width)
    if step.carry:
        first, *more = step.carry.split("\n", 1)
        lines += _fact(_("Copy"), f"{first} …" if more else first, width)
    if step.action == "renew" and through.instance_id and not walk.ended:
        command = _command(walk.subject.account, through.instance_id)
        lines += _fact(_("Command"), command, width)
    return lines


def _notes(notes: Sequence[Remark], width: int) -> Iterator[Content]:
    """The remarks, each with a link to its source."""
    for note in notes:
        text = plain_content(note.text)
        if note.source is not None:
            cited = address(note.source.url, labels.source_and_date(note.source), "$text-muted")
            text = Content.assemble(text, " ", cited)
        yield from hang_content(Content("· "), text, MARK_WIDTH, width)


def _command(account: str, instance_id: str) -> str:
    """The command that renews the item for the usual term; it asks before it pays."""
    return shlex.join(["renewal", "--account", account, "renew", instance_id, "--months", "12"])


def _checks(through: Walkthrough, width: int) -> list[Content]:
    """The checks, first those that stop the step."""
    if not through.checks:
        return []
    lines = [Content.styled(_("Before you start"), "bold")]
    for check in sorted(through.checks, key=lambda check: check.outcome is not Outcome.STOP):
        mark = Content.styled(f"{MARKS[check.outcome]} ", STYLES[check.outcome])
        lines += hang_content(mark, plain_content(step_text.check_text(check)), MARK_WIDTH, width)
    return lines
