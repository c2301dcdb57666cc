"""Top up the account: here if the cloud allows it, else by the documented walk-through."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from store import formats
from store.clouds import Capability
from store.i18n import _
from store.inputs import parse_shown_amount
from store.items.expired_licenses import expired_orders
from store.items.top_up_need import Need, Purpose, for_forecast
from store.money import currency_label
from store.payments.policy import check_not_read_only
from store.session import Session
from tui.actions.prompter import Prompter
from tui.prompts import Fact, Line, Question
from tui.text import labels


async def top_up(prompter: Prompter, need: Need | None = None, item_id: str = "") -> None:
    """Top up as `top_up_here` does, or open the documented walk-through of the item or, without
    one, of the account."""
    if await prompter.in_store(can_top_up):
        if await top_up_here(prompter, need):
            prompter.data_changed()
        return
    from tui.actions.walks import walk_through

    await walk_through(prompter, "P-TOPUP", item_id, need)


def can_top_up(session: Session) -> bool:
    """Whether the cloud lets the program top up."""
    return Capability.TOP_UP in session.cloud.capabilities


async def top_up_here(prompter: Prompter, need: Need | None = None) -> bool:
    """Ask for an amount and add it; returns whether that was done. Raises `Stopped` if read-only.

    `need`: what the money is for, which decides the proposed amount; None: the forecast.
    """
    check_not_read_only(prompter.session.read_only)
    overview = prompter.overview
    expired: list[Line] = []
    if need is None and overview and overview.balance and overview.forecast:
        need = for_forecast(overview.balance, overview.forecast)
        text = labels.expired(expired_orders(overview), need.balance.currency)
        expired += [_("{expired}, not included").format(expired=text)] if text else []
    currency = need.balance.currency if need else ""
    amount = await prompter.ask(
        Question(
            _("Top up the practice account"),
            _("Amount ({currency})").format(currency=currency_label(currency)),
            partial(parse_shown_amount, currency=currency),
            (*money_facts(need), *expired) if need else (),
            f"{need.missing:.2f}" if need and need.missing else "",
        )
    )
    if amount is None:
        return False
    await prompter.in_store(lambda session: _add_funds(session, amount))
    prompter.undo_stack.push_final(_("A top-up"), _("Money that has arrived cannot be taken back."))
    arrived = _("{amount} added").format(amount=formats.amount(amount, currency))
    prompter.notify(arrived, timeout=4)
    return True


def money_facts(need: Need) -> list[Line]:
    """What the money is for: the debt, the further cost, and the missing amount."""

    def fact(label: str, amount: Decimal | None) -> Fact:
        return Fact(label, formats.amount(amount, need.balance.currency))

    facts: list[Line] = [
        fact(_("Available"), need.balance.available), fact(_("Owed"), need.balance.owed)
    ]  # fmt: skip
    if need.purpose is not Purpose.DEBT:
        facts.append(fact(_cost_label(need), need.cost))
    if need.missing:
        amount = formats.amount(need.missing, need.balance.currency)
        text = _("{amount}, {purpose}").format(amount=amount, purpose=need.purpose_text)
        return [*facts, Fact(_("Missing"), text)]
    return [*facts, f"{labels.sentence_case(need.text)}."]


def _cost_label(need: Need) -> str:
    if need.purpose is Purpose.FORECAST:
        return _("Due in {n} days").format(n=need.days)
    return _("Total") if need.purpose is Purpose.PLAN else _("To pay next")


def _add_funds(session: Session, amount: Decimal) -> None:
    session.practice.top_up(amount)
    session.sync()
