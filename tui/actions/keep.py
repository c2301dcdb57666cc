"""Keep everything: top up what the plan lacks, and pay for it in order, after one confirmation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store import formats
from store.errors import Exit, Stopped
from store.i18n import _, counted
from store.items.names import item_name
from store.items.top_up_need import Need, Purpose
from store.payments.batch import pay_in_order
from store.payments.offer import Offer
from store.payments.plan import EntryResult, Plan
from store.payments.planning import Prepared, prepare
from store.payments.results import Result
from store.session import Session
from tui.actions.prompter import JobProgress, Prompter
from tui.actions.renewal_form import group_names
from tui.actions.renewal_results import (
    Renewed,
    RenewedItem,
    before_sending,
    tell_results,
    tell_stop,
)
from tui.actions.top_up import money_facts, top_up
from tui.prompts import (
    Choice,
    Confirmation,
    Emphasis,
    Fact,
    Line,
    Menu,
    Message,
    outcome,
    total_amount,
)
from tui.text import labels, payment_text

TakeResult = Callable[[EntryResult], object]
"""Takes the result of an entry as soon as it is known, from any thread."""


async def top_up_plan(prompter: Prompter, plan: Plan) -> None:
    """Top up exactly what the plan lacks: here if the cloud allows it, else by P-TOPUP."""
    await top_up(prompter, _need(plan))


def _need(plan: Plan) -> Need | None:
    if plan.balance is None or plan.totals is None:
        return None
    return Need(Purpose.PLAN, plan.balance, plan.totals.total.amount)


async def pay_plan(prompter: Prompter, plan: Plan, take_result: TakeResult) -> None:
    """Pay for the staged entries in order, after one confirmation of their total."""
    totals = plan.totals
    if totals is None or not totals.count:
        nothing = outcome(_("Nothing is staged."), todo=_("Stage what you want to pay for."))
        await prompter.tell(Message(_("Nothing to pay"), nothing))
        return
    try:
        prompter.session.payment_policy.check()
        if totals.missing.amount:
            await _offer_top_up(prompter, plan)
            return
        with before_sending():
            prepared = await prompter.work(
                _("Checking prices"),
                lambda session, steps: prepare(session.payer, plan, steps.begin_step),
            )
    except Stopped as stopped:
        await tell_stop(prompter, stopped, [plan.staged[0].assessment.item.id])
        return
    if prepared is None:
        return
    for blocked in prepared.blocked:
        take_result(blocked)
    if not prepared.offers:
        results = [blocked.result for blocked in prepared.blocked]
        await tell_results(prompter, Renewed(tuple(map(RenewedItem, results))))
    elif await prompter.confirm(_confirmation(plan, prepared)):
        await _pay_offers(prompter, prepared, take_result)


async def _offer_top_up(prompter: Prompter, plan: Plan) -> None:
    need = _need(plan)
    if need is None:
        return
    amount = formats.amount(need.missing, need.balance.currency)
    choices = [Choice("top up", _("Top up {amount}").format(amount=amount))]
    menu = Menu(_("The balance is too low"), choices, money_facts(need))
    if await prompter.choose(menu) == "top up":
        await top_up_plan(prompter, plan)


def _confirmation(plan: Plan, prepared: Prepared) -> Confirmation:
    """The confirmation: each payment with its term, price, new end and all that it covers, those
    left out, the total, and what pays."""
    lines: list[Line] = []
    for offer in prepared.offers:
        lines += _offer_lines(offer)
    for blocked in prepared.blocked:
        name, reason = blocked.result.instance_id, blocked.result.message
        if (entry := plan.entry(name)) is not None:
            name = item_name(entry.assessment.item)
        lines.append(_("Not paid: {name}. {reason}").format(name=name, reason=reason))
    total, last = prepared.total, prepared.offers[-1]
    lines += [
        "",
        Fact(_("Total"), formats.amount(total.amount, total.currency)),
        Fact(_("Paid from"), payment_text.paid_from(last, total.amount)),
        _("A payment cannot be undone."),
    ]
    title = counted("Renew {n} item", "Renew {n} items", len(prepared.offers))
    return Confirmation(title, lines, total_amount(total), _("Pay"))


def _offer_lines(offer: Offer) -> list[Line]:
    lines: list[Line] = [
        Emphasis(f"{group_names([offer.covers])} ({offer.instance_id})"),
        "  "
        + " · ".join(
            (
                labels.months(offer.months),
                f"{formats.day(offer.ends_before)} → {formats.day(offer.quote.ends_at)}",
                payment_text.price(offer.quote),
            )
        ),
    ]
    if offer.sdks:
        whole = _("the whole order: {sdks}").format(sdks=formats.joined(offer.sdks))
        licenses = offer.licenses if len(offer.licenses) > 1 else ()
        lines += [f"  {whole}", *(f"  {text}" for text in licenses)]
    return lines


async def _pay_offers(prompter: Prompter, prepared: Prepared, take_result: TakeResult) -> None:
    results = await prompter.work(
        _("Renewing"),
        lambda session, steps: _pay_all(session, prepared.offers, steps, take_result),
    )
    prompter.data_changed()
    unsent = len(prepared.offers) - len(results)
    results = [*results, *(blocked.result for blocked in prepared.blocked)]
    if unsent or any(result.exit is not Exit.DONE for result in results):
        await tell_results(prompter, Renewed(tuple(map(RenewedItem, results)), unsent))
        return
    prompter.undo_stack.push_payment()
    total = formats.amount(prepared.total.amount, prepared.total.currency)
    paid = _("{paid} of {all} paid").format(paid=len(results), all=len(results))
    prompter.notify(f"{paid} · {total}", timeout=8)


def _pay_all(
    session: Session, offers: Sequence[Offer], steps: JobProgress, take_result: TakeResult
) -> list[Result]:
    results: list[Result] = []
    for result in pay_in_order(session.payer, offers, steps.begin_step):
        results.append(result)
        take_result(EntryResult(result))
    return results
