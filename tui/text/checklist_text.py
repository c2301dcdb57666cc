"""The checklist of a real account as text: each topic with its state, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from store.diagnosis.findings import Verdict
from store.diagnosis.setup_checks import TOPICS, Check, count_open
from store.i18n import _, counted

SIGNS = {Verdict.FINE: "✓", Verdict.NOTE: "·", Verdict.MEND: "!", Verdict.UNKNOWN: "?"}


def heading(checks: Sequence[Check]) -> str:
    """The number of open steps, or that there are none."""
    steps_left = count_open(checks)
    if not steps_left:
        return _("Everything is set up.")
    return counted("{n} step left", "{n} steps left", steps_left)


def what_to_do(check: Check, name_of: Callable[[str], str]) -> str:
    """The commands to run, named by `name_of`, or what to do outside the program; "" if nothing."""
    if check.verdict is Verdict.FINE:
        return ""
    return "  ".join(map(name_of, check.commands)) or check.todo


def checklist_lines(checks: Sequence[Check], name_of: Callable[[str], str]) -> Iterator[str]:
    """The checklist for line mode."""
    yield heading(checks)
    for check in checks:
        label = _("{label}: {text}").format(label=_(TOPICS[check.topic]), text=check.text)
        yield f"{SIGNS[check.verdict]} {label}"
        if todo := what_to_do(check, name_of):
            yield f"  → {todo}"
