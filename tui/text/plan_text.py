"""Texts of the keep-everything plan: its entries, its totals, and its results."""

from __future__ import annotations

from datetime import datetime

from store import formats
from store.i18n import _, counted
from store.items.names import item_name
from store.items.overview import Overview
from store.models import License
from store.payments.plan import Entry, Plan, Totals
from store.payments.results import RenewalOutcome
from store.walkthroughs.procedures import load_procedure
from tui.text import due_text, labels

STAGED, UNSTAGED, PAID, FAILED = "[x]", "[ ]", "✓", "!"
AWAITED = "…"


def title(horizon: int) -> str:
    """`Keep everything · 30 days`"""
    return " · ".join((_("Keep everything"), days(horizon)))


def days(count: int) -> str:
    """`30 days`"""
    return counted("{n} day", "{n} days", count)


def apart_heading() -> str:
    """The heading of the entries that are set apart."""
    return _("Set apart: use their walk-throughs")


def left_out(plan: Plan) -> str:
    """The line for the items beyond the plan's entries."""
    return counted("{n} more ends later", "{n} more end later", plan.left_out)


def mark(entry: Entry) -> str:
    """The mark of an entry: staged or not, or the result of the last attempt."""
    if entry.is_staged:
        return STAGED
    if entry.result is None:
        return UNSTAGED
    return PAID if entry.is_paid else FAILED


def mark_apart(entry: Entry) -> str:
    """The mark of an entry that is set apart: whether an attempt failed."""
    return "" if entry.result is None else FAILED


def term(entry: Entry, overview: Overview) -> str:
    """`12 mo`; for an entry that cannot be renewed, what to do."""
    if not entry.is_renewable:
        return due_text.remedy(entry.assessment, overview)
    return _("{n} mo").format(n=entry.months)


def price(entry: Entry) -> str:
    """`3,600.00`; `…` until the price arrives, `?` if it is unknown, "" if nothing is to be
    paid. An entry that waits for the account's debt only mentions it: another entry has the
    amount."""
    if not entry.is_renewable:
        if entry.cost is None:
            return ""
        if entry.cost.amount is None:
            return _("debt") if entry.cost.is_owed else "?"
        return formats.amount(entry.cost.amount)
    if entry.price is None:
        return AWAITED
    return "?" if entry.price.amount is None else formats.amount(entry.price.amount)


def new_end(entry: Entry, now: datetime | None) -> str:
    """The end after the renewal; for a paid entry, its new end."""
    if entry.result is not None and entry.is_paid:
        return formats.day(entry.result.ends_after, now)
    if entry.is_apart:
        return ""
    ends_at = entry.price.ends_at if entry.price else None
    return formats.day(ends_at, now) if ends_at else ""


def kind(entry: Entry) -> str:
    """The kind of the item; for a license order, the number of its SDKs."""
    sdks = _sdks(entry)
    if not sdks:
        return _(labels.KINDS[entry.assessment.item.kind])
    return counted("{n} SDK", "{n} SDKs", len(sdks))


def _sdks(entry: Entry) -> tuple[str, ...]:
    names = (sdk for item in entry.covers if isinstance(item, License) for sdk in item.sdks)
    return tuple(dict.fromkeys(names))


def consequence_or_result(entry: Entry) -> str:
    """What happens if nobody acts, or the result of the payment."""
    result = entry.result
    if result is not None and not entry.is_staged:
        return _("paid") if entry.is_paid else result.message
    return labels.consequence(entry.assessment)


def entry_description(entry: Entry, now: datetime | None) -> str:
    """The entry in a sentence or two: what a narrow table leaves out, and everything that it
    covers."""
    result = entry.result
    if result is not None and result.outcome is RenewalOutcome.PAID:
        return result.message
    parts = [result.message] if result is not None else [_next(entry, now)]
    auto = entry.assessment.auto_renewal
    if auto is not None and not entry.is_apart:
        term_of_auto = labels.auto_renewal_in_full(entry.assessment)
        parts.append(_("auto-renewal: {term}").format(term=term_of_auto))
    if entry.is_apart:
        reason = entry.price.reason if entry.price else ""
        parts += [reason, _procedure_text(entry)]
    elif sdks := _sdks(entry):
        parts.append(_("the whole order: {sdks}").format(sdks=formats.joined(sdks)))
    elif result is not None:
        parts.append(_procedure_text(entry))
    return " · ".join(filter(None, parts))


def _next(entry: Entry, now: datetime | None) -> str:
    event = entry.assessment.standing.next
    words = labels.consequence(entry.assessment)
    if event is None:
        return words
    return f"{formats.countdown(event.at, now)} {words}"


def _procedure_text(entry: Entry) -> str:
    """The title of the procedure that keeps the item in another way; "" without one."""
    if entry.procedure is None:
        return ""
    return _("Procedure: {title}").format(title=load_procedure(entry.procedure).title)


def totals_forms(totals: Totals) -> list[tuple[str, str]]:
    """The totals from the longest form to the shortest, each as the sums and the missing amount."""
    currency = totals.total.currency
    total = formats.amount(totals.total.amount, currency)
    if totals.awaited:
        total += f" {AWAITED}"
    staged = counted("{n} staged", "{n} staged", totals.count)
    balance = _("balance {amount}").format(amount=formats.amount(totals.available.amount))
    owed = (
        _("owed {amount}").format(amount=formats.amount(totals.owed.amount))
        if totals.owed.amount
        else ""
    )
    missing = _missing(totals)
    labelled = _("Total {amount}").format(amount=total)
    of_it = ""
    if totals.expired:
        of_it = counted(
            "{amount} of it for {n} expired license",
            "{amount} of it for {n} expired licenses",
            totals.expired,
            amount=formats.amount(totals.for_expired),
        )
    of_it_short = _("{amount} expired").format(amount=formats.amount(totals.for_expired))
    in_full, in_short = (
        formats.with_aside(labelled, part) if totals.expired else labelled
        for part in (of_it, of_it_short)
    )
    sums = (
        (staged, in_full, balance, owed), (in_full, balance, owed),
        (staged, in_short, balance, owed), (in_short, balance, owed), (in_short, owed),
        (labelled, owed), (labelled,), (total,), (),
    )  # fmt: skip
    return [(" · ".join(filter(None, parts)), missing) for parts in sums]


def _missing(totals: Totals) -> str:
    if totals.missing.amount:
        return _("missing {amount}").format(amount=formats.amount(totals.missing.amount))
    return _("settle what is owed first") if totals.owed.amount else _("covered")


def entry_line(entry: Entry, overview: Overview) -> str:
    """The entry in one line of text."""
    now = overview.now
    name = item_name(entry.assessment.item)
    parts = [_next(entry, now) if entry.result is None else consequence_or_result(entry)]
    if not entry.is_renewable:
        parts += [due_text.remedy(entry.assessment, overview), price(entry)]
    elif entry.is_apart and entry.price is not None:
        parts.append(entry.price.reason)
    else:
        parts += [labels.months(entry.months), price(entry), new_end(entry, now)]
    return _("{label}: {text}").format(label=name, text=_(", ").join(filter(None, parts)))
