"""Top up the account: here if the cloud allows it, else by the documented walk-through."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from store import formats
from store.clouds import Capability
from store.errors import Stopped
from store.i18n import _
from store.inputs import parse_shown_amount
from store.items.overview import Overview
from store.models import Balance
from store.money import currency_label
from store.orders import Quote
from store.session import Session
from tui.actions.prompter import Prompter
from tui.prompts import Fact, Line, Question
from tui.text import labels
from tui.text.payment_text import quoted


async def top_up(
    prompter: Prompter, missing: Decimal | None = None, lines: Sequence[Line] | None = None
) -> None:
    """Top up as `top_up_here` does, or open the documented walk-through."""
    if await prompter.in_store(can_top_up):
        if await top_up_here(prompter, missing, lines):
            prompter.data_changed()
        return
    from tui.actions.walks import walk_through

    await walk_through(prompter, "P-TOPUP", "")


def can_top_up(session: Session) -> bool:
    """Whether the cloud lets the program top up."""
    return Capability.TOP_UP in session.cloud.capabilities


async def top_up_here(
    prompter: Prompter, missing: Decimal | None = None, lines: Sequence[Line] | None = None
) -> bool:
    """Ask for an amount and add it; returns whether that was done. Raises `Stopped` if read-only.

    `missing`: the amount to propose; None: the shortfall of the forecast. `lines`: what the money
    is for; None: the forecast.
    """
    if prompter.session.read_only:
        raise Stopped(_("read-only mode: nothing is paid or changed. Start without --read-only."))
    overview = prompter.overview
    currency = overview.balance.currency if overview and overview.balance else ""
    proposed = missing if missing is not None else _shortfall(overview)
    amount = await prompter.ask(
        Question(
            _("Top up the practice account"),
            _("Amount ({currency})").format(currency=currency_label(currency)),
            partial(parse_shown_amount, currency=currency),
            _balance_facts(overview) if lines is None else lines,
            f"{proposed:.2f}" if proposed else "",
        )
    )
    if amount is None:
        return False
    await prompter.in_store(lambda session: _add_funds(session, amount))
    prompter.undo_stack.push_final(_("A top-up"), _("Money that has arrived cannot be taken back."))
    arrived = _("{amount} added").format(amount=formats.amount(amount, currency))
    prompter.notify(arrived, timeout=4)
    return True


def money_facts(
    balance: Balance | None, quote: Quote | None, missing: Decimal | None
) -> list[Line]:
    """What a single payment needs money for: the debt, and its price."""
    if balance is None:
        return []
    facts: list[Line] = [
        Fact(_("Available"), formats.amount(balance.available, balance.currency)),
        Fact(_("Owed"), formats.amount(balance.owed, balance.currency)),
    ]
    if quote is not None:
        facts.append(Fact(_("To pay next"), quoted(quote.amount, quote.currency)))
    if missing is not None:
        facts.append(Fact(_("Missing"), formats.amount(missing, balance.currency)))
    return facts


def _shortfall(overview: Overview | None) -> Decimal:
    """The amount that the balance lacks to settle the debt and to renew what is due."""
    return overview.forecast.shortfall if overview and overview.forecast else Decimal(0)


def _balance_facts(overview: Overview | None) -> list[Line]:
    if overview is None or overview.balance is None or overview.forecast is None:
        return []
    balance, forecast = overview.balance, overview.forecast
    due = _("Due in {n} days").format(n=forecast.horizon.days)
    facts: list[Line] = [
        Fact(_("Available"), formats.amount(balance.available, balance.currency)),
        Fact(_("Owed"), formats.amount(balance.owed, balance.currency)),
        Fact(due, formats.amount(forecast.due, balance.currency)),
    ]
    short = labels.shortfall(overview)
    return [*facts, short] if forecast.shortfall else facts


def _add_funds(session: Session, amount: Decimal) -> None:
    session.practice.top_up(amount)
    session.sync()
