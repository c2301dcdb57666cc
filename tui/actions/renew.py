"""Renew one item or several: months, price, confirmation, outcome."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace
from textual.content import Content

from store.config import ChargedTo
from store.errors import Exit, RenewalError, Stopped
from store.i18n import _, counted
from store.models import AUTO_RENEWAL_MONTHS, DEFAULT_MONTHS, RENEWAL_MONTHS, Item
from store.money import Money
from store.payments.auto_renewal import set_auto_renewal
from store.payments.renewals import How, Result, pay_confirmed, prepared
from store.payments.renewing import Offer, check_balance, check_renewable
from store.payments.wish import Wish
from store.rules.standing import State
from store.session import Session
from tui.actions.sync import reload_all
from tui.actions.undo import remember_final, remember_payment
from tui.actions.work import Steps, at_work
from tui.cells import content, padded
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.confirm import Confirm, last_four, total_of
from tui.dialogs.message import Tell, outcome
from tui.screens.base import DeskScreen
from tui.text import labels
from tui.widgets.record_table import RecordTable


def grouped(screen: DeskScreen, item_ids: Sequence[str]) -> list[tuple[Item, ...]]:
    """The items by Instance ID, once each: a license brings its whole order.

    Raises `Stopped` for what cannot be renewed, naming the procedure that can help.
    """
    snapshot = screen.snapshot
    groups: dict[str, tuple[Item, ...]] = {}
    for item_id in item_ids:
        seen = snapshot.seen(item_id) if snapshot else None
        if snapshot is None or seen is None:
            continue
        if seen.standing.state is State.RELEASED:
            raise Stopped(
                _("{name} ({id}) was released; its data are gone for good, and nothing brings it "
                  "back. Nothing was sent.").format(name=labels.called(seen.item), id=seen.item.id)
            )  # fmt: skip
        check_renewable([seen.item])
        order = snapshot.overview.of_instance(seen.item.instance_id)
        groups[seen.item.instance_id] = tuple(one.item for one in order)
    return list(groups.values())


async def renew_items(
    screen: DeskScreen, item_ids: Sequence[str], table: RecordTable | None = None
) -> None:
    """One confirmation for all of them together; each outcome is told."""
    app = screen.desk
    try:
        groups = grouped(screen, item_ids)
    except Stopped as stopped:
        await tell_stop(screen, stopped, item_ids)
        return
    if not groups:
        return
    months = await ask_months(screen, [item for group in groups for item in group])
    if months is None:
        return
    try:
        offers = await app.in_store(lambda session: _offers(session, groups, months))
    except Stopped as stopped:
        await tell_stop(screen, stopped, item_ids)
        return
    if not await app.ask(confirmation(offers)):
        return
    results = await at_work(
        screen, _("Renewing"), lambda session, steps: _pay_all(session, offers, steps)
    )
    reload_all(screen)
    unsent = len(offers) - len(results)
    if table is not None and not unsent and all(result.exit is Exit.DONE for result in results):
        table.clear_marks()
    await tell_results(screen, results, unsent)


def _offers(session: Session, groups: Sequence[tuple[Item, ...]], months: int) -> list[Offer]:
    """An offer for each; raises `Stopped` where the balance does not cover all together."""
    offers = [prepared(session.payer, group, Wish(months)) for group in groups]
    if len(offers) > 1:
        total = sum((offer.quote.amount or Decimal(0) for offer in offers), Decimal(0))
        check_balance(session.leave, replace(offers[0].quote, amount=total), offers[-1].balance)
    return offers


def _pay_all(session: Session, offers: Sequence[Offer], steps: Steps) -> list[Result]:
    """Fewer results than offers: the person stopped it, and the others were not sent."""
    results: list[Result] = []
    for offer in offers:
        if not steps.before(len(results), len(offers)):
            break
        results.append(pay_confirmed(session.payer, offer))
    return results


async def ask_months(screen: DeskScreen, items: Sequence[Item]) -> int | None:
    """The term: the one thing that can be chosen in a renewal (LIC-4)."""
    names = ", ".join(dict.fromkeys(labels.called(item) for item in items))
    choices = [
        Choice(months, counted("{n} month", "{n} months", months)) for months in RENEWAL_MONTHS
    ]
    return await screen.desk.ask(
        Choose(
            _("Renew for how long"),
            choices,
            lines=[names],
            at=RENEWAL_MONTHS.index(DEFAULT_MONTHS),
        )
    )


def confirmation(offers: Sequence[Offer]) -> Confirm:
    """What, for how long, how much, from which balance, and everything that it covers."""
    last = offers[-1]
    currency = last.balance.currency
    lines: list[Content | str] = []
    for offer in offers:
        lines += offer_lines(offer)
    total = sum((offer.quote.amount or Decimal(0) for offer in offers), Decimal(0))
    if len(offers) > 1:
        lines.append(_fact(_("Together"), labels.amount(total, currency)))
    lines.append(_fact(_("From"), _charged_to(last, total)))
    lines.append(_("A payment cannot be undone."))
    proof = last_four(last.instance_id) if len(offers) == 1 else total_of(Money(total, currency))
    title = counted("Renew {n} item", "Renew {n} items", len(offers))
    return Confirm(title, lines, proof=proof, yes=_("Pay"))


def _charged_to(offer: Offer, total: Decimal) -> str:
    """What pays: the account's card, or its balance with what is left of it."""
    if offer.charged_to is ChargedTo.CARD:
        return _("the account's card or wallet")
    available, currency = offer.balance.available, offer.balance.currency
    return _("{available} available, {left} left afterwards").format(
        available=labels.amount(available, currency),
        left=labels.amount(available - total, currency),
    )


def offer_lines(offer: Offer) -> list[Content | str]:
    """The facts of one offer."""
    names = ", ".join(dict.fromkeys(labels.called(item) for item in offer.covers))
    lines = [
        _fact(_("Renew"), f"{names} ({offer.instance_id})"),
        _fact(_("For"), counted("{n} month", "{n} months", offer.months)),
        _fact(_("Ends"), f"{labels.day(offer.ends_before)} → {labels.day(offer.quote.ends_at)}"),
        _fact(_("Price"), labels.price(offer.quote)),
    ]
    if offer.sdks:
        whole = _("the whole order: {sdks}").format(sdks=", ".join(offer.sdks))
        each = offer.licenses if len(offer.licenses) > 1 else ()
        lines[1:1] = [_fact(_("Covers"), whole), *(_fact("", text) for text in each)]
    return [*lines, ""]


def _fact(label: str, text: str) -> Content:
    return Content.assemble((padded(label, 10), "bold"), content(text))


async def tell_results(screen: DeskScreen, results: Sequence[Result], unsent: int = 0) -> None:
    """Each outcome, with before and after; `unsent`: how many were stopped before them."""
    lines: list[Content | str] = []
    for result in results:
        good = result.exit is Exit.DONE
        sign = "✓" if good else "!"
        lines.append(
            Content.assemble(
                (f"{sign} {result.instance_id} ", "bold"), _(labels.OUTCOMES[result.outcome])
            )
        )
        if result.ends_after is not None and result.outcome is How.PAID:
            lines.append(f"  {labels.day(result.ends_before)} → {labels.day(result.ends_after)}")
        lines.append(f"  {result.message}")
    if unsent:
        told = counted(
            "{n} was not sent: you stopped it.", "{n} were not sent: you stopped them.", unsent
        )
        lines.append(told)
    if any(result.outcome in {How.PAID, How.UNKNOWN} for result in results):
        remember_payment(screen)
    paid = sum(result.outcome is How.PAID for result in results)
    title = _("{paid} of {all} paid").format(paid=paid, all=len(results) + unsent)
    await screen.desk.ask(Tell(title, lines, copy=screen.desk.copy_out))


async def tell_stop(screen: DeskScreen, stopped: Stopped, item_ids: Sequence[str]) -> None:
    """Why it was stopped here; where a procedure goes on from it, that is offered."""
    if stopped.procedure is None or not item_ids:
        await screen.desk.ask(
            Tell(
                _("Stopped; nothing was sent"),
                outcome(stopped.message),
                copy=screen.desk.copy_out,
            )
        )
        return
    from tui.actions.walks import walk_through

    go = await screen.desk.ask(
        Choose(
            _("Stopped; nothing was sent"),
            [
                Choice("go", _("walk through {procedure}").format(procedure=stopped.procedure)),
                Choice("no", _("leave it")),
            ],
            lines=[stopped.message],
        )
    )
    if go == "go":
        item_id = "" if stopped.procedure == "P-TOPUP" else item_ids[0]
        await walk_through(screen, stopped.procedure, item_id)


async def set_auto(screen: DeskScreen, item_ids: Sequence[str]) -> bool:
    """Turn auto-renewal on for a term, or off; whether it was done."""
    try:
        groups = grouped(screen, item_ids)
    except Stopped as stopped:
        await tell_stop(screen, stopped, item_ids)
        return False
    if not groups:
        return False
    app = screen.desk
    names = ", ".join(dict.fromkeys(labels.called(item) for group in groups for item in group))
    choices: list[Choice[int]] = [
        Choice(months, counted("every {n} month", "every {n} months", months))
        for months in AUTO_RENEWAL_MONTHS
    ]
    choices.append(Choice(0, _("off")))
    at = AUTO_RENEWAL_MONTHS.index(DEFAULT_MONTHS)
    months = await app.ask(Choose(_("Auto-renewal"), choices, lines=[names], at=at))
    if months is None:
        return False
    lines: list[Content | str] = [
        _fact(_("For"), names),
        _fact(_("Set to"), counted("{n} month", "{n} months", months) if months else _("off")),
        _("The cloud tries to pay 9 days before the end, then every day until the end."),
    ]
    proof = last_four(groups[0][0].instance_id)
    if not await app.ask(Confirm(_("Auto-renewal"), lines, proof=proof, yes=_("Set"))):
        return False
    failed = await at_work(
        screen,
        _("Auto-renewal"),
        lambda session, steps: _set_all(session, groups, months or None, steps),
    )
    reload_all(screen)
    for message in failed:
        await app.tell(_("It did not work"), message)
    if not failed:
        remember_final(screen, _("auto-renewal"), _("It is set at the cloud; a sets it again."))
        screen.notify(_("Auto-renewal is set"), markup=False, timeout=4)
    return not failed


def _set_all(
    session: Session, groups: Sequence[tuple[Item, ...]], months: int | None, steps: Steps
) -> list[str]:
    """The sentences of what did not work; what the person stopped did not."""
    failed: list[str] = []
    for done, group in enumerate(groups):
        if not steps.before(done, len(groups)):
            left = len(groups) - done
            failed.append(
                counted(
                    "{n} was not sent: you stopped it.",
                    "{n} were not sent: you stopped them.",
                    left,
                )
            )
            break
        try:
            set_auto_renewal(session.payer, group, months)
        except RenewalError as error:
            failed.append(error.message)
    return failed
