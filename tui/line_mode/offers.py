"""What is about to be paid, on plain lines, before it is proved."""

from __future__ import annotations

from collections.abc import Iterator

from store.config import ChargedTo
from store.i18n import _
from store.payments.renewing import Offer
from tui.text import labels

LAST = 4
"""So many characters of its ID prove that a person means this one."""


def offer_lines(offer: Offer) -> Iterator[str]:
    """What, for how long, for how much, from which balance, and what the order covers."""
    names = ", ".join(dict.fromkeys(labels.called(item) for item in offer.covers))
    yield _("Renew {names} ({id}) for {term}.").format(
        names=names, id=offer.instance_id, term=labels.months(offer.months)
    )
    if offer.sdks:
        yield _("It covers the whole order: {sdks}.").format(sdks=", ".join(offer.sdks))
        yield from offer.licenses
    if offer.charged_to is ChargedTo.CARD:
        yield _("Price: {price}. It is charged to the account's card or wallet.").format(
            price=labels.price(offer.quote)
        )
    else:
        yield _("Price: {price}. Available: {available}.").format(
            price=labels.price(offer.quote),
            available=labels.amount(offer.balance.available, offer.balance.currency),
        )
    after = offer.quote.ends_at
    yield _("Ends: {before} → {after} (UTC+8).").format(
        before=labels.instant(offer.ends_before),
        after=labels.instant(after) if after else _("not known"),
    )


def last_four(text: str) -> str:
    """What has to be typed as the proof."""
    return _("the last {n} characters of {id}").format(n=LAST, id=text)
