"""Lays out the checklist of a real account: each line with its state and what to press."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from store.diagnosis.findings import Verdict
from store.diagnosis.setup_checks import TOPICS, Check
from store.i18n import _
from tui.commands.registry import command
from tui.text.cells import cells, padded, plain_content
from tui.text.checklist_text import SIGNS, heading, what_to_do

MIN_BESIDE = 30
"""Cells that a text needs beside its label; with less room it goes below the label."""
STYLES = {
    Verdict.FINE: "$success",
    Verdict.NOTE: "$text-muted",
    Verdict.MEND: "bold $error",
    Verdict.UNKNOWN: "bold $warning",
}


def checklist_page(checks: Sequence[Check], width: int) -> list[Content]:
    """The whole checklist for that width in cells."""
    lines = [*Content.styled(heading(checks), "bold").wrap(max(1, width))]
    column = max(cells(_(label)) for label in TOPICS.values()) + 2
    for check in checks:
        lines += _line(check, width, column)
    return lines


def _key_with_label(command_id: str) -> str:
    """`s sync`"""
    named = command(command_id)
    return f"{named.key} {named.title}"


def _line(check: Check, width: int, column: int) -> Iterator[Content]:
    """The mark and the label, the text beside or below it, then what to do."""
    mark = Content.styled(f"{SIGNS[check.verdict]} ", STYLES[check.verdict])
    label = _(TOPICS[check.topic])
    is_beside = width - 2 - column >= MIN_BESIDE
    indent = 2 + column if is_beside else 2
    texts = plain_content(check.text).wrap(max(1, width - indent))
    if todo := what_to_do(check, _key_with_label):
        texts += plain_content(f"→ {todo}", "$accent").wrap(max(1, width - indent))
    if is_beside:
        yield Content.assemble(mark, (padded(label, column), "bold"), texts.pop(0))
    else:
        yield Content.assemble(mark, (label, "bold"))
    for text in texts:
        yield Content.assemble(" " * indent, text)
