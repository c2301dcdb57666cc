"""The pane of VOD resource plans: what remains of each, and how long it lasts."""

from __future__ import annotations

from collections.abc import Iterator

from store import formats
from store.i18n import N_
from store.items.names import item_name
from store.models import Kind, ResourcePlan
from store.money import format_quantity
from store.rules.vod import remaining_of_type
from tui.panes import filter_fields as fields
from tui.panes.annotations import filter_values, with_snooze
from tui.panes.pane import NO_INSTANT, Pane, sortable_row
from tui.snapshot import Snapshot
from tui.text import labels
from tui.widgets.columns import Column
from tui.widgets.rows import Row

BAR_WIDTH = 10


def _rows(snapshot: Snapshot) -> Iterator[Row]:
    overview = snapshot.overview
    if overview.now is None or overview.facts is None:
        return
    for assessment in snapshot.undated:
        plan = assessment.item
        if isinstance(plan, ResourcePlan):
            event = assessment.standing.next
            plans = overview.facts.plans_by_type.get(plan.type, ())
            left = remaining_of_type(plan, plans, overview.now)
            plain_row = sortable_row(
                plan.id,
                (
                    item_name(plan),
                    plan.type,
                    labels.state(assessment),
                    (f"{rounded_remaining(plan)} {plan.unit}", plan.remaining),
                    (share_bar(plan), plan.remaining / plan.total if plan.total else 0),
                    (
                        formats.countdown(event.at, overview.now) if event else "",
                        event.at.timestamp() if event else NO_INSTANT,
                    ),
                    labels.consequence(assessment),
                    (formats.day(plan.ends_at), plan.ends_at.timestamp()),
                    (f"{format_quantity(left)} {plan.unit}", left),
                    (formats.amount(plan.price), -1 if plan.price is None else plan.price),
                ),
                labels.tone(assessment),
                filter_values(assessment, snapshot),
            )
            yield with_snooze(plain_row, plan, snapshot, column=6)


def rounded_remaining(plan: ResourcePlan) -> str:
    """The remaining quantity with two decimals, rounded down."""
    hundredths = int(plan.remaining * 100)
    return f"{hundredths // 100:,}.{hundredths % 100:02}"


def share_bar(plan: ResourcePlan, width: int = BAR_WIDTH) -> str:
    """The remaining share as a bar and as a percentage: `███······· 31%`."""
    share = plan.remaining / plan.total if plan.total else 0
    full = -int(-share * width // 1)
    return f"{'█' * full}{'·' * (width - full)} {int(share * 100):3}%"


PLANS = Pane(
    id="plans",
    title=N_("Resource plans"),
    columns=(
        Column("name", N_("Plan"), 14, weight=2, max_width=30),
        Column("type", N_("Type"), 11, priority=5),
        Column("state", N_("State"), 13, toned=True),
        Column("left", N_("Remaining"), 14, align="right", priority=2),
        Column("share", N_("Share"), 15, priority=3),
        Column("next", N_("Next"), 24, priority=1),
        Column("what", N_("What happens"), 20, weight=2, max_width=42, priority=4, preferred=28),
        Column("ends", N_("Ends"), 11, priority=6),
        Column("of_type", N_("Remaining of its type"), 16, align="right", priority=8),
        Column("price", N_("Price"), 10, align="right", priority=7),
    ),
    fields=(
        fields.NAME, fields.INSTANCE_ID, fields.TYPE, fields.STATE, fields.SEVERITY, fields.ENDS,
        fields.COST, fields.OWNER, fields.NOTE,
    ),
    rows=_rows,
    count=lambda snapshot: len(snapshot.undated_of({Kind.PLAN})),
    empty=N_("No resource plans."),
    short=N_("Plans"),
    keys=("open", "walk", "mark"),
)  # fmt: skip
