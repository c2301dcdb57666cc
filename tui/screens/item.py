"""An item's page: its facts, its way through time, the rules it stands under, the remedies."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from store import formats
from store.i18n import _
from store.items.assessment import Assessment
from store.rules.clauses import CLAUSES, Clause, by_source
from store.rules.standing import State
from tui.commands.registry import bindings
from tui.commands.table import Scope
from tui.panes.item_facts import item_facts
from tui.panes.plans import bar
from tui.prompts import Fact
from tui.screens.item_commands import ON_AN_ITEM, ItemCommands
from tui.snapshot import Snapshot
from tui.text import labels
from tui.text.cells import address, content, padded, plain
from tui.text.tones import Tone
from tui.widgets.timeline import Event, Timeline

LABEL = 14
BURN = 30
"""Cells of the bar of what is left."""


class ItemScreen(ItemCommands):
    """Everything about one item, with its sources."""

    SCOPE: ClassVar[Scope] = "item"
    BINDINGS: ClassVar[list[BindingType]] = bindings("item")
    AUTO_FOCUS = "#item"
    DEFAULT_CSS = """
    ItemScreen {
        #item { border: round $border-blurred; padding: 0 1; height: 1fr; }
        #item:focus { border: round $border; }
        #item Static { height: auto; }
    }
    """

    def __init__(self, item_id: str) -> None:
        super().__init__()
        self.item_id = item_id

    def middle(self) -> ComposeResult:
        with VerticalScroll(id="item"):
            yield Static(id="facts")
            yield Timeline(id="timeline")
            yield Static(id="rules")

    def show(self, snapshot: Snapshot) -> None:
        assessment = snapshot.overview.of_id(self.item_id)
        page = self.query_one("#item")
        if assessment is None or snapshot.overview.now is None:
            page.border_title = content(self.item_id)
            self.query_one("#facts", Static).update(_("This item is no longer listed."))
            return
        page.border_title = content(labels.called(assessment.item))
        annotations = snapshot.annotations
        facts = item_facts(assessment, snapshot.overview, annotations, partial(bar, width=BURN))
        lines = [*map(_drawn, facts), Content("")]
        self.query_one("#facts", Static).update(Content("\n").join(lines))
        self.query_one(Timeline).show(_events(assessment), formats.local(snapshot.overview.now))
        self.query_one("#rules", Static).update(Content("\n").join(_rules(assessment)))

    def off(self) -> dict[str, str]:
        reasons = super().off()
        assessment = self.current()
        if assessment is None and self.snapshot is not None:
            for each in (*ON_AN_ITEM, "walk"):
                reasons[each] = _("the item is no longer listed")
        return reasons

    def current(self) -> Assessment | None:
        """The item as the snapshot has it."""
        return self.snapshot.overview.of_id(self.item_id) if self.snapshot else None


def _drawn(fact: Fact) -> Content:
    value = Content.styled(plain(fact.text), "$warning") if fact.is_warning else content(fact.text)
    return Content.assemble((padded(fact.label, LABEL), "bold"), value)


def _events(assessment: Assessment) -> list[Event]:
    """now → ends → stops → data lost, as far as the rules know."""
    item, standing = assessment.item, assessment.standing
    events: list[Event] = []
    if item.ends_at is not None:
        events.append(Event(item.ends_at, _end_label(assessment), _tone(assessment)))
    following = standing.next
    if following is not None and following.at not in {item.ends_at, standing.data_lost_at}:
        events.append(Event(following.at, _(labels.STATES[following.state]), _tone(assessment)))
    if standing.data_lost_at is not None:
        events.append(Event(standing.data_lost_at, _("data deleted"), "critical"))
    return events


def _end_label(assessment: Assessment) -> str:
    if assessment.standing.data_lost_at is not None:
        return _("ends, stops")
    return _("ends")


def _tone(assessment: Assessment) -> Tone:
    return "warning" if assessment.standing.state is State.RUNNING else "critical"


def _rules(assessment: Assessment) -> list[Content]:
    """Each rule under its document, with what other pages add, each with its own date."""
    lines: list[Content] = []
    for source, clauses in by_source(assessment.standing.clauses).items():
        document = Content.styled(labels.cited(source), "bold")
        lines += [Content(""), document, address(source.url, style="$text-muted")]
        for clause_id in clauses:
            lines += _rule(CLAUSES[clause_id])
    if lines:
        return lines
    return [Content(""), Content(_("No document has a rule for it; only its dates are known."))]


def _rule(clause: Clause) -> list[Content]:
    lines = [Content.assemble((f"{clause.id:<7}", "bold"), content(_(clause.says)))]
    for remark in clause.remarks:
        words = content(f"{' ' * 7}{_(remark.text)} ")
        if remark.source is not None:
            cited = address(remark.source.url, labels.cited(remark.source), "$text-muted")
            words = Content.assemble(words, cited)
        lines.append(words)
    return lines
