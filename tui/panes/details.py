"""Lays out an item's page: its facts, its timeline, its payments, and the rules that apply."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.content import Content

from store import formats
from store.i18n import _
from store.items.assessment import Assessment
from store.payments.payment import Payment
from store.rules.clauses import CLAUSES, Clause, group_by_source
from store.rules.standing import State
from store.sanitize import plain
from tui.panes.item_facts import item_facts
from tui.panes.plans import share_bar
from tui.prompts import Fact
from tui.snapshot import Snapshot
from tui.text import labels, payment_text
from tui.text.cells import address, cells, hang_content, padded, plain_content
from tui.text.tones import Tone
from tui.widgets.timeline import TimelineEvent, timeline_lines

LABEL_WIDTH = 14
CLAUSE_WIDTH = 7
BAR_WIDTH = 30
"""Cells of the bar that shows the rest of a plan."""


def detail_lines(assessment: Assessment, snapshot: Snapshot, width: int) -> list[Content]:
    """The lines about an item, each at most `width` cells wide."""
    now = snapshot.overview.now
    drawn_bar = partial(share_bar, width=min(BAR_WIDTH, max(4, width // 2 - LABEL_WIDTH // 2)))
    facts = item_facts(assessment, snapshot.overview, snapshot.annotations, drawn_bar)
    lines = [line for fact in facts for line in _fact(fact, width)]
    if now is not None and (events := _events(assessment)):
        lines += [Content(""), *timeline_lines(events, formats.local(now), width)]
    lines += _payments(assessment, snapshot, width)
    return [*lines, *_rules(assessment, width)]


def _fact(fact: Fact, width: int) -> list[Content]:
    style = "$warning" if fact.is_warning else ""
    head = padded(plain(fact.label), LABEL_WIDTH)
    return hang_content(
        Content.styled(head, "bold"), plain_content(fact.text, style), cells(head), width
    )


def _events(assessment: Assessment) -> list[TimelineEvent]:
    """The end, the next state and the deletion of the data, as far as they are known."""
    item, standing = assessment.item, assessment.standing
    events: list[TimelineEvent] = []
    if item.ends_at is not None:
        events.append(TimelineEvent(item.ends_at, _end_label(assessment), _tone(assessment)))
    following = standing.next
    if following is not None and following.at not in {item.ends_at, standing.data_lost_at}:
        events.append(
            TimelineEvent(following.at, _(labels.STATES[following.state]), _tone(assessment))
        )
    if standing.data_lost_at is not None:
        events.append(TimelineEvent(standing.data_lost_at, _("data deleted"), "critical"))
    return events


def _end_label(assessment: Assessment) -> str:
    if assessment.standing.data_lost_at is not None:
        return _("ends, stops")
    return _("ends")


def _tone(assessment: Assessment) -> Tone:
    return "warning" if assessment.standing.state is State.RUNNING else "critical"


def _payments(assessment: Assessment, snapshot: Snapshot, width: int) -> list[Content]:
    """This program's payments for the item under a heading, the latest first; empty without any."""
    ids = {assessment.item.id, assessment.item.instance_id} - {""}
    lines: list[Content] = []
    for payment in snapshot.payments:
        if payment.instance_id in ids:
            when = formats.instant(payment.created_at, snapshot.overview.now)
            head = padded(when, LABEL_WIDTH)
            text = plain_content(_payment(payment))
            lines += hang_content(Content.styled(head, "bold"), text, cells(head), width)
    return [Content(""), Content.styled(_("Payments"), "bold"), *lines] if lines else []


def _payment(payment: Payment) -> str:
    return " · ".join((
        _(payment_text.OPERATIONS[payment.operation.value]),
        labels.months(payment.months),
        payment_text.price_or_unquoted(payment.quoted, payment.currency),
        _(payment_text.PAYMENTS[payment.state.value]),
    ))  # fmt: skip


def _rules(assessment: Assessment, width: int) -> Iterator[Content]:
    """The rules that apply, under their documents, with remarks from other pages and their
    dates."""
    sources = group_by_source(assessment.standing.clauses)
    yield Content("")
    if not sources:
        yield from Content(
            _("No document has a rule for this item; only its dates are known.")
        ).wrap(width)
    for position, (source, clauses) in enumerate(sources.items()):
        if position:
            yield Content("")
        yield from Content.styled(labels.source_and_date(source), "bold").wrap(width)
        yield address(source.url, style="$text-muted")
        for clause_id in clauses:
            yield from _rule(CLAUSES[clause_id], width)


def _rule(clause: Clause, width: int) -> Iterator[Content]:
    head = Content.styled(f"{clause.id:<{CLAUSE_WIDTH}}", "bold")
    yield from hang_content(head, plain_content(_(clause.says)), CLAUSE_WIDTH, width)
    for remark in clause.remarks:
        text = plain_content(f"{_(remark.text)} ")
        if remark.source is not None:
            cited = address(remark.source.url, labels.source_and_date(remark.source), "$text-muted")
            text = Content.assemble(text, cited)
        yield from hang_content(Content(" " * CLAUSE_WIDTH), text, CLAUSE_WIDTH, width)
