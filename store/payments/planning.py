"""Making, pricing and preparing the plan that keeps everything.

Its entries are paid by `store.payments.batch`, as every renewal is.
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
from store.items.due import Urgency, ending_items, urgency
from store.items.overview import Overview
from store.items.remedy_cost import remedy_cost
from store.models import DEFAULT_MONTHS, RENEWAL_MONTHS, OtherItem
from store.money import Money
from store.orders import Quote
from store.payments.batch import ShouldContinue, prepare_offer
from store.payments.offer import Offer, Payer, RenewalRequest, check_total, sum_offers
from store.payments.plan import Entry, EntryResult, Plan, Price
from store.payments.results import RenewalOutcome, Result
from store.rules.standing import State

HORIZONS = (30, 60, 90, 7)
"""The horizons in days, in the order in which they are offered."""
MOST_ENTRIES = 200
"""The largest number of entries of a plan; further items are only counted."""

_RENEWALS = frozenset({"P-IOT-RENEW", "P-LIC-RENEW"})
_DOWN = frozenset({State.STOPPED, State.EXPIRED})
_SERVING = frozenset({State.RUNNING, State.ACTIVE})


def make_plan(
    overview: Overview,
    charged_to: ChargedTo = ChargedTo.BALANCE,
    hidden: Sequence[tuple[str, str]] = (),
) -> Plan:
    """The plan for everything that ends within the overview's horizon and is not hidden.

    Products without a rule are listed but not staged, since the forecast leaves them out as well.
    `hidden` are the kinds and ids of snoozed items.
    """
    items = overview.items
    if not items:
        return Plan(timedelta(0), charged_to=charged_to)
    assessor = items.assessor
    listing = ending_items(items).without(hidden)
    until = assessor.now + assessor.within
    entries = (
        _entry(assessment, overview)
        for _position, assessment in islice(listing, MOST_ENTRIES)
        if _needs_keeping(assessment, until)
    )
    left_out = max(0, len(listing) - MOST_ENTRIES)
    return Plan(assessor.within, tuple(entries), overview.balance, charged_to, left_out)


def _needs_keeping(assessment: Assessment, until: datetime) -> bool:
    """Whether the item is part of a plan: it can be lost by `until`, or is missing and has a
    remedy. Items that need no action are left out."""
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
    covers = tuple(covered.item for covered in together)
    is_renewable = _is_renewable(assessment)
    return Entry(
        assessment,
        covers,
        months or DEFAULT_MONTHS,
        is_renewable,
        cost=None if is_renewable else remedy_cost(assessment, overview),
        is_staged=not isinstance(item, OtherItem),
    )


def fetch_prices(open_cloud: Callable[[], Cloud], plan: Plan) -> Iterator[tuple[str, int, Price]]:
    """The awaited prices of a plan, as the cloud quotes them now: (Instance ID, months, price).

    If the cloud cannot be opened or fails, its error is the reason of a price without an amount.
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
        return Price(None, reason=_("The cloud quotes no price for this term."))
    if quote.currency != currency:
        reason = _("The price is quoted in {quoted}, and the balance is in {currency}.")
        return Price(None, reason=reason.format(quoted=quote.currency, currency=currency))
    return Price(quote.amount, quote.ends_at)


class Prepared(Struct, frozen=True):
    """The offers to confirm, in the order of the plan, and the entries that were stopped."""

    offers: tuple[Offer, ...]
    blocked: tuple[EntryResult, ...] = ()

    @property
    def total(self) -> Money:
        """The total price of the offers, of which there is at least one."""
        return sum_offers(self.offers)


def prepare(payer: Payer, plan: Plan, should_continue: ShouldContinue) -> Prepared | None:
    """Look up and quote all staged entries again; None if `should_continue` returns False.

    A reason that stops one entry becomes its result. Raises `Stopped` for a reason that stops all
    entries (read-only mode, payments off, a balance that does not cover the total), or what the
    cloud raises.
    """
    payer.policy.check()
    offers: list[Offer] = []
    blocked: list[EntryResult] = []
    staged = plan.staged
    for done, entry in enumerate(staged):
        if not should_continue(done, len(staged)):
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
    """The offer for an entry. Raises what `prepare_offer` raises, and `Stopped` if the entry no
    longer has a price."""
    offer = prepare_offer(payer, entry.covers, RenewalRequest(entry.months))
    price = _price(offer.quote, offer.balance.currency)
    if price.amount is None:
        raise Stopped(price.reason)
    return offer
