"""The current step of a walk-through in plain lines, with its document and date."""

from __future__ import annotations

from collections.abc import Iterator

from store import formats
from store.i18n import N_, _
from store.items.names import item_name
from store.rules.clauses import group_by_source
from store.walkthroughs.checks import Check
from store.walkthroughs.status import Enter, Status
from store.walkthroughs.view import Walkthrough
from tui.text import labels

STEPS = {
    Status.DONE: N_("Done: {reason}"),
    Status.NEEDED: N_("Needed: {reason}"),
    Status.SKIPPED: N_("Skipped: {reason}"),
}
"""Sentences about the status of a step, with its reason."""

ENTER = {
    Enter.NEXT: N_("next"),
    Enter.COPY: N_("copy, next"),
    Enter.SAVE: N_("save"),
    Enter.CHOOSE: N_("choose"),
    Enter.PAY: N_("pay"),
    Enter.SET: N_("turn on"),
    Enter.TOP_UP: N_("top up"),
    Enter.BIND: N_("bind"),
    Enter.READ: N_("read"),
    Enter.MARK: N_("mark"),
    Enter.LOOK: N_("look"),
}
"""Labels of what Enter does at a step."""

OUTCOMES = {
    "ok": N_("ok"),
    "warn": N_("warning"),
    "stop": N_("stop"),
    "unknown": N_("unknown"),
}
"""Labels of a check's outcome (`store.walkthroughs.checks.Outcome`)."""


def step_lines(through: Walkthrough) -> Iterator[str]:
    """The current step as lines, or why the walk-through has ended."""
    step, walk = through.step, through.walk
    name = item_name(through.item) if through.item else walk.subject.account
    parts = [f"{through.procedure.title} ({through.procedure.id})", name]
    if through.now is not None:
        parts.append(formats.instant_with_zone(through.now))
    yield " · ".join(parts)
    if walk.ended is not None:
        yield _("It has ended: {reason}").format(reason=walk.reason or "")
        return
    yield _("Step {n} of {steps}: {title}").format(
        n=through.position + 1, steps=len(through.steps), title=step.title
    )
    if through.status.reason:
        yield _(STEPS[through.status.status]).format(reason=through.status.reason)
    for error in through.data_errors:
        yield _labelled(_("Data error"), labels.data_error(error))
    yield _labelled(_("Where"), step.where)
    yield _labelled(_("Page"), step.page)
    yield step.does
    if step.carry:
        first, *more = step.carry.rstrip().split("\n")
        yield _labelled(_("Copy"), "" if more else first).rstrip()
        yield from [first, *more] if more else []
    yield from (note.text for note in step.notes if note.source is None)
    for check in through.checks:
        yield f"[{_(OUTCOMES[check.outcome.value])}] {check_text(check)}"
    for source, clauses in group_by_source(step.clauses).items():
        yield _labelled(_("Source"), f"{labels.source_and_date(source)} · {' '.join(clauses)}")
        yield source.url
    for note in step.notes:
        if note.source is not None:
            yield note.text
            yield "  " + _labelled(labels.source_and_date(note.source), note.source.url)


def check_text(check: Check) -> str:
    """The check in words, with the procedure to follow instead, or first."""
    return f"{check.sentence} → {check.procedure}" if check.procedure else check.sentence


def _labelled(label: str, text: str) -> str:
    return _("{label}: {text}").format(label=label, text=text)
