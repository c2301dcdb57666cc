"""Labels of states, kinds, remedies and severities, and texts about an assessed item."""

from __future__ import annotations

from datetime import datetime

from store import formats
from store.i18n import N_, _, counted
from store.items.assessment import Assessment
from store.items.expired_licenses import Expired
from store.items.overview import Overview
from store.models import Balance, DataError, Kind
from store.rules.severity import Severity
from store.rules.sources import Source
from store.rules.standing import NOT_SERVING, Standing, State
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

THEMES = {
    "dark": N_("Dark"),
    "light": N_("Light"),
    "contrast": N_("High contrast"),
    "terminal": N_("The terminal's own colors"),
}

SEVERITIES = {
    Severity.CRITICAL: N_("critical"),
    Severity.UNKNOWN: N_("unknown"),
    Severity.WARNING: N_("warning"),
    Severity.OK: N_("ok"),
}

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
    (Kind.LICENSE, State.UNBOUND): N_("bound to no application"),
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


def capitalized(message: str) -> str:
    """The message with a capital letter at its beginning; an ID there stays as it is."""
    return sentence_case(message) if message.partition(" ")[0].isalpha() else message


def source_and_date(source: Source) -> str:
    """`ApsaraVideo VOD: Renewal policy, 23 Jan 2026`; a page without a date says so."""
    dated = _("undated") if source.dated is None else formats.day(source.dated)
    return _(", ").join((_(source.title), dated))


def shortfall(overview: Overview) -> str:
    """`CNY 2,396.50 short from 24 Nov`; "" without a forecast."""
    if overview.forecast is None or overview.balance is None:
        return ""
    short = formats.amount(overview.forecast.shortfall, overview.balance.currency)
    moment = overview.forecast.short_from
    if moment is None:
        return _("{amount} short").format(amount=short)
    return _("{amount} short from {day}").format(
        amount=short, day=formats.day(moment, overview.now)
    )


def expired(orders: Expired, currency: str = "") -> str:
    """`+ 960.00 for 1 expired license`, which the forecast leaves out; "" without any."""
    if not orders.count:
        return ""
    return counted(
        "+ {amount} for {n} expired license",
        "+ {amount} for {n} expired licenses",
        orders.count,
        amount=_expired_amount(orders, currency),
    )


def expired_short(orders: Expired) -> str:
    """`+ 960.00 expired`; "" without any."""
    if not orders.count:
        return ""
    return "+ " + _("{amount} expired").format(amount=_expired_amount(orders, ""))


def _expired_amount(orders: Expired, currency: str) -> str:
    known = formats.amount(orders.amount, currency) if orders.count > orders.unpriced else ""
    return " + ".join(filter(None, (known, "?" if orders.unpriced else "")))


def owed_short(balance: Balance) -> str:
    """`owed 36.50`, without the currency; "" if nothing is owed."""
    if not balance.owed:
        return ""
    return _("owed {amount}").format(amount=formats.amount(balance.owed))


def owed(balance: Balance) -> str:
    """The amount owed, and that its start is unknown if it is."""
    text = _("{amount} owed, start unknown")
    if not balance.is_owed_since_unknown:
        text = _("{amount} owed")
    return text.format(amount=formats.amount(balance.owed, balance.currency))


def state(assessment: Assessment) -> str:
    """The label of the item's state."""
    return _(STATES[assessment.standing.state])


def tone(assessment: Assessment) -> Tone:
    """The tone of the item's row, by its severity."""
    return _TONES[assessment.severity]


def remedy(assessment: Assessment) -> str:
    """What to do in a word; "" if there is nothing to do."""
    standing = assessment.standing
    if standing.state is State.UNBOUND:
        return _("bind")
    if standing.state in {State.UNKNOWN, State.MISSING}:
        return _("look")
    return _(REMEDIES[standing.remedy]) if standing.remedy else ""


def when(assessment: Assessment, now: datetime | None) -> str:
    """The time to the next event, or `now` for an item that has stopped working."""
    event, state_now = assessment.standing.next, assessment.standing.state
    if state_now is State.UNBOUND:
        return ""
    if event is not None and now is not None:
        return formats.length(event.at - now)
    needs_now = NOT_SERVING | {State.OVERDUE, State.AT_RISK}
    return _("now") if state_now in needs_now else ""


def auto_renewal(assessment: Assessment) -> str:
    """`3 months`, and whether the balance covers it, short enough for a column."""
    auto = assessment.auto_renewal
    if auto is None:
        return _("off") if hasattr(assessment.item, "auto_renewal_months") else ""
    if auto.months is None:
        return _("on, term?")
    term = months(auto.months)
    if auto.payable is None:
        return _("{months}, price?").format(months=term)
    return term if auto.payable else _("{months}, short").format(months=term)


def auto_renewal_in_full(assessment: Assessment) -> str:
    """The same in full, for an item's page."""
    auto = assessment.auto_renewal
    if auto is None or auto.payable:
        return auto_renewal(assessment)
    if auto.months is None:
        return _("on; term unknown")
    if auto.payable is None:
        return _("{months}; price unknown").format(months=months(auto.months))
    return _("{months}; the balance does not cover it").format(months=months(auto.months))


def then(assessment: Assessment, now: datetime | None) -> str:
    """What follows the end: when the data is deleted, or what happens next."""
    lost = assessment.standing.data_lost_at
    if lost is not None:
        gone = assessment.standing.state is State.RELEASED
        return (_("deleted on {day}") if not gone else _("deleted since {day}")).format(
            day=formats.day(lost, now)
        )
    return consequence(assessment)


def _end_of_plan(standing: Standing) -> str:
    """What follows the end of a resource plan; "" if its state says so already."""
    if standing.covered:
        return _("another plan takes over")
    following = standing.next.state if standing.next is not None else None
    if following is State.USED_UP:
        return _("runs out, then pay-as-you-go")
    return _("ends, then pay-as-you-go") if following is State.EXPIRED else ""


def consequence(assessment: Assessment) -> str:
    """What happens next to the item."""
    standing = assessment.standing
    if standing.state is State.MISSING:
        return _("no longer listed by the cloud")
    if assessment.item.kind is Kind.PLAN and (end := _end_of_plan(standing)):
        return end
    if standing.ends_on_purpose and standing.next is not None:
        return _("ends as planned")
    if assessment.item.kind is Kind.ENTERPRISE and assessment.item.ends_at == standing.data_lost_at:
        return _("a trial: released at its end")
    text = _CONSEQUENCES.get((assessment.item.kind, standing.state))
    return _(text) if text else ""


def data_error(error: DataError) -> str:
    """What a field holds, what is expected, and the clause that says so."""
    text = _("{field} is {found}, expected {expected}").format(
        field=error.field, found=error.found, expected=_(error.expected)
    )
    return text if error.clause is None else f"{text} ({error.clause})"


def months(count: int) -> str:
    """`1 month`, `12 months`"""
    return counted("{n} month", "{n} months", count)
