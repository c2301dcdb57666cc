"""An item's page: its facts, its way through time, the rules it stands under, the remedies."""

from __future__ import annotations

from datetime import datetime, time
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from store.clouds.account_details import LastBill
from store.export.ics import first_paid
from store.i18n import _
from store.items.assessment import Assessment
from store.models import License, ResourcePlan
from store.money import format_quantity
from store.rules.clauses import CLAUSES, Clause
from store.rules.standing import State
from store.rules.vod import used_up_at
from store.times import BEIJING
from tui.cells import address, content, padded
from tui.commands import Place, bindings
from tui.panes.plans import bar
from tui.screens.item_commands import ItemCommands
from tui.snapshot import Snapshot
from tui.text import formats, labels
from tui.text.details import detail_facts
from tui.text.tones import Tone
from tui.widgets.timeline import Event, Timeline

LABEL = 14
BURN = 30
"""Cells of the bar of what is left."""


class ItemScreen(ItemCommands):
    """Everything about one item, with its sources."""

    PLACE: ClassVar[Place] = "item"
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

    @property
    def seen(self) -> Assessment | None:
        """The item as the snapshot has it."""
        return self.snapshot.seen(self.item_id) if self.snapshot else None

    def show(self, snapshot: Snapshot) -> None:
        seen = snapshot.seen(self.item_id)
        page = self.query_one("#item")
        if seen is None or snapshot.overview.now is None:
            page.border_title = content(self.item_id)
            self.query_one("#facts", Static).update(_("It is no longer known."))
            return
        page.border_title = content(labels.called(seen.item))
        self.query_one("#facts", Static).update(Content("\n").join(_facts(seen, snapshot)))
        self.query_one(Timeline).show(_events(seen), labels.local(snapshot.overview.now))
        self.query_one("#rules", Static).update(Content("\n").join(_rules(seen)))

    def off(self) -> dict[str, str]:
        reasons = super().off()
        seen = self.seen
        if seen is None and self.snapshot is not None:
            for each in ("renew", "auto", "copy", "walk", "say", "accept", "snooze", "note"):
                reasons[each] = _("the item is no longer known")
        elif seen is not None and not seen.item.instance_id:
            for each in ("copy", "say"):
                reasons.setdefault(each, _("it has no Instance ID"))
        return reasons

    def current(self) -> Assessment | None:
        return self.seen


def _fact(label: str, text: str, tone: str = "") -> Content:
    value = Content.styled(content(text).plain, tone) if tone else content(text)
    return Content.assemble((padded(label, LABEL), "bold"), value)


def _facts(seen: Assessment, snapshot: Snapshot) -> list[Content]:
    item, now = seen.item, snapshot.overview.now
    lines = [
        _fact(_("Kind"), _(labels.KINDS[item.kind])),
        _fact(_("Instance ID"), item.instance_id or _("empty")),
        _fact(_("State"), f"{labels.state(seen)} · {_(labels.SEVERITIES[seen.severity])}"),
    ]
    if item.region:
        lines.append(_fact(_("Region"), item.region))
    if item.ends_at:
        lines.append(_fact(_("Ends"), labels.instant(item.ends_at, now)))
    if isinstance(item, License):
        lines += _license_facts(item, snapshot)
    if isinstance(item, ResourcePlan):
        lines += _plan_facts(item, now)
    price = getattr(item, "monthly_price", None)
    currency = snapshot.overview.balance.currency if snapshot.overview.balance else ""
    if hasattr(item, "monthly_price"):
        lines.append(_fact(_("Price a month"), labels.amount(price, currency)))
    lines += _bill_facts(snapshot.overview.bill_of(item.instance_id))
    if hasattr(item, "auto_renewal_months"):
        lines.append(_fact(_("Auto-renewal"), _auto_renewal(seen, now)))
    if seen.standing.covered:
        lines.append(_fact(_("Covered"), _("another one takes over; nothing needs to be done")))
    lines += [_fact(label, text) for label, text in detail_facts(seen, now)]
    for error in seen.standing.data_errors:
        lines.append(_fact(_("Data error"), labels.data_error(error), "$warning"))
    remedy = seen.standing.remedy
    lines.append(_fact(_("To do"), f"{_(labels.REMEDIES[remedy])} ({remedy})" if remedy else "—"))
    return [*lines, *_own_facts(seen, snapshot), Content("")]


def _bill_facts(bill: LastBill | None) -> list[Content]:
    """What it was last billed: its product, and a price that is an estimate for now."""
    if bill is None:
        return []
    product = " · ".join(name for name in (bill.product, bill.commodity) if name)
    lines = [_fact(_("Billed as"), product)] if product else []
    if bill.amount is not None:
        price = labels.amount(bill.amount, bill.currency)
        if bill.months:
            price = _("{amount} for {term}").format(amount=price, term=labels.months(bill.months))
        text = _("{price} in {month}; an estimate for now").format(price=price, month=bill.month)
        lines.append(_fact(_("Last bill"), text))
    return lines


def _auto_renewal(seen: Assessment, now: datetime | None) -> str:
    """Its term, whether the money is there, and on which day it is first paid."""
    told, first = labels.auto_renewal_in_full(seen), first_paid(seen)
    if first is None or now is None or first <= now:
        return told
    return _("{text}; first paid {moment}").format(text=told, moment=labels.instant(first, now))


def _own_facts(seen: Assessment, snapshot: Snapshot) -> list[Content]:
    """What the person keeps of it."""
    note, snooze = snapshot.own.note(seen.item), snapshot.own.snooze(seen.item)
    lines = []
    if note.owner:
        lines.append(_fact(_("Owner"), note.owner))
    if note.note:
        lines.append(_fact(_("Note"), note.note))
    if snooze is not None:
        until = labels.instant(snooze.until, snapshot.overview.now)
        told = _("until {moment}: {reason}").format(moment=until, reason=snooze.reason)
        lines.append(_fact(_("Snoozed"), told))
    return lines


def _license_facts(item: License, snapshot: Snapshot) -> list[Content]:
    lines = [
        _fact(_("Application"), item.application or _("bound to none yet")),
        _fact(_("Package"), item.package or "—"),
        _fact(_("SDKs"), ", ".join(item.sdks)),
    ]
    order = [
        labels.called(one.item)
        for one in snapshot.overview.of_instance(item.instance_id)
        if item.instance_id and one.item.id != item.id
    ]
    if order:
        lines.append(_fact(_("Same order"), ", ".join(order)))
    return lines


def _plan_facts(item: ResourcePlan, now: datetime | None) -> list[Content]:
    per_day = _("not known") if item.used_per_day is None else format_quantity(item.used_per_day)
    gone = used_up_at(item, now) if now is not None and item.remaining else None
    if item.remaining and gone is None:
        burn = _("when it is used up is not known")
    elif gone is None:
        burn = _("used up")
    elif gone < item.ends_at:
        burn = _("used up on {day} at this rate").format(day=labels.day(gone))
    else:
        burn = _("some is left when it ends, at this rate")
    return [
        _fact("", f"{bar(item, BURN)} · {burn}"),
        _fact(_("Type"), item.type),
        _fact(
            _("Remaining"),
            _("{left} of {total} {unit}").format(
                left=format_quantity(item.remaining),
                total=format_quantity(item.total),
                unit=item.unit,
            ),
        ),
        _fact(_("Used a day"), f"{per_day} {item.unit}"),
    ]


def _events(seen: Assessment) -> list[Event]:
    """now → ends → stops → data lost, as far as the rules know."""
    item, standing = seen.item, seen.standing
    events: list[Event] = []
    if item.ends_at is not None:
        events.append(Event(item.ends_at, _end_label(seen), _tone(seen)))
    coming = standing.next
    if coming is not None and coming.at not in {item.ends_at, standing.data_lost_at}:
        events.append(Event(coming.at, _(labels.STATES[coming.state]), _tone(seen)))
    if standing.data_lost_at is not None:
        events.append(Event(standing.data_lost_at, _("data deleted"), "critical"))
    return events


def _end_label(seen: Assessment) -> str:
    if seen.standing.data_lost_at is not None:
        return _("ends, stops")
    return _("ends")


def _tone(seen: Assessment) -> Tone:
    return "warning" if seen.standing.state is State.RUNNING else "critical"


def _rules(seen: Assessment) -> list[Content]:
    lines = [Content("")]
    for clause_id in seen.standing.clauses:
        lines += _rule(CLAUSES[clause_id])
    if not seen.standing.clauses:
        lines.append(Content(_("No rule of the two documents covers it; its dates are shown.")))
    return lines


def _rule(clause: Clause) -> list[Content]:
    lines = [Content.assemble((f"{clause.id:<7}", "bold"), content(_(clause.says)))]
    if clause.newer:
        lines.append(Content.styled(f"       {_(clause.newer)}", "$text-muted"))
    source = clause.source
    told = _(", ").join((source.title, when_dated(clause)))
    lines.append(Content.styled(f"       {told}", "$text-muted"))
    lines.append(" " * 7 + address(source.url, style="$text-muted"))
    return lines


def when_dated(clause: Clause) -> str:
    """`23 Jan 2026`, the date of the clause's document."""
    return formats.day(datetime.combine(clause.source.dated, time(), BEIJING))
