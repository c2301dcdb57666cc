"""The tour: what the program is for, and the five keys that do most of it."""

from __future__ import annotations

from store.i18n import _
from tui.commands import command
from tui.dialogs.tour import Tour, TourPage
from tui.screens.base import DeskScreen


async def take_tour(screen: DeskScreen) -> None:
    """Five short pages; the keys are named as they are now."""
    await screen.desk.ask(Tour(tour_pages))


def tour_pages() -> tuple[TourPage, ...]:
    """The pages in the language in use."""
    return (
        TourPage(
            _("What happens next"),
            (
                _("The pane at the top right tells what will stop or be lost, the most pressing "
                  "first: ! is critical, · a warning, ? is not known."),
                _("The pane beside it tells the balance, and from which day it does not cover "
                  "what comes. {ahead} shows the coming 90 days.").format(ahead=_key("ahead")),
            ),
        ),
        TourPage(
            _("Find it"),
            (
                _("{panes} show the instances, licenses, plans, walk-throughs and payments; "
                  "{filter} finds words in them.").format(
                      panes=f"{_key('instances')} – {_key('payments')}", filter=_key("filter")),
                _("{open} opens an item: its way through time, and each rule with its "
                  "document. {copy} copies the Instance ID.").format(
                      open=_key("open"), copy=_key("copy")),
            ),
        ),
        TourPage(
            _("Be walked through"),
            (
                _("{walk} begins the documented way to keep an item. Each step says where to go, "
                  "what to click and what to carry; {next} goes on.").format(
                      walk=_key("walk"), next=_key("next")),
                _("Leave at any time: it is kept at its step, also when the line drops. Where "
                  "renewing cannot work, {method2} goes over to buying and binding.").format(
                      method2=_key("method2")),
            ),
        ),
        TourPage(
            _("Pay once"),
            (
                _("{renew} renews. You read the price, the term and everything that is covered, "
                  "and type the last four characters of the Instance ID: enter alone never "
                  "pays.").format(renew=_key("renew")),
                _("Where the answer is lost, the payment stays unknown until {reconcile} has "
                  "looked what came of it. Nothing is sent twice.").format(
                      reconcile=_key("reconcile")),
            ),
        ),
        TourPage(
            _("Practise first"),
            (
                _("On the practice account nothing is real: {topup} adds funds, {clock} moves "
                  "the clock, and everything follows.").format(
                      topup=_key("topup"), clock=_key("clock")),
                _("{help} shows every key, {palette} finds every command by its name. {accounts} "
                  "goes over to a real account.").format(
                      help=_key("help"), palette=_key("palette"), accounts=_key("accounts")),
            ),
        ),
    )  # fmt: skip


def _key(command_id: str) -> str:
    return command(command_id).key
