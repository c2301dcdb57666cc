"""Renew one item or several: the form, the payments, the outcome."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from msgspec import Struct

from store.errors import RenewalError, Stopped
from store.i18n import _, counted
from store.items.names import item_name
from store.items.top_up_need import Need
from store.models import Item
from store.orders import Quote
from store.payments.batch import pay_in_order, prepare_offer, set_auto_renewal
from store.payments.offer import Offer, RenewalRequest, check_renewable, check_total
from store.payments.results import RenewalOutcome, Result
from store.payments.terms import Group, Omitted, TermPrice, find_renewable
from store.rules.standing import State
from store.session import Session
from tui.actions.prompter import JobProgress, Prompter
from tui.actions.renewal_form import Prices, auto_renewal_term, group_names, is_auto_renewed
from tui.actions.renewal_results import (
    Renewed,
    RenewedItem,
    before_sending,
    offer_after_refusal,
    tell_results,
    tell_stop,
)
from tui.text import payment_text


class Origin(Struct, frozen=True):
    """The place from which a renewal is started: a row, or a step of a walk-through."""

    walk_to_top_up: Callable[[Need], Awaitable[object]]
    """Opens the documented top-up, for an account that the program cannot top up itself."""
    months: int | None = None
    """The term selected at first; None: the usual one."""
    keep_months: Callable[[Session, int], object] = lambda _session, _months: None
    """Stores the chosen term before anything is sent."""


async def renew_items(prompter: Prompter, item_ids: Sequence[str]) -> bool:
    """Renew the items after one confirmation; returns whether all were paid."""
    from tui.actions.walks import walk_through

    origin = Origin(lambda need: walk_through(prompter, "P-TOPUP", "", need))
    try:
        groups, omitted = group_items(prompter, item_ids)
        renewed = await renew_groups(prompter, groups, origin, omitted) if groups else None
    except Stopped as stopped:
        await tell_stop(prompter, stopped, item_ids)
        return False
    if renewed is None:
        return False
    prompter.data_changed()
    await tell_results(prompter, renewed)
    if len(groups) == 1:
        await offer_after_refusal(prompter, renewed, groups[0][0])
    return renewed.is_complete and not omitted


def group_items(prompter: Prompter, item_ids: Sequence[str]) -> tuple[list[Group], list[Omitted]]:
    """The shown items grouped by Instance ID; a license brings its whole order.

    Items that cannot be renewed are omitted with the reason. Raises `Stopped` with the first
    reason, and the procedure that can help, if no other items are left.
    """
    overview = prompter.overview
    groups: dict[str, Group] = {}
    omitted: list[Omitted] = []
    stopped: Stopped | None = None
    for item_id in item_ids:
        assessment = overview.of_id(item_id) if overview else None
        if overview is None or assessment is None:
            continue
        item = assessment.item
        try:
            _check_renewable(item, assessment.standing.state)
        except Stopped as error:
            stopped = stopped or error
            omitted.append(Omitted((item,), error.message))
            continue
        order = overview.of_instance(item.instance_id)
        groups[item.instance_id] = tuple(assessment.item for assessment in order)
    if stopped is not None and not groups:
        raise stopped
    return list(groups.values()), omitted


def _check_renewable(item: Item, state: State) -> None:
    if state is State.RELEASED:
        raise Stopped(
            _("{name} ({id}) was released: its data is deleted and cannot be restored. "
              "Nothing was sent.").format(name=item_name(item), id=item.id)
        )  # fmt: skip
    check_renewable([item])


async def renew_groups(
    prompter: Prompter, groups: Sequence[Group], origin: Origin, omitted: Sequence[Omitted] = ()
) -> Renewed | None:
    """Show the form, and pay what is confirmed in it; None if the person left.

    The confirmed terms are quoted again as offers: if one differs from what the form showed,
    nothing is paid and the form is shown again. Raises `Stopped`.
    """
    asked_at = time.time()
    months, notice = origin.months, ""
    while True:
        with before_sending():
            renewable = await prompter.work(
                _("Checking prices"),
                lambda session, steps: find_renewable(session.payer, groups, steps.begin_step),
            )
        if renewable is None:
            return None
        prices = Prices(prompter, renewable, omitted)
        answer = await prompter.renewal_form(prices.form(months, notice))
        if answer is None:
            return None
        months = answer.months
        if answer.wants_top_up:
            if not await _top_up_for_renewal(prompter, prices.need(months), origin):
                return None
            notice = ""
            continue
        shown, request = prices.by_months[months], RenewalRequest(months, asked_at=asked_at)
        with before_sending():
            offers = await prompter.work(
                _("Checking prices"), partial(_prepare_offers, shown, request, origin)
            )
        if offers is None:
            return None
        notice = _describe_difference(offers, shown)
        if not notice:
            setting = answer.auto_renewal
            return await prompter.work(_("Renewing"), partial(_pay_all, offers, setting))


async def _top_up_for_renewal(prompter: Prompter, need: Need, origin: Origin) -> bool:
    """Top up here, or open the documented top-up; returns whether to show the form again."""
    from tui.actions.top_up import can_top_up, top_up_here

    if not await prompter.in_store(can_top_up):
        await origin.walk_to_top_up(need)
        return False
    if await top_up_here(prompter, need):
        prompter.data_changed()
    return True


def _prepare_offers(
    shown: TermPrice, request: RenewalRequest, origin: Origin, session: Session, steps: JobProgress
) -> list[Offer] | None:
    """Prepare an offer for each group; None if the person stopped it. Raises `Stopped` if the
    balance does not cover their total."""
    origin.keep_months(session, request.months)
    offers: list[Offer] = []
    for group in shown.groups:
        if not steps.begin_step(len(offers), len(shown.groups)):
            return None
        offers.append(prepare_offer(session.payer, group, request))
    check_total(session.payment_policy, offers)
    return offers


def _describe_difference(offers: Sequence[Offer], shown: TermPrice) -> str:
    """How the offers differ from what was shown; "": they do not."""
    for offer, (group, quote) in zip(offers, shown.quotes, strict=True):
        name = group_names([group])
        if (offer.quote.amount, offer.quote.currency) != (quote.amount, quote.currency):
            return _("The price of {name} is now {now}, not {shown}. Nothing was sent.").format(
                name=name, now=_price(offer.quote), shown=_price(quote)
            )
        if offer.quote != quote or {item.id for item in offer.covers} != {x.id for x in group}:
            return _("{name} has changed since it was shown. Nothing was sent.").format(name=name)
    return ""


def _price(quote: Quote) -> str:
    return payment_text.price_or_unquoted(quote.amount, quote.currency)


def _pay_all(
    offers: Sequence[Offer],
    setting: bool | None,  # noqa: FBT001
    session: Session,
    steps: JobProgress,
) -> Renewed:
    """Pay for the offers in order, and set auto-renewal, until the person stops it."""
    renewed: list[RenewedItem] = []
    results = pay_in_order(session.payer, offers, steps.begin_step)
    for offer, result in zip(offers, results, strict=False):
        renewed.append(RenewedItem(result, _set_auto_renewal(session, offer, result, setting)))
    return Renewed(tuple(renewed), len(offers) - len(renewed))


def _set_auto_renewal(
    session: Session,
    offer: Offer,
    result: Result,
    setting: bool | None,  # noqa: FBT001
) -> str:
    """Set auto-renewal for a paid offer, if the setting changes; returns a sentence about it, or
    ""."""
    if setting is None or setting == is_auto_renewed(offer.covers):
        return ""
    if result.outcome is not RenewalOutcome.PAID:
        return _("Auto-renewal was left as it is.")
    months = auto_renewal_term(offer.months) if setting else None
    try:
        set_auto_renewal(session.payer, offer.covers, months)
    except RenewalError as error:
        return _("Auto-renewal was not set: {reason}").format(reason=error.message)
    if months is None:
        return _("Auto-renewal is off.")
    return counted(
        "Auto-renewal is on, every {n} month.", "Auto-renewal is on, every {n} months.", months
    )
