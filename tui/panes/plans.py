"""The VOD resource plans: what is left of each, and until when it lasts."""

from __future__ import annotations

from collections.abc import Iterator

from store.i18n import N_
from store.models import ResourcePlan
from store.money import format_quantity
from store.rules.vod import remaining_of_type
from tui.panes.annotations import with_own
from tui.panes.pane import Cell, Pane, Record
from tui.snapshot import Snapshot
from tui.text import labels
from tui.widgets.columns import Column

BAR = 10


def _records(snapshot: Snapshot) -> Iterator[Record]:
    overview = snapshot.overview
    if overview.now is None or overview.facts is None:
        return
    for seen in snapshot.undated:
        item = seen.item
        if isinstance(item, ResourcePlan):
            coming = seen.standing.next
            plans = overview.facts.plans_by_type.get(item.type, ())
            left = remaining_of_type(item, plans, overview.now)
            found = Record(
                item.id,
                (
                    Cell(labels.called(item)),
                    Cell(item.type),
                    Cell(labels.state(seen)),
                    Cell(f"{rounded(item)} {item.unit}", item.remaining),
                    Cell(bar(item), item.remaining / item.total if item.total else 0),
                    Cell(
                        labels.instant(coming.at, overview.now) if coming else "",
                        coming.at.timestamp() if coming else float("inf"),
                    ),
                    Cell(labels.consequence(seen)),
                    Cell(labels.day(item.ends_at), item.ends_at.timestamp()),
                    Cell(f"{format_quantity(left)} {item.unit}", left),
                    Cell(labels.amount(item.price), -1 if item.price is None else item.price),
                ),
                labels.tone(seen),
            )
            yield with_own(found, item, snapshot, told_in=6)


def rounded(plan: ResourcePlan) -> str:
    """What is left, to two decimals, rounded down."""
    hundredths = int(plan.remaining * 100)
    return f"{hundredths // 100:,}.{hundredths % 100:02}"


def bar(plan: ResourcePlan, width: int = BAR) -> str:
    """What is left as a bar with its share: `███·······  31%`."""
    share = plan.remaining / plan.total if plan.total else 0
    full = -int(-share * width // 1)
    return f"{'█' * full}{'·' * (width - full)} {int(share * 100):3}%"


PLANS = Pane(
    "plans",
    N_("Resource plans"),
    (
        Column("name", N_("Plan"), 14, weight=2, most=30),
        Column("type", N_("Type"), 11, priority=5),
        Column("state", N_("State"), 13, toned=True),
        Column("left", N_("Remaining"), 14, align="right", priority=2),
        Column("share", N_("Share"), 15, priority=3),
        Column("next", N_("Next"), 24, priority=1),
        Column("what", N_("What happens"), 20, weight=2, most=42, priority=4),
        Column("ends", N_("Ends"), 11, priority=6),
        Column("of_type", N_("Remaining of its type"), 16, align="right", priority=8),
        Column("price", N_("Price"), 10, align="right", priority=7),
    ),
    _records,
    N_("No resource plans."),
    N_("Plans"),
)
