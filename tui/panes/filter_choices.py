"""The choices of "Show only": everything, what needs attention, one severity or one state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from store.i18n import _
from store.rules.severity import Severity
from store.rules.standing import State
from tui.panes.filter_fields import ATTENTION
from tui.panes.instances import INSTANCES
from tui.panes.journal import PAYMENTS
from tui.panes.licenses import LICENSES
from tui.panes.pane import Pane
from tui.panes.plans import PLANS
from tui.text import labels, payment_text


class FilterChoice(Struct, frozen=True):
    """A choice, and the filter term for it: a field's key and a word; "": no term."""

    label: str
    column: str = ""
    word: str = ""


_STATES: Mapping[str, tuple[State, ...]] = {
    INSTANCES.id: (
        State.RUNNING, State.GRACE, State.OVERDUE, State.STOPPED, State.RESTORING, State.RELEASED,
        State.EXPIRED, State.AT_RISK, State.UNKNOWN, State.MISSING,
    ),
    LICENSES.id: (State.ACTIVE, State.EXPIRED, State.UNBOUND, State.MISSING),
    PLANS.id: (State.ACTIVE, State.PENDING, State.USED_UP, State.EXPIRED, State.MISSING),
}  # fmt: skip


def choices_of(pane: Pane) -> Iterator[FilterChoice]:
    """The pane's choices: everything, what needs attention, each severity, each possible state."""
    yield FilterChoice(_("everything"))
    yield FilterChoice(_("only what needs attention"), "severity", _(ATTENTION))
    for severity in Severity:
        word = _(labels.SEVERITIES[severity])
        yield FilterChoice(_("only {word}").format(word=word), "severity", word)
    states = [_(labels.STATES[state]) for state in _STATES.get(pane.id, ())]
    if pane.id == PAYMENTS.id:
        states = [_(text) for text in payment_text.PAYMENTS.values()]
    for word in dict.fromkeys(states):
        yield FilterChoice(_("state: only {word}").format(word=word), "state", word)
