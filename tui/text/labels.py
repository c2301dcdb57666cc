"""The words for states, kinds, instants and amounts, as every pane writes them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from store.items.assessment import Assessment
from store.models import DataError, Item, Kind, Quote
from store.money import format_money
from store.rules.severity import Severity
from store.rules.standing import State
from store.times import BEIJING
from tui.cells import plain
from tui.text import _, counted, formats, later
from tui.text.tones import Tone

STATES = {
    State.RUNNING: later("running"),
    State.STOPPED: later("stopped"),
    State.RELEASED: later("released"),
    State.GRACE: later("grace"),
    State.RESTORING: later("restoring"),
    State.ACTIVE: later("active"),
    State.EXPIRED: later("expired"),
    State.UNBOUND: later("not bound"),
    State.USED_UP: later("used up"),
    State.PENDING: later("taking effect"),
    State.AT_RISK: later("at risk"),
    State.UNKNOWN: later("unknown"),
    State.MISSING: later("missing"),
}

KINDS = {
    Kind.ENTERPRISE: later("Enterprise"),
    Kind.PUBLIC_PREVIOUS: later("Public, previous"),
    Kind.PUBLIC_NEW: later("Public, new"),
    Kind.LICENSE: later("SDK license"),
    Kind.PLAN: later("Resource plan"),
    Kind.VOD: later("VOD"),
    Kind.OTHER: later("Other"),
}

REMEDIES = {
    "P-TOPUP": later("top up"),
    "P-IOT-RENEW": later("renew"),
    "P-IOT-SETTLE": later("settle"),
    "P-IOT-UPGRADE": later("upgrade"),
    "P-PLAN-BUY": later("buy"),
    "P-LIC-RENEW": later("renew"),
    "P-LIC-REPLACE": later("replace"),
    "P-TICKET": later("ticket"),
}

SEVERITIES = {
    Severity.CRITICAL: later("critical"),
    Severity.UNKNOWN: later("unknown"),
    Severity.WARNING: later("warning"),
    Severity.OK: later("ok"),
}

OUTCOMES = {
    "paid": later("paid"),
    "refused": later("refused"),
    "unknown": later("unknown"),
    "blocked": later("blocked"),
    "set": later("set"),
    "dry-run": later("dry-run"),
    "not-due": later("not-due"),
}
"""What came of a renewal (`store.payments.renewals.How`), by its word."""

PAYMENTS = {
    "planned": later("planned"),
    "sent": later("sent"),
    "paid": later("paid"),
    "refused": later("refused"),
    "unknown": later("unknown"),
}
"""Where a payment stands (`store.payments.payment.PaymentState`), by its word."""

OPERATIONS = {
    "renew": later("renewal"),
    "buy-plan": later("plan"),
    "buy-license": later("license"),
    "upgrade": later("upgrade"),
}
"""What is paid for (`store.payments.payment.Operation`), by its word."""

_CONSEQUENCES = {
    (Kind.ENTERPRISE, State.RUNNING): later("stops; data lost 15 d later"),
    (Kind.ENTERPRISE, State.STOPPED): later("released; data lost for good"),
    (Kind.ENTERPRISE, State.RELEASED): later("released; data gone for good"),
    (Kind.PUBLIC_PREVIOUS, State.GRACE): later("overdue, then it stops"),
    (Kind.PUBLIC_PREVIOUS, State.STOPPED): later("stopped until bills are paid"),
    (Kind.PUBLIC_PREVIOUS, State.RESTORING): later("settled, coming back"),
    (Kind.LICENSE, State.ACTIVE): later("the SDKs in it stop working"),
    (Kind.LICENSE, State.EXPIRED): later("expired; SDK calls fail"),
    (Kind.LICENSE, State.UNBOUND): later("not bound, covers nothing"),
    (Kind.PLAN, State.USED_UP): later("used up; billed by use now"),
    (Kind.PLAN, State.EXPIRED): later("ended; billed by use now"),
    (Kind.PLAN, State.PENDING): later("bought, taking effect"),
    (Kind.VOD, State.AT_RISK): later("unpaid; VOD can be suspended"),
}

_TONES: dict[Severity, Tone] = {
    Severity.CRITICAL: "critical",
    Severity.UNKNOWN: "unknown",
    Severity.WARNING: "warning",
    Severity.OK: "ok",
}


def called(item: Item) -> str:
    """The item's name; one without a name is called by its id."""
    return item.name or item.id


def local(moment: datetime) -> datetime:
    """The instant in the zone in which this program shows times."""
    return moment.astimezone(BEIJING)


def instant(moment: datetime | None, now: datetime | None = None) -> str:
    """`24 Nov 00:00 (2 d)`; for another year the year in place of the time of day."""
    if moment is None:
        return ""
    here = local(moment)
    if now is None:
        return f"{formats.day(here)} {formats.clock(here)}"
    same = local(now).year == here.year
    text = f"{formats.short_day(here)} {formats.clock(here)}" if same else formats.day(here)
    span = formats.length(moment - now)
    ago = _("{span} ago").format(span=span)
    return f"{text} ({span if moment >= now else ago})"


def day(moment: datetime | None) -> str:
    """`9 Dec 2026`"""
    return "" if moment is None else formats.day(local(moment))


def amount(value: Decimal | None, currency: str = "") -> str:
    """`CNY 1,240.00`; what is not known says so."""
    if value is None:
        return _("not known")
    return format_money(value, plain(currency)) if currency else f"{value:,.2f}"


def state(seen: Assessment) -> str:
    """The item's state as a word."""
    return _(STATES[seen.standing.state])


def price(quote: Quote) -> str:
    """What a renewal costs; an estimate is called one, and is no price."""
    if quote.amount is None and quote.estimate is not None:
        about = amount(quote.estimate, quote.currency)
        return _("not quoted; {amount} is an estimate by the last order").format(amount=about)
    return amount(quote.amount, quote.currency)


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
    term = months(auto.months)
    if auto.payable is None:
        return _("{months}, price?").format(months=term)
    return term if auto.payable else _("{months}, short").format(months=term)


def auto_renewal_in_full(seen: Assessment) -> str:
    """The same in words."""
    auto = seen.auto_renewal
    if auto is None or auto.payable:
        return auto_renewal(seen)
    if auto.payable is None:
        return _("{months}; its price is not known").format(months=months(auto.months))
    return _("{months}; the balance does not cover it").format(months=months(auto.months))


def then(seen: Assessment) -> str:
    """What comes after the end: when the data are lost, or what happens next."""
    lost = seen.standing.data_lost_at
    if lost is not None:
        gone = seen.standing.state is State.RELEASED
        return (_("data lost {day}") if not gone else _("data gone since {day}")).format(
            day=formats.short_day(local(lost))
        )
    return consequence(seen)


def consequence(seen: Assessment) -> str:
    """What happens next to this item, in a few words."""
    standing = seen.standing
    if standing.state is State.MISSING:
        return _("no longer listed by the cloud")
    if seen.item.kind is Kind.PLAN and standing.next is not None:
        if standing.next.state is State.USED_UP:
            return _("runs out, then billed by use")
        if standing.next.state is State.EXPIRED:
            return _("ends, then billed by use")
    found = _CONSEQUENCES.get((seen.item.kind, standing.state))
    return _(found) if found else ""


def data_error(error: DataError) -> str:
    """What a field holds, what was expected, and by which clause."""
    text = _("{field} is {found}, expected {expected}").format(
        field=error.field, found=error.found, expected=_(error.expected)
    )
    return text if error.clause is None else f"{text} ({error.clause})"


def months(count: int) -> str:
    """`1 month`, `12 months`"""
    return counted("{n} month", "{n} months", count)


def quoted(value: Decimal | None, currency: str) -> str:
    """The price, or that there is none."""
    return _("not quoted") if value is None else amount(value, currency)


def what_unbought_means() -> str:
    """What the person says by closing a purchase, for both ways of asking."""
    return _(
        "Look in the console first, under Orders. By closing it you say that it was not bought "
        "and not paid: then it can be bought again, and if your word is wrong it is paid twice. "
        "What the cloud lists by now goes before your word."
    )
