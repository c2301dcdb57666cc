"""The present step of a walk-through in plain lines, with its document and date."""

from __future__ import annotations

from collections.abc import Iterator

from store.i18n import N_, _
from store.walkthroughs.view import Walkthrough
from tui.text import labels
from tui.text.formats import day

OUTCOMES = {
    "ok": N_("ok"),
    "warn": N_("warning"),
    "stop": N_("stop"),
    "unknown": N_("unknown"),
}
"""How a check came out (`store.walkthroughs.checks.Outcome`), by its word."""


def step_lines(through: Walkthrough) -> Iterator[str]:
    """The present step as lines, with its document and date; of one that has ended, why."""
    step, source = through.step, through.procedure.source
    name = labels.called(through.item) if through.item else through.walk.subject.account
    yield f"{through.procedure.title} ({through.procedure.id}) · {name}"
    if through.walk.ended:
        yield _("It has ended: {reason}").format(reason=through.walk.reason or "")
        return
    yield _("Step {n} of {steps}: {title}").format(
        n=through.position + 1, steps=len(through.procedure.steps), title=step.title
    )
    yield _labelled(_("Where"), step.where)
    yield _labelled(_("Page"), step.page)
    yield step.does
    if step.carry:
        yield from (_labelled(_("Copy"), line) for line in step.carry.split("\n") if line)
    yield from step.notes
    if through.position == 0:
        yield from (
            f"[{_(OUTCOMES[check.outcome.value])}] {check.sentence}" for check in through.checks
        )
    dated = _(", ").join((source.document, day(source.date)))
    told = f"{dated} · {' '.join(step.clauses)}"
    yield _labelled(_("Source"), told)
    yield source.url


def _labelled(label: str, text: str) -> str:
    return _("{label}: {text}").format(label=label, text=text)
