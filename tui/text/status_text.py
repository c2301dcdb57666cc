"""The status of an account in plain lines, and texts about its data."""

from __future__ import annotations

from collections.abc import Iterator

from store import formats
from store.i18n import _
from store.items.assessment import Assessment
from store.items.expired_licenses import expired_orders
from store.items.forecast import Forecast
from store.items.names import item_name
from store.items.overview import Overview, nothing_listed_hint
from store.models import Balance
from store.rules.severity import Severity
from tui.text import labels
from tui.text.details import proposed_kind
from tui.text.tones import SIGNS


def status_lines(overview: Overview) -> Iterator[str]:
    """The overview in plain lines: four about the account, then the items that need attention."""
    parts = [overview.account, _(labels.SEVERITIES[overview.severity])]
    yield " · ".join([*parts, *stale_words(overview)])
    if overview.now is None or overview.balance is None or overview.forecast is None:
        return
    yield formats.instant_with_zone(overview.now)
    yield _balance_line(overview.balance)
    yield _due_line(overview.forecast, overview.balance.currency)
    if expired := labels.expired(expired_orders(overview), overview.balance.currency):
        yield expired
    calm = 0
    for assessment in overview.items:
        if assessment.severity is Severity.OK:
            calm += 1
        else:
            yield _item_line(assessment, overview)
    yield _("{n} ok").format(n=calm)
    yield from _proposals(overview)
    if overview.lists_nothing:
        yield nothing_listed_hint(overview.site)


def nothing_due(overview: Overview) -> str:
    """The text of an empty due list. It says that nothing needs attention only if that is true of
    the account, too, and its data is current."""
    if overview.as_of is None:
        return _("No data yet")
    if overview.is_overdue and overview.balance is not None:
        return _("No item needs attention, but the account is overdue: {owed}.").format(
            owed=labels.owed(overview.balance)
        )
    if overview.lists_nothing:
        return nothing_listed_hint(overview.site)
    if overview.stale:
        return _("Nothing needed attention at the last sync, but the data is old.")
    return _("Nothing needs attention within 30 days.")


def stale_words(overview: Overview) -> list[str]:
    """Why the data cannot be relied on; empty if it can."""
    if overview.is_from_future:
        return [_("the data is newer than the clock: set the clock")]
    if overview.as_of is None:
        return [_("no data")]
    return [_("old data")] if overview.stale else []


def _proposals(overview: Overview) -> Iterator[str]:
    """The kinds that product codes propose for items, and how to accept them."""
    for assessment in overview.items.undated if overview.items else ():
        kind = proposed_kind(assessment)
        if kind is not None:
            yield _("{name} may be {kind}: `renewal say {id} --accept`").format(
                name=item_name(assessment.item),
                kind=_(labels.KINDS[kind]),
                id=assessment.item.id,
            )


def _balance_line(balance: Balance) -> str:
    available = formats.amount(balance.available, balance.currency)
    if not balance.owed:
        return _("balance {available} available").format(available=available)
    return _("balance {available} available, {owed}").format(
        available=available, owed=labels.owed(balance)
    )


def _due_line(due: Forecast, currency: str) -> str:
    parts = [
        _("due in {n} days {amount}").format(
            n=due.horizon.days, amount=formats.amount(due.due, currency)
        )
    ]
    if due.shortfall:
        short = formats.amount(due.shortfall, currency)
        parts.append(_("{amount} short").format(amount=short))
    if due.unpriced:
        parts.append(_("{n} without a price").format(n=due.unpriced))
    return _(", ").join(parts)


def _item_line(assessment: Assessment, overview: Overview) -> str:
    item, standing = assessment.item, assessment.standing
    parts = [
        SIGNS[labels.tone(assessment)],
        item_name(item),
        f"({item.id})",
        labels.state(assessment),
    ]
    if standing.next is not None and overview.now is not None:
        at = standing.next.at
        parts.append(
            _("→ {state} {instant}, in {span}").format(
                state=_(labels.STATES[standing.next.state]),
                instant=formats.instant(at, overview.now),
                span=formats.length(at - overview.now),
            )
        )
    if standing.data_lost_at is not None:
        lost = formats.day(standing.data_lost_at, overview.now)
        parts.append("· " + _("deleted on {day}").format(day=lost))
    if standing.remedy:
        parts.append(f"· {standing.remedy}")
    parts.extend("· " + labels.data_error(error) for error in standing.data_errors)
    return " ".join(parts)
