"""The account's money: available, owed, due, and when it falls short."""

from __future__ import annotations

from decimal import Decimal

from textual.content import Content

from store import formats
from store.i18n import _, counted
from store.items.overview import Overview
from store.sanitize import plain
from tui.text import labels
from tui.text.cells import cells, fit

GAP = 4
BESIDE_FROM = 64
"""The width in cells from which two facts fit side by side."""


def balance_lines(overview: Overview, width: int) -> list[Content]:
    """The lines of the balance pane; amounts are aligned, in two columns where there is room."""
    balance, forecast = overview.balance, overview.forecast
    if balance is None or forecast is None:
        return [Content(_("No data yet. Press s to sync."))]
    room = (width - GAP) // 2 if width >= BESIDE_FROM else width
    currency = balance.currency
    facts = [_line(_("Available"), formats.amount(balance.available, currency), room)]
    due = _("Due in {n} days").format(n=forecast.horizon.days)
    facts.append(_line(due, formats.amount(forecast.due, currency), room))
    facts.insert(
        1, _line(_("Owed"), formats.amount(balance.owed, currency), room, balance.owed > 0)
    )
    if balance.credit:
        facts.append(_line(_("Of which credit"), formats.amount(balance.credit, currency), room))
    facts += _details(overview, room)
    if forecast.shortfall:
        facts.append(Content.styled(fit(labels.shortfall(overview), room), "bold $error"))
    if forecast.unpriced:
        text = counted(
            "+ {n} item without a price", "+ {n} items without a price", forecast.unpriced
        )
        facts.append(Content.styled(fit(text, room), "$secondary"))
    return facts if room == width else _beside(facts)


def _details(overview: Overview, room: int) -> list[Content]:
    """The amount owed by product, and vouchers, which are counted nowhere.

    Bills of a credit customer include used credit: they are called owed only where they add up to
    that amount.
    """
    balance, outstanding = overview.balance, overview.details.outstanding
    is_owed = balance is not None and balance.owed == sum(bill.amount for bill in outstanding)
    template = _("Owed for {product}") if is_owed else _("Not settled: {product}")
    facts = []
    for bill in outstanding:
        label = fit(template.format(product=plain(bill.product)), room // 2)
        facts.append(_line(label.rstrip(), formats.amount(bill.amount, bill.currency), room))
    vouchers = overview.details.vouchers
    if vouchers and balance is not None:
        total = sum((voucher.amount for voucher in vouchers), Decimal(0))
        amount = formats.amount(total, balance.currency)
        facts.append(_line(_("Vouchers, not counted"), amount, room))
    return facts


def _beside(facts: list[Content]) -> list[Content]:
    half = (len(facts) + 1) // 2
    right = [*facts[half:], Content("")][:half]
    return [
        Content.assemble(one, " " * GAP, other)
        for one, other in zip(facts[:half], right, strict=True)
    ]


def _line(label: str, text: str, width: int, bad: bool = False) -> Content:  # noqa: FBT001, FBT002
    gap = max(1, width - cells(label) - cells(text))
    return Content.assemble(label, " " * gap, Content.styled(text, "bold $error" if bad else ""))


def balance_in_one_line(overview: Overview) -> Content:
    """The same in one line, for a screen without room for the pane."""
    balance, forecast = overview.balance, overview.forecast
    if balance is None or forecast is None:
        return Content(_("No balance yet. Press s to sync."))
    amount = formats.amount(balance.available, balance.currency)
    text = Content(_("{amount} available").format(amount=amount))
    if balance.owed:
        owed = _("owed {amount}").format(amount=formats.amount(balance.owed))
        text = Content.assemble(text, " · ", (owed, "bold $error"))
    if forecast.shortfall:
        short = _("{amount} short").format(amount=formats.amount(forecast.shortfall))
        text = Content.assemble(text, " · ", (short, "bold $error"))
    return text
