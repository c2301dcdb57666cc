"""What to look at before the first step: what would keep the procedure from working.

Pure. What is not known is said to be unknown, never taken for a yes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from store.models import Balance, Item, Kind, License
from store.money import format_money
from store.orders import Quote
from store.times import in_utc8
from store.walkthroughs.sentences import say

AUTO_RENEWAL_LEAD = timedelta(days=1)
"""Auto-renewal works from the day after it was set; what ends by then is not saved by it
(Alibaba Cloud: Renewal guide, 2026-03-30)."""

_PAYS = frozenset({"P-IOT-RENEW", "P-IOT-UPGRADE", "P-PLAN-BUY", "P-LIC-RENEW", "P-LIC-REPLACE"})
_RENEWS = frozenset({"P-IOT-RENEW", "P-LIC-RENEW"})


class Outcome(StrEnum):
    """How a check came out; `stop`: the procedure cannot work as it stands."""

    OK = "ok"
    WARN = "warn"
    STOP = "stop"
    UNKNOWN = "unknown"


class Circumstances(Struct, frozen=True):
    """What a walk begins with, beside the item itself."""

    now: datetime
    """By the account's clock."""
    balance: Balance | None
    quote: Quote | None
    """The price of what the procedure pays for; None when none was asked for."""
    open_payment: bool
    """Whether a payment for this item is under way or of unknown outcome."""
    refused: str | None
    """The cloud's words, when it refused a renewal for this end date."""
    released_at: datetime | None
    """When the item is released, by the rules; None where that does not apply."""


class Check(Struct, frozen=True):
    """One thing that was looked at."""

    id: str
    outcome: Outcome
    sentence: str
    procedure: str | None = None
    """The procedure to go through instead, or first."""


_Say = Callable[..., str]


def checks(
    procedure: str,
    item: Item,
    around: Circumstances,
    lang: str = "en",
    when: Callable[[datetime], str] = in_utc8,
) -> tuple[Check, ...]:
    """The checks that bear on this procedure; of a released instance that one alone.

    Empty for those that pay nothing and renew nothing (P-TOPUP, P-IOT-SETTLE, P-TICKET).
    """

    def tell(key: str, **values: str | datetime | None) -> str:
        words = {
            name: when(value) if isinstance(value, datetime) else value
            for name, value in values.items()
        }
        return say(key, lang, **words)

    found: list[Check] = []
    if procedure in _RENEWS:
        if item.kind is Kind.ENTERPRISE:
            found.append(_released(around.released_at, around.now, tell))
            if found[0].outcome is Outcome.STOP:
                return tuple(found)
        if isinstance(item, License):
            found.append(_instance_id(item, tell))
        found.append(_refused(item, around.refused, tell))
    if procedure in _PAYS:
        found.append(_owed(around.balance, tell))
        found.append(_enough(around.balance, around.quote, tell))
        found.append(_payment(tell, under_way=around.open_payment))
    if procedure in _RENEWS and item.ends_at is not None:
        found.append(_time(item.ends_at, around.now, tell))
    return tuple(found)


def _released(released_at: datetime | None, now: datetime, tell: _Say) -> Check:
    if released_at is None:
        return Check("released", Outcome.UNKNOWN, tell("release-unknown"))
    if now < released_at:
        return Check("released", Outcome.OK, tell("not-released"))
    return Check("released", Outcome.STOP, tell("released", at=released_at))


def _instance_id(item: License, tell: _Say) -> Check:
    if item.instance_id:
        return Check("instance-id", Outcome.OK, tell("id-known", id=item.instance_id))
    return Check("instance-id", Outcome.STOP, tell("id-empty"), "P-LIC-REPLACE")


def _refused(item: Item, words: str | None, tell: _Say) -> Check:
    if isinstance(item, License):
        if words is None and not item.renewal_refused:
            return Check("refused", Outcome.OK, tell("never-refused"))
        return Check("refused", Outcome.STOP, tell("refused-license", words=words), "P-LIC-REPLACE")
    if words is None:
        return Check("refused", Outcome.OK, tell("never-refused"))
    return Check("refused", Outcome.WARN, tell("refused-other", words=words), "P-TICKET")


def _owed(balance: Balance | None, tell: _Say) -> Check:
    if balance is None:
        return Check("owed", Outcome.UNKNOWN, tell("owed-unknown"))
    if balance.owed <= 0:
        return Check("owed", Outcome.OK, tell("nothing-owed"))
    owed = format_money(balance.owed, balance.currency)
    sentence = tell("owed-first", owed=owed, at=balance.overdue_since)
    return Check("owed", Outcome.STOP, sentence, "P-TOPUP")


def _enough(balance: Balance | None, quote: Quote | None, tell: _Say) -> Check:
    if balance is None:
        return Check("balance", Outcome.UNKNOWN, tell("balance-not-known"))
    available = format_money(balance.available, balance.currency)
    if quote is None or quote.amount is None:
        return Check("balance", Outcome.UNKNOWN, tell("price-not-known", available=available))
    words = {"available": available, "price": format_money(quote.amount, quote.currency)}
    if quote.currency != balance.currency:
        return Check("balance", Outcome.UNKNOWN, tell("currency-differs", **words))
    if quote.amount <= balance.available:
        return Check("balance", Outcome.OK, tell("balance-enough", **words))
    missing = format_money(quote.amount - balance.available, quote.currency)
    return Check(
        "balance", Outcome.STOP, tell("balance-short", missing=missing, **words), "P-TOPUP"
    )


def _payment(tell: _Say, *, under_way: bool) -> Check:
    if under_way:
        return Check("payment", Outcome.STOP, tell("payment-open"))
    return Check("payment", Outcome.OK, tell("no-payment-open"))


def _time(ends_at: datetime, now: datetime, tell: _Say) -> Check:
    if ends_at <= now:
        return Check("time", Outcome.WARN, tell("has-ended", at=ends_at))
    if ends_at <= now + AUTO_RENEWAL_LEAD:
        return Check("time", Outcome.WARN, tell("ends-soon", at=ends_at))
    return Check("time", Outcome.OK, tell("time-enough", at=ends_at))
