"""Top up the account: where the cloud lets the program do it, else by its walk-through."""

from __future__ import annotations

from decimal import Decimal

from store.clouds import Capability
from store.errors import Stopped
from store.i18n import _
from store.inputs import parse_shown_amount
from store.items.overview import Overview
from store.money import currency_label
from store.session import Session
from tui.actions.sync import reload_all
from tui.actions.undo import remember_final
from tui.dialogs.ask import Ask
from tui.panes.balance import balance_lines
from tui.screens.base import DeskScreen
from tui.text import labels


async def top_up(screen: DeskScreen) -> None:
    """From any screen: ask how much, or go through the documented steps."""
    app = screen.desk
    if not await app.in_store(_can_top_up):
        from tui.actions.walks import walk_through

        await walk_through(screen, "P-TOPUP", "")
        return
    await top_up_here(screen)


def _can_top_up(session: Session) -> bool:
    return Capability.TOP_UP in session.cloud.capabilities


async def top_up_here(screen: DeskScreen, missing: Decimal | None = None) -> bool:
    """Ask how much and let it arrive; whether it did. Raises `Stopped` when read-only."""
    app = screen.desk
    if app.session.read_only:
        raise Stopped(_("read-only: nothing is paid or changed. Start without --read-only."))
    overview = await app.in_store(lambda session: session.overview())
    wanted = missing if missing is not None else _suggested(overview)
    amount = await app.ask(
        Ask(
            _("Top up the practice account"),
            _("How much arrives, in {currency}").format(
                currency=currency_label(_currency(overview))
            ),
            parse_shown_amount,
            lines=balance_lines(overview, 44),
            value=f"{wanted:.2f}" if wanted else "",
        )
    )
    if amount is None:
        return False
    await app.in_store(lambda session: _arrive(session, amount))
    remember_final(screen, _("a top-up"), _("Money that has arrived stays."))
    reload_all(screen)
    told = labels.amount(amount, _currency(overview))
    screen.notify(_("{amount} arrived").format(amount=told), markup=False, timeout=4)
    return True


def _currency(overview: Overview) -> str:
    return overview.balance.currency if overview.balance else ""


def _suggested(overview: Overview) -> Decimal:
    """What it takes to settle what is owed and to renew what is due."""
    return overview.forecast.shortfall if overview.forecast else Decimal(0)


def _arrive(session: Session, amount: Decimal) -> None:
    session.practice.top_up(amount)
    session.sync()
