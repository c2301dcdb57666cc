"""Ends a walk-through, and shows the outcome with the state before and after."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from store import formats
from store.i18n import _
from store.items.overview import Overview
from store.models import Kind
from store.walkthroughs.proof import Proof
from store.walkthroughs.stepping import finish_walk
from store.walkthroughs.view import Walkthrough
from store.walkthroughs.walk import Walk
from tui.actions.prompter import Prompter
from tui.prompts import Line, Message, outcome
from tui.text import labels


async def end_walk(
    prompter: Prompter, through: Walkthrough, proof: Proof, overview: Overview | None = None
) -> None:
    """End the walk-through by its proof, and show the outcome. `overview`: the present account, if
    already read."""
    outer = await prompter.in_store(lambda session: finish_walk(session, through.walk, proof))
    await _tell_outcome(prompter, proof, outer, overview)


async def leave_ended(prompter: Prompter, walk: Walk, outer: Walk | None) -> None:
    """Show the outcome of a walk-through that has ended as done, and leave it."""
    proof = Proof(
        walk.procedure, walk.subject.item_id, is_shown=True, sentence=walk.reason or "", since=None,
        before=walk.before, after=walk.after,
    )  # fmt: skip
    await _tell_outcome(prompter, proof, outer)


async def _tell_outcome(
    prompter: Prompter, proof: Proof, outer: Walk | None, overview: Overview | None = None
) -> None:
    """Show the outcome, then leave for the walk-through that waits, if there is one."""
    prompter.data_changed(overview)
    lines: list[Line] = list(outcome(proof.sentence))
    if changes := _before_and_after(proof):
        lines += ["", *changes]
    await prompter.tell(Message(_("Done"), lines))
    await prompter.leave_walk(outer)


def _before_and_after(proof: Proof) -> list[str]:
    """What has changed besides the end, which the sentence tells."""
    before, after = proof.before or {}, proof.after or {}
    lines = []
    for name, label, text_of in (
        ("kind", _("Kind"), _kind_text),
        ("balance", _("Balance"), _balance_text),
    ):
        was, now = before.get(name), after.get(name)
        if was != now and now is not None:
            change = f"{text_of(was) if was else '—'} → {text_of(now)}"
            lines.append(_("{label}: {text}").format(label=label, text=change))
    return lines


def _kind_text(value: str) -> str:
    return _(labels.KINDS[Kind(value)])


def _balance_text(value: Mapping[str, str]) -> str:
    available = formats.amount(Decimal(value["available"]), value["currency"])
    owed = Decimal(value["owed"])
    if not owed:
        return available
    in_words = _("owed {amount}").format(amount=formats.amount(owed))
    return formats.with_aside(available, in_words)
