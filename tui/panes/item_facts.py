"""The facts of an item as labels and values, for its page and for line mode."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from store import formats
from store.annotations.load import Annotations
from store.clouds.account_details import LastBill
from store.export.ics import first_attempt
from store.i18n import _
from store.items.assessment import Assessment
from store.items.names import item_name
from store.items.overview import Overview
from store.items.remedy_cost import is_bound_next, remedy_cost
from store.items.spare_licenses import spare_for
from store.models import License, ResourcePlan
from store.money import format_quantity
from store.rules.vod import used_up_at
from tui.prompts import Fact
from tui.text import labels
from tui.text.details import detail_facts

Bar = Callable[[ResourcePlan], str]


def item_facts(
    assessment: Assessment, overview: Overview, annotations: Annotations, bar: Bar | None = None
) -> list[Fact]:
    """The facts and annotations of an item. `bar`: draws the rest of a plan; None: as text only."""
    item, now = assessment.item, overview.now
    facts = [
        Fact(_("Kind"), _(labels.KINDS[item.kind])),
        Fact(_("Instance ID"), item.instance_id or _("empty")),
        Fact(
            _("State"), f"{labels.state(assessment)} · {_(labels.SEVERITIES[assessment.severity])}"
        ),
    ]
    if item.region:
        facts.append(Fact(_("Region"), item.region))
    if item.ends_at:
        facts.append(Fact(_("Ends"), formats.countdown(item.ends_at, now)))
    if isinstance(item, License):
        facts += _license_facts(item, assessment, overview)
    if isinstance(item, ResourcePlan):
        facts += _plan_facts(item, now, bar)
    price = getattr(item, "monthly_price", None)
    currency = overview.balance.currency if overview.balance else ""
    if hasattr(item, "monthly_price"):
        facts.append(Fact(_("Monthly price"), formats.amount(price, currency)))
    facts += last_bill_facts(overview.bill_of(item.instance_id))
    if hasattr(item, "auto_renewal_months"):
        facts.append(Fact(_("Auto-renewal"), _auto_renewal(assessment, now)))
    if assessment.standing.covered:
        facts.append(Fact(_("Covered"), _("another one takes over; nothing to do")))
    facts += [Fact(label, text) for label, text in detail_facts(assessment, now)]
    for error in assessment.standing.data_errors:
        facts.append(Fact(_("Data error"), labels.data_error(error), is_warning=True))
    facts.append(Fact(_("To do"), _to_do(assessment, overview)))
    return [*facts, *_annotation_facts(assessment, overview, annotations)]


def _to_do(assessment: Assessment, overview: Overview) -> str:
    """The remedy with its procedure, or a dash."""
    remedy = assessment.standing.remedy
    if remedy is None:
        return "—"
    word = _("bind") if is_bound_next(assessment, overview) else _(labels.REMEDIES[remedy])
    return f"{word} ({remedy})"


def last_bill_facts(bill: LastBill | None) -> list[Fact]:
    """The last bill: its product, and its amount as an estimate of the price."""
    if bill is None:
        return []
    product = " · ".join(name for name in (bill.product, bill.commodity) if name)
    facts = [Fact(_("Billed as"), product)] if product else []
    if bill.amount is not None:
        price = formats.amount(bill.amount, bill.currency)
        if bill.months:
            price = _("{amount} for {term}").format(amount=price, term=labels.months(bill.months))
        text = _("{price} in {month}, as an estimate").format(price=price, month=bill.month)
        facts.append(Fact(_("Last bill"), text))
    return facts


def _auto_renewal(assessment: Assessment, now: datetime | None) -> str:
    """The term of auto-renewal, whether the balance covers it, and when it pays first."""
    text, first = labels.auto_renewal_in_full(assessment), first_attempt(assessment)
    if first is None or now is None or first <= now:
        return text
    return _("{text}; first paid {moment}").format(text=text, moment=formats.countdown(first, now))


def _annotation_facts(
    assessment: Assessment, overview: Overview, annotations: Annotations
) -> list[Fact]:
    """The owner, the note and the snooze of the item."""
    note, snooze = annotations.note(assessment.item), annotations.snooze(assessment.item)
    facts = []
    if note.owner:
        facts.append(Fact(_("Owner"), note.owner))
    if note.note:
        first, *rest = note.note.splitlines()
        facts += [Fact(_("Note"), first), *(Fact("", line) for line in rest)]
    if snooze is not None:
        until = formats.countdown(snooze.until, overview.now)
        text = _("until {moment}: {reason}").format(moment=until, reason=snooze.reason)
        facts.append(Fact(_("Snoozed"), text))
    return facts


def _license_facts(item: License, assessment: Assessment, overview: Overview) -> list[Fact]:
    facts = [
        Fact(_("Application"), item.application or _("not bound")),
        Fact(_("Package"), item.package or "—"),
        Fact(_("SDKs"), formats.joined(item.sdks)),
    ]
    if assessment.standing.remedy == "P-LIC-RENEW":
        facts.append(Fact(_("Renewal"), _covered(item, overview)))
        cost = remedy_cost(assessment, overview)
        if cost is not None and cost.months is not None and overview.balance is not None:
            price = formats.amount(cost.amount, overview.balance.currency)
            term = labels.months(cost.months)
            text = _("{amount} for {term}").format(amount=price, term=term)
            facts.append(Fact("", text))
    spare = spare_for(assessment, overview.items.undated if overview.items else ())
    if spare is not None:
        text = _("{id}, unbound, ends {day}: bind it before buying one")
        day = formats.day(spare.ends_at, overview.now)
        facts.append(Fact(_("Spare license"), text.format(id=spare.id, day=day)))
    return facts


def _covered(item: License, overview: Overview) -> str:
    """The licenses of the whole order with their SDKs, which are renewed together (LIC-3)."""
    order = (assessment.item for assessment in overview.of_instance(item.instance_id))
    licenses = [
        f"{item_name(license_)} ({formats.joined(license_.sdks)})"
        for license_ in order
        if isinstance(license_, License)
    ]
    if len(licenses) == 1:
        return _("covers {licenses}").format(licenses=licenses[0])
    whole = _("covers the whole order {id}: {licenses}")
    return whole.format(id=item.instance_id, licenses=formats.joined(licenses))


def _plan_facts(item: ResourcePlan, now: datetime | None, bar: Bar | None) -> list[Fact]:
    per_day = _("unknown") if item.used_per_day is None else format_quantity(item.used_per_day)
    used_up = used_up_at(item, now) if now is not None and item.remaining else None
    if item.remaining and used_up is None:
        rate_text = _("use-up date unknown")
    elif used_up is None:
        rate_text = _("used up")
    elif used_up < item.ends_at:
        rate_text = _("used up on {day} at this rate").format(day=formats.day(used_up))
    else:
        rate_text = _("some will be left at its end at this rate")
    return [
        Fact("", f"{bar(item)} · {rate_text}" if bar else rate_text),
        Fact(_("Type"), item.type),
        Fact(
            _("Remaining"),
            _("{left} of {total} {unit}").format(
                left=format_quantity(item.remaining),
                total=format_quantity(item.total),
                unit=item.unit,
            ),
        ),
        Fact(_("Used per day"), f"{per_day} {item.unit}"),
    ]
