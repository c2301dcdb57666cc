"""`renewal status --line`: `WORD - text | perfdata` in one line, as Nagios and Icinga read it.

It serves a shell's greeting, a mail of cron and tmux's status line as well, so nothing in a
name can end the line, begin the figures, or be taken for a style.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from store.i18n import _, counted
from store.rules.severity import Severity
from tui.cells import plain
from tui.cli.status_lines import stale_words
from tui.text import labels
from tui.text.formats import length

if TYPE_CHECKING:
    from store.items.assessment import Assessment
    from store.items.overview import Overview

WORDS = {
    Severity.OK: "OK",
    Severity.WARNING: "WARNING",
    Severity.CRITICAL: "CRITICAL",
    Severity.UNKNOWN: "UNKNOWN",
}
"""The words of the plugin convention, in every language."""

NOT_KNOWN = "U"
"""What the convention writes for a figure that is not known."""

LONGEST_NAME = 60
LONGEST_REASON = 200
_MEANT_ELSEWHERE = str.maketrans({"|": "¦", "#": "＃"})
"""`|` begins the figures of a plugin, `#` a style or a command of tmux."""


def status_line(seen: Overview) -> str:
    """The account at this instant in one line. An unknown figure is `U`, never 0."""
    pressing = _pressing(seen)
    text = _(", ").join(_parts(seen, pressing))
    figures = " ".join(f"{name}={value}" for name, value in _figures(seen, pressing))
    return f"{WORDS[seen.severity]} - {text} | {figures}"


def _safe(text: str, limit: int = LONGEST_NAME) -> str:
    return plain(text, limit=limit).translate(_MEANT_ELSEWHERE)


def _pressing(seen: Overview) -> int | None:
    """How many items are not fine; None without data."""
    if not seen.items:
        return None
    from store.items.counts import pressing

    items = seen.items
    undated = sum(one.severity is not Severity.OK for one in items.undated)
    return undated + pressing(items.db, items.account, items.judge)


def _parts(seen: Overview, pressing: int | None) -> Iterator[str]:
    account = _safe(seen.account)
    if pressing is None:
        yield _("{account}: no data yet; run `renewal sync`").format(account=account)
    else:
        yield f"{account}: {_what_needs_attention(seen, pressing)}"
    if seen.items:
        yield from (_worst(one, seen) for _place, one in seen.items.pressing.page(size=1))
    if seen.balance and seen.balance.owed:
        yield _safe(labels.owed(seen.balance))
    if seen.balance and seen.forecast and seen.forecast.shortfall:
        short = labels.amount(seen.forecast.shortfall, seen.balance.currency)
        yield _("{amount} short").format(amount=_safe(short))
    if seen.sync_error:
        reason = _safe(seen.sync_error.message, LONGEST_REASON)
        yield _("the sync failed: {reason}").format(reason=reason)
    elif seen.as_of:
        yield from stale_words(seen)


def _what_needs_attention(seen: Overview, pressing: int) -> str:
    if pressing:
        return counted("{n} item needs attention", "{n} items need attention", pressing)
    if seen.lists_nothing:
        return _("the cloud lists nothing, perhaps since the site or the account is wrong")
    if seen.balance and seen.balance.is_owed_since_unknown:
        return _("the account is overdue")
    return _("nothing needs attention")


def _worst(one: Assessment, seen: Overview) -> str:
    name, state = _safe(labels.called(one.item)), labels.state(one)
    coming = one.standing.next
    if coming is None or seen.now is None:
        return f"{name} {state}"
    then, span = _(labels.STATES[coming.state]), length(coming.at - seen.now)
    return _("{name} {state}, {then} in {span}").format(
        name=name, state=state, then=then, span=span
    )


def _figures(seen: Overview, pressing: int | None) -> Iterator[tuple[str, str]]:
    yield "attention", NOT_KNOWN if pressing is None else str(pressing)
    for part, names in (
        (seen.balance, ("available", "owed")),
        (seen.forecast, ("due", "unpriced", "shortfall")),
    ):
        for name in names:
            yield name, NOT_KNOWN if part is None else _figure(getattr(part, name))


def _figure(value: Decimal | int) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}"
