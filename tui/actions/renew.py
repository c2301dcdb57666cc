"""Renew one item or several: term, price, confirmation, outcome."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from store import formats
from store.config import ChargedTo
from store.errors import Exit, Stopped
from store.i18n import _, counted
from store.models import DEFAULT_MONTHS, RENEWAL_MONTHS, Item
from store.money import Money
from store.payments.batch import pay_offer, prepare_offer
from store.payments.offer import Offer, RenewalRequest, check_balance, check_renewable
from store.payments.results import RenewalOutcome, Result
from store.rules.standing import State
from store.session import Session
from tui.actions.prompter import Prompter, Steps
from tui.prompts import (
    Choice,
    Confirmation,
    Emphasis,
    Fact,
    Line,
    Menu,
    Message,
    last_characters,
    outcome,
    total_amount,
)
from tui.text import labels, payment_text

Group = tuple[Item, ...]
"""The items that one renewal covers: those of one Instance ID."""


async def renew_items(prompter: Prompter, item_ids: Sequence[str]) -> bool:
    """Renew all of them after one confirmation; whether all were paid."""
    try:
        groups = grouped(prompter, item_ids)
        if not groups:
            return False
        months = await ask_months(prompter, groups)
        if months is None:
            return False
        offers = await prompter.in_store(lambda session: _offers(session, groups, months))
    except Stopped as stopped:
        await tell_stop(prompter, stopped, item_ids)
        return False
    if not await prompter.confirm(confirmation(offers)):
        return False
    results = await prompter.work(
        _("Renewing"), lambda session, steps: _pay_all(session, offers, steps)
    )
    prompter.data_changed()
    unsent = len(offers) - len(results)
    await tell_results(prompter, results, unsent)
    return not unsent and all(result.exit is Exit.DONE for result in results)


def grouped(prompter: Prompter, item_ids: Sequence[str]) -> list[Group]:
    """The items by Instance ID, once each, as the person sees them: a license brings its order.

    Raises `Stopped` for what cannot be renewed, naming the procedure that can help.
    """
    overview = prompter.overview
    groups: dict[str, Group] = {}
    for item_id in item_ids:
        assessment = overview.of_id(item_id) if overview else None
        if overview is None or assessment is None:
            continue
        item = assessment.item
        if assessment.standing.state is State.RELEASED:
            raise Stopped(
                _("{name} ({id}) was released: its data are deleted and cannot be restored. "
                  "Nothing was sent.").format(name=labels.called(item), id=item.id)
            )  # fmt: skip
        check_renewable([item])
        order = overview.of_instance(item.instance_id)
        groups[item.instance_id] = tuple(each.item for each in order)
    return list(groups.values())


def names_of(groups: Sequence[Group]) -> str:
    """The names of all items, each once."""
    names = (labels.called(item) for group in groups for item in group)
    return formats.joined(dict.fromkeys(names))


async def ask_months(prompter: Prompter, groups: Sequence[Group]) -> int | None:
    """The term: the one thing that can be chosen in a renewal (LIC-4). Where the cloud lists
    the prices by month, each term shows its own; the cloud quotes before it is paid."""
    monthly, currency = _monthly_price(groups), _currency(prompter)
    choices = [
        Choice(
            months,
            labels.months(months),
            formats.amount(monthly * months, currency) if monthly else "",
            answer=str(months),
        )
        for months in RENEWAL_MONTHS
    ]
    default = RENEWAL_MONTHS.index(DEFAULT_MONTHS)
    return await prompter.choose(Menu(_("Choose a term"), choices, [names_of(groups)], default))


def _monthly_price(groups: Sequence[Group]) -> Decimal | None:
    """The price of a month of all items together; None: not all prices are known."""
    prices = [getattr(item, "monthly_price", None) for group in groups for item in group]
    known = [price for price in prices if price is not None]
    return sum(known, Decimal(0)) if len(known) == len(prices) else None


def _currency(prompter: Prompter) -> str:
    overview = prompter.overview
    return overview.balance.currency if overview and overview.balance else ""


def _offers(session: Session, groups: Sequence[Group], months: int) -> list[Offer]:
    """An offer for each; raises `Stopped` where the balance does not cover all together."""
    offers = [prepare_offer(session.payer, group, RenewalRequest(months)) for group in groups]
    if len(offers) > 1:
        total = sum((offer.quote.amount or Decimal(0) for offer in offers), Decimal(0))
        check_balance(
            session.payment_policy, replace(offers[0].quote, amount=total), offers[-1].balance
        )
    return offers


def _pay_all(session: Session, offers: Sequence[Offer], steps: Steps) -> list[Result]:
    """The results in order; fewer than offers where the person stopped before the next one."""
    results: list[Result] = []
    for offer in offers:
        if not steps.before(len(results), len(offers)):
            break
        results.append(pay_offer(session.payer, offer))
    return results


def confirmation(offers: Sequence[Offer]) -> Confirmation:
    """The facts of the payments: item, term, price, what pays, and everything they cover."""
    last = offers[-1]
    balance = last.balance
    lines: list[Line] = []
    for offer in offers:
        lines += [*offer_facts(offer), ""]
    total = sum((offer.quote.amount or Decimal(0) for offer in offers), Decimal(0))
    if len(offers) > 1:
        lines.append(Fact(_("Total"), formats.amount(total, balance.currency)))
    lines += [Fact(_("Paid from"), charged_to(last, total)), _("A payment cannot be undone.")]
    title = counted("Renew {n} item", "Renew {n} items", len(offers))
    alone = len(offers) == 1
    total_proof = total_amount(Money(total, balance.currency))
    proof = last_characters(last.instance_id) if alone else total_proof
    return Confirmation(title, lines, proof, _("Pay"))


def charged_to(offer: Offer, total: Decimal) -> str:
    """What pays: the account's card, or its balance with what is left of it."""
    if offer.charged_to is ChargedTo.CARD:
        return _("the account's card or wallet")
    return payment_text.balance_after(offer.balance, total)


def offer_facts(offer: Offer) -> list[Fact]:
    """What is renewed, until when, and the price."""
    facts = [
        Fact(_("Renew"), f"{names_of([offer.covers])} ({offer.instance_id})"),
        Fact(_("Term"), labels.months(offer.months)),
        Fact(_("Ends"), f"{formats.day(offer.ends_before)} → {formats.day(offer.quote.ends_at)}"),
        Fact(_("Price"), payment_text.price(offer.quote)),
    ]
    if offer.sdks:
        whole = _("the whole order: {sdks}").format(sdks=formats.joined(offer.sdks))
        each = offer.licenses if len(offer.licenses) > 1 else ()
        facts[1:1] = [Fact(_("Covers"), whole), *(Fact("", text) for text in each)]
    return facts


async def tell_results(prompter: Prompter, results: Sequence[Result], unsent: int = 0) -> None:
    """Each outcome, with the end before and after; `unsent`: how many were not begun."""
    lines: list[Line] = []
    for result in results:
        mark = "✓" if result.exit is Exit.DONE else "!"
        lines.append(
            Emphasis(f"{mark} {result.instance_id} {_(payment_text.OUTCOMES[result.outcome])}")
        )
        if result.ends_after is not None and result.outcome is RenewalOutcome.PAID:
            lines.append(f"  {formats.day(result.ends_before)} → {formats.day(result.ends_after)}")
        lines.append(f"  {result.message}")
    if unsent:
        lines.append(payment_text.not_sent(unsent))
    if any(result.outcome in {RenewalOutcome.PAID, RenewalOutcome.UNKNOWN} for result in results):
        prompter.undo_stack.push_payment()
    paid = sum(result.outcome is RenewalOutcome.PAID for result in results)
    title = _("{paid} of {all} paid").format(paid=paid, all=len(results) + unsent)
    await prompter.tell(Message(title, lines))


async def tell_stop(prompter: Prompter, stopped: Stopped, item_ids: Sequence[str]) -> None:
    """Tell why it was stopped here; offer the procedure that helps, if there is one."""
    title = _("Stopped; nothing was sent")
    if stopped.procedure is None or not item_ids:
        await prompter.tell(Message(title, outcome(stopped.message)))
        return
    choices = [
        Choice("go", _("Open walk-through {procedure}").format(procedure=stopped.procedure)),
        Choice("no", _("Not now")),
    ]
    if await prompter.choose(Menu(title, choices, [stopped.message])) == "go":
        from tui.actions.walks import walk_through

        item_id = "" if stopped.procedure == "P-TOPUP" else item_ids[0]
        await walk_through(prompter, stopped.procedure, item_id)
