"""A short tour of the program: what it is for, and the keys that do most of it."""

from __future__ import annotations

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button

from store.i18n import _
from tui.cells import content
from tui.commands import command
from tui.dialogs.frame import Dialog, buttons


class TourPage(Struct, frozen=True):
    """One page: its title, and what it says in paragraphs."""

    title: str
    says: tuple[str, ...]


class TourDialog(Dialog[None]):
    """Enter goes on to the next page and closes the last one; esc leaves at any page."""

    SPEAKS_ANEW = True

    def __init__(self) -> None:
        self._pages, self._at = tour_pages(), 0
        super().__init__(self._pages[0].title)

    def controls(self) -> ComposeResult:
        yield buttons(("back", _("Page back")), ("next", _("Next page")))

    def first_focus(self) -> Widget:
        self._turn(0)
        return self.query_one("#next")

    def speak(self) -> None:
        self._pages = tour_pages()
        self.query_one("#back", Button).label = Content(_("Page back"))
        self._turn(self._at)

    def body(self, width: int) -> Content:
        says = self._pages[self._at].says
        paragraphs = [Content("\n").join(content(each).wrap(max(10, width))) for each in says]
        return Content("\n\n").join(paragraphs)

    @on(Button.Pressed, "#next")
    def _next(self) -> None:
        if self._at == len(self._pages) - 1:
            self.dismiss(None)
        else:
            self._turn(self._at + 1)

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self._turn(max(0, self._at - 1))

    def _turn(self, at: int) -> None:
        self._at = at
        place = f"{at + 1}/{len(self._pages)}"
        frame = self.query_one(".dialog-frame", Vertical)
        frame.border_title = content(f"{self._pages[at].title} · {place}")
        last = at == len(self._pages) - 1
        self.query_one("#next", Button).label = Content(_("Close") if last else _("Next page"))
        self.on_resize()


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
