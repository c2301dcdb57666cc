"""The plan that keeps everything: made from an overview, priced, prepared and paid.

Each entry is paid through the one way to pay (`store.payments.batch`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from msgspec import Struct

from store.clouds import Cloud
from store.config import ChargedTo
from store.errors import RenewalError, Stopped, Usage
from store.i18n import _
from store.items.assessment import Assessment
from store.items.due import Urgency, cost_of, ending_items, urgency
from store.items.overview import Overview
from store.models import DEFAULT_MONTHS, RENEWAL_MONTHS, OtherItem
from store.money import Money
from store.orders import Quote
from store.payments.batch import GoesOn, prepare_offer
from store.payments.offer import Offer, Payer, RenewalRequest, check_total, total_of
from store.payments.plan import Entry, EntryResult, Plan, Price
from store.payments.results import RenewalOutcome, Result
from store.rules.standing import State

HORIZONS = (30, 60, 90, 7)
"""Days, in the order in which they are offered."""
MOST_ENTRIES = 200
"""Items that a plan has at most; further ones are counted."""

_RENEWALS = frozenset({"P-IOT-RENEW", "P-LIC-RENEW"})
_DOWN = frozenset({State.STOPPED, State.EXPIRED})
_SERVING = frozenset({State.RUNNING, State.ACTIVE})


def plan_of(
    overview: Overview,
    charged_to: ChargedTo = ChargedTo.BALANCE,
    hidden: Sequence[tuple[str, str]] = (),
) -> Plan:
    """The plan for everything that ends within the overview's horizon and is not hidden.

    Products that no rule covers are listed, but not staged: the forecast leaves them out, too.
    `hidden`: the kinds and ids of items that the person snoozed.
    """
    items = overview.items
    if not items:
        return Plan(timedelta(0), charged_to=charged_to)
    assessor = items.assessor
    listing = ending_items(items).without(hidden)
    first = [assessment for _position, assessment in islice(listing, MOST_ENTRIES)]
    until = assessor.now + assessor.within
    entries = (_entry(each, overview) for each in first if _is_to_keep(each, until))
    left_out = max(0, len(listing) - MOST_ENTRIES)
    return Plan(assessor.within, tuple(entries), overview.balance, charged_to, left_out)


def _is_to_keep(assessment: Assessment, until: datetime) -> bool:
    """Whether it can be lost by then, or is not there to be renewed; what can only be looked at is
    left out."""
    standing = assessment.standing
    if standing.state is State.MISSING:
        return standing.remedy is not None
    if _is_renewable(assessment):
        event = standing.next
        return standing.state in _DOWN or (event is not None and event.at <= until)
    return urgency(assessment) in {Urgency.RESCUE, Urgency.DECIDE}


def _is_renewable(assessment: Assessment) -> bool:
    standing = assessment.standing
    if isinstance(assessment.item, OtherItem):
        return standing.state is State.RUNNING
    return standing.remedy in _RENEWALS and standing.state in _DOWN | _SERVING


def _entry(assessment: Assessment, overview: Overview) -> Entry:
    item, auto = assessment.item, assessment.auto_renewal
    months = auto.months if auto and auto.months in RENEWAL_MONTHS else None
    together = overview.of_instance(item.instance_id) if item.instance_id else (assessment,)
    covers = tuple(each.item for each in together)
    is_renewable = _is_renewable(assessment)
    return Entry(
        assessment,
        covers,
        months or DEFAULT_MONTHS,
        is_renewable,
        cost=None if is_renewable else cost_of(assessment, overview),
        is_staged=not isinstance(item, OtherItem),
    )


def fetch_prices(open_cloud: Callable[[], Cloud], plan: Plan) -> Iterator[tuple[str, int, Price]]:
    """The awaited prices of a plan as the cloud quotes them now: (Instance ID, months, price).

    An error is the reason why there is no price, also where the cloud cannot be opened.
    """
    currency = plan.balance.currency if plan.balance else ""
    for instance_id, months in plan.awaited:
        try:
            price = _price(open_cloud().quote(instance_id, months), currency)
        except RenewalError as error:
            price = Price(None, reason=error.message)
        yield instance_id, months, price


def _price(quote: Quote, currency: str) -> Price:
    if quote.amount is None:
        return Price(None, reason=_("The cloud quotes no price."))
    if quote.currency != currency:
        reason = _("The price is quoted in {quoted}, and the balance is in {currency}.")
        return Price(None, reason=reason.format(quoted=quote.currency, currency=currency))
    return Price(quote.amount, quote.ends_at)


class Prepared(Struct, frozen=True):
    """The offers that the person confirms, in order, and what was stopped."""

    offers: tuple[Offer, ...]
    blocked: tuple[EntryResult, ...] = ()

    @property
    def total(self) -> Money:
        """What the offers cost together; there is at least one."""
        return total_of(self.offers)


def prepare(payer: Payer, plan: Plan, goes_on: GoesOn) -> Prepared | None:
    """Look up and quote all staged entries again; None where `goes_on` ends it.

    What stops one entry becomes its result. What stops all raises: read-only mode, payments that
    are off, a balance that does not cover the total (`Stopped`), or a cloud that does not answer.
    """
    payer.policy.check()
    offers: list[Offer] = []
    blocked: list[EntryResult] = []
    staged = plan.staged
    for done, entry in enumerate(staged):
        if not goes_on(done, len(staged)):
            return None
        try:
            offers.append(_offer(payer, entry))
        except (Stopped, Usage) as error:
            procedure = error.procedure if isinstance(error, Stopped) else None
            if procedure == "P-TOPUP":
                raise
            result = Result(entry.key, error.exit, RenewalOutcome.BLOCKED, error.message)
            blocked.append(EntryResult(result, procedure))
    check_total(payer.policy, offers)
    return Prepared(tuple(offers), tuple(blocked))


def _offer(payer: Payer, entry: Entry) -> Offer:
    """The offer for an entry. Raises `Stopped` also where it has lost its price meanwhile."""
    offer = prepare_offer(payer, entry.covers, RenewalRequest(entry.months))
    price = _price(offer.quote, offer.balance.currency)
    if price.amount is None:
        raise Stopped(price.reason)
    return offer
