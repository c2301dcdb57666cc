"""The words for states, kinds, instants and amounts, as every pane writes them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from store import formats
from store.i18n import N_, _, counted
from store.items.assessment import Assessment
from store.items.overview import Overview
from store.models import Balance, DataError, Item, Kind
from store.orders import Quote
from store.rules.severity import Severity
from store.rules.sources import Source
from store.rules.standing import State
from store.walkthroughs.status import Enter, Status
from tui.text.tones import Tone

STATES = {
    State.RUNNING: N_("running"),
    State.STOPPED: N_("stopped"),
    State.RELEASED: N_("released"),
    State.GRACE: N_("grace"),
    State.OVERDUE: N_("overdue"),
    State.RESTORING: N_("restoring"),
    State.ACTIVE: N_("active"),
    State.EXPIRED: N_("expired"),
    State.UNBOUND: N_("not bound"),
    State.USED_UP: N_("used up"),
    State.PENDING: N_("taking effect"),
    State.AT_RISK: N_("at risk"),
    State.UNKNOWN: N_("unknown"),
    State.MISSING: N_("missing"),
}

KINDS = {
    Kind.ENTERPRISE: N_("Enterprise"),
    Kind.PUBLIC_PREVIOUS: N_("Public, previous"),
    Kind.PUBLIC_NEW: N_("Public, new"),
    Kind.LICENSE: N_("SDK license"),
    Kind.PLAN: N_("Resource plan"),
    Kind.VOD: N_("VOD"),
    Kind.OTHER: N_("Other"),
}

REMEDIES = {
    "P-TOPUP": N_("top up"),
    "P-IOT-RENEW": N_("renew"),
    "P-IOT-SETTLE": N_("settle"),
    "P-IOT-UPGRADE": N_("upgrade"),
    "P-PLAN-BUY": N_("buy"),
    "P-LIC-RENEW": N_("renew"),
    "P-LIC-REPLACE": N_("replace"),
    "P-TICKET": N_("ticket"),
}

STEPS = {
    Status.DONE: N_("Done: {reason}"),
    Status.NEEDED: N_("Needed: {reason}"),
    Status.SKIPPED: N_("Skipped: {reason}"),
}
"""What a step of a walk-through needs, and why."""

ENTER = {
    Enter.NEXT: N_("next"),
    Enter.COPY: N_("copy, next"),
    Enter.SAVE: N_("save"),
    Enter.CHOOSE: N_("choose"),
    Enter.PAY: N_("pay"),
    Enter.SET: N_("set"),
    Enter.TOP_UP: N_("top up"),
    Enter.BIND: N_("bind"),
    Enter.READ: N_("read"),
    Enter.MARK: N_("mark"),
    Enter.LOOK: N_("look"),
}
"""What enter does at a step of a walk-through."""

SEVERITIES = {
    Severity.CRITICAL: N_("critical"),
    Severity.UNKNOWN: N_("unknown"),
    Severity.WARNING: N_("warning"),
    Severity.OK: N_("ok"),
}

OUTCOMES = {
    "paid": N_("paid"),
    "refused": N_("refused"),
    "unknown": N_("unknown"),
    "blocked": N_("blocked"),
    "set": N_("set"),
    "dry-run": N_("dry-run"),
    "not-due": N_("not-due"),
}
"""What came of a renewal (`store.payments.results.RenewalOutcome`), by its word."""

PAYMENTS = {
    "planned": N_("planned"),
    "sent": N_("sent"),
    "paid": N_("paid"),
    "refused": N_("refused"),
    "unknown": N_("unknown"),
}
"""Where a payment stands (`store.payments.payment.PaymentState`), by its word."""

OPERATIONS = {
    "renew": N_("renewal"),
    "buy-plan": N_("plan"),
    "buy-license": N_("license"),
    "upgrade": N_("upgrade"),
}
"""What is paid for (`store.payments.payment.Operation`), by its word."""

_CONSEQUENCES = {
    (Kind.ENTERPRISE, State.RUNNING): N_("stops; deleted 15 d later"),
    (Kind.ENTERPRISE, State.STOPPED): N_("will be deleted for good"),
    (Kind.ENTERPRISE, State.RELEASED): N_("deleted for good"),
    (Kind.PUBLIC_PREVIOUS, State.GRACE): N_("overdue, then it stops"),
    (Kind.PUBLIC_PREVIOUS, State.OVERDUE): N_("stops within 24 h, or has stopped"),
    (Kind.PUBLIC_PREVIOUS, State.STOPPED): N_("stopped until bills are paid"),
    (Kind.PUBLIC_PREVIOUS, State.RESTORING): N_("settled, restoring"),
    (Kind.LICENSE, State.ACTIVE): N_("the SDKs in it stop working"),
    (Kind.LICENSE, State.EXPIRED): N_("expired; SDK calls fail"),
    (Kind.LICENSE, State.UNBOUND): N_("not bound; covers no application"),
    (Kind.PLAN, State.USED_UP): N_("used up; now pay-as-you-go"),
    (Kind.PLAN, State.EXPIRED): N_("ended; now pay-as-you-go"),
    (Kind.PLAN, State.PENDING): N_("bought, taking effect"),
    (Kind.VOD, State.AT_RISK): N_("unpaid; VOD can be suspended"),
}

_TONES: dict[Severity, Tone] = {
    Severity.CRITICAL: "critical",
    Severity.UNKNOWN: "unknown",
    Severity.WARNING: "warning",
    Severity.OK: "ok",
}


def sentence_case(label: str) -> str:
    """The label with a capital letter at its beginning."""
    return label[:1].upper() + label[1:]


def called(item: Item) -> str:
    """The item's name; one without a name is called by its id."""
    return item.name or item.id


def cited(source: Source) -> str:
    """`ApsaraVideo VOD: Renewal policy, 23 Jan 2026`; a page without a date says so."""
    dated = _("undated") if source.dated is None else formats.day(source.dated)
    return _(", ").join((_(source.title), dated))


def shortfall(overview: Overview) -> str:
    """`Short by CNY 2,396.50 from 24 Nov`"""
    if overview.forecast is None or overview.balance is None:
        return ""
    short = formats.amount(overview.forecast.shortfall, overview.balance.currency)
    moment = overview.forecast.short_from
    if moment is None:
        return _("{amount} short").format(amount=short)
    return _("{amount} short from {day}").format(
        amount=short, day=formats.day(moment, overview.now)
    )


def owed(balance: Balance) -> str:
    """What is owed, and whether it is known since when."""
    text = _("{amount} owed, start unknown")
    if not balance.is_owed_since_unknown:
        text = _("{amount} owed")
    return text.format(amount=formats.amount(balance.owed, balance.currency))


def state(seen: Assessment) -> str:
    """The item's state as a word."""
    return _(STATES[seen.standing.state])


def price(quote: Quote) -> str:
    """What a renewal costs; an estimate is called one, and is no price."""
    if quote.amount is None and quote.estimate is not None:
        about = formats.amount(quote.estimate, quote.currency)
        return _("not quoted; estimate by the last order: {amount}").format(amount=about)
    return formats.amount(quote.amount, quote.currency)


def tone(seen: Assessment) -> Tone:
    """The row's tone, which has the names of the severities."""
    return _TONES[seen.severity]


def remedy(seen: Assessment) -> str:
    """What is to be done, as one word; nothing where nothing is."""
    found = seen.standing.remedy
    return _(REMEDIES[found]) if found else ""


def auto_renewal(seen: Assessment) -> str:
    """`3 months`, and whether the money is there for it, as short as a column."""
    auto = seen.auto_renewal
    if auto is None:
        return _("off") if hasattr(seen.item, "auto_renewal_months") else ""
    if auto.months is None:
        return _("on, term?")
    term = months(auto.months)
    if auto.payable is None:
        return _("{months}, price?").format(months=term)
    return term if auto.payable else _("{months}, short").format(months=term)


def auto_renewal_in_full(seen: Assessment) -> str:
    """The same in words."""
    auto = seen.auto_renewal
    if auto is None or auto.payable:
        return auto_renewal(seen)
    if auto.months is None:
        return _("on; term unknown")
    if auto.payable is None:
        return _("{months}; price unknown").format(months=months(auto.months))
    return _("{months}; the balance does not cover it").format(months=months(auto.months))


def then(seen: Assessment, now: datetime | None) -> str:
    """What comes after the end: when the data are lost, or what happens next."""
    lost = seen.standing.data_lost_at
    if lost is not None:
        gone = seen.standing.state is State.RELEASED
        return (_("deleted on {day}") if not gone else _("deleted since {day}")).format(
            day=formats.day(lost, now)
        )
    return consequence(seen)


def consequence(seen: Assessment) -> str:
    """What happens next to this item, in a few words."""
    standing = seen.standing
    if standing.state is State.MISSING:
        return _("no longer listed by the cloud")
    if seen.item.kind is Kind.PLAN and standing.next is not None:
        if standing.next.state is State.USED_UP:
            return _("runs out, then pay-as-you-go")
        if standing.next.state is State.EXPIRED:
            return _("ends, then pay-as-you-go")
    if standing.ends_on_purpose and standing.next is not None:
        return _("ends as planned")
    if seen.item.kind is Kind.ENTERPRISE and seen.item.ends_at == standing.data_lost_at:
        return _("a trial: released at its end")
    found = _CONSEQUENCES.get((seen.item.kind, standing.state))
    return _(found) if found else ""


def data_error(error: DataError) -> str:
    """What a field holds, what was expected, and by which clause."""
    text = _("{field} is {found}, expected {expected}").format(
        field=error.field, found=error.found, expected=_(error.expected)
    )
    return text if error.clause is None else f"{text} ({error.clause})"


def balance_after(balance: Balance, price: Decimal) -> str:
    """The balance that a payment is made from, and what is left of it afterwards."""
    left = balance.available - price
    return _("{available} available, {left} left afterwards").format(
        available=formats.amount(balance.available, balance.currency),
        left=formats.amount(left, balance.currency),
    )


def not_sent(count: int) -> str:
    """How many payments or changes were not begun."""
    return counted(
        "{n} was not sent: you stopped it.", "{n} were not sent: you stopped them.", count
    )


def months(count: int) -> str:
    """`1 month`, `12 months`"""
    return counted("{n} month", "{n} months", count)


def quoted(value: Decimal | None, currency: str) -> str:
    """The price, or that there is none."""
    return _("not quoted") if value is None else formats.amount(value, currency)


def what_unbought_means() -> str:
    """What the person says by closing a purchase, for both ways of asking."""
    return _(
        "Check in the console first, under Orders. Closing it means that it was "
        "not bought and not paid: it can then be bought again, and if that is "
        "wrong, you pay twice. If the cloud lists the order by now, the cloud's "
        "data is used instead."
    )
