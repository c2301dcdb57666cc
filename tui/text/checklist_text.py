"""The checklist of a real account in words: what each line is about, and what does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from store.diagnosis.setup_checks import TOPICS, Check, State, count_open
from store.i18n import _, counted

SIGNS = {State.FINE: "✓", State.NOTE: "·", State.MEND: "!", State.UNKNOWN: "?"}


def heading(checks: Sequence[Check]) -> str:
    """How much is open."""
    left = count_open(checks)
    if not left:
        return _("Everything is set up.")
    return counted("{n} step left", "{n} steps left", left)


def what_to_do(check: Check, name_of: Callable[[str], str]) -> str:
    """The commands that do it, by their IDs in the words of `name_of`, or what is done outside the
    program; nothing where all is well."""
    if check.state is State.FINE:
        return ""
    return "  ".join(map(name_of, check.commands)) or check.todo


def checklist_lines(checks: Sequence[Check], name_of: Callable[[str], str]) -> Iterator[str]:
    """The checklist on plain lines."""
    yield heading(checks)
    for check in checks:
        label = _("{label}: {text}").format(label=_(TOPICS[check.topic]), text=check.text)
        yield f"{SIGNS[check.state]} {label}"
        if todo := what_to_do(check, name_of):
            yield f"  → {todo}"
