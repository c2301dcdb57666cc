"""`renewal status --line`: `WORD - text | perfdata` in one line, as Nagios and Icinga read it.

It also serves as a login message, a mail of cron and a status line of tmux, so no name can end the
line, begin the performance data, or act as a style.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from store import formats
from store.i18n import _, counted
from store.items.names import item_name
from store.rules.severity import Severity
from store.sanitize import plain
from tui.text import labels
from tui.text.status_text import stale_words

if TYPE_CHECKING:
    from store.items.assessment import Assessment
    from store.items.overview import Overview

WORDS = {
    Severity.OK: "OK",
    Severity.WARNING: "WARNING",
    Severity.CRITICAL: "CRITICAL",
    Severity.UNKNOWN: "UNKNOWN",
}
"""The state words of the plugin convention, the same in every language."""

NOT_KNOWN = "U"
"""The plugin convention's value for an unknown figure."""

LONGEST_NAME = 60
LONGEST_REASON = 200
_MEANT_ELSEWHERE = str.maketrans({"|": "¦", "#": "＃"})
"""Replaces `|`, which begins performance data, and `#`, which begins a style or a command of
tmux."""


def status_line(overview: Overview) -> str:
    """The account at this instant in one line. An unknown figure is `U`, never 0."""
    pressing = _pressing(overview)
    text = _(", ").join(_parts(overview, pressing))
    figures = " ".join(f"{name}={value}" for name, value in _figures(overview, pressing))
    return f"{WORDS[overview.severity]} - {text} | {figures}"


def _safe(text: str, limit: int = LONGEST_NAME) -> str:
    return plain(text, limit=limit).translate(_MEANT_ELSEWHERE)


def _pressing(overview: Overview) -> int | None:
    """The number of items that need attention; None without data."""
    if not overview.items:
        return None
    return len(overview.items.pressing)


def _parts(overview: Overview, pressing: int | None) -> Iterator[str]:
    account = _safe(overview.account)
    if pressing is None:
        yield _("{account}: no data yet; run `renewal sync`").format(account=account)
    else:
        yield f"{account}: {_what_needs_attention(overview, pressing)}"
    if overview.items:
        yield from (
            _worst(assessment, overview)
            for _place, assessment in overview.items.pressing.page(size=1)
        )
    if overview.balance and overview.balance.owed:
        yield _safe(labels.owed(overview.balance))
    if overview.balance and overview.forecast and overview.forecast.shortfall:
        short = formats.amount(overview.forecast.shortfall, overview.balance.currency)
        yield _("{amount} short").format(amount=_safe(short))
    if overview.sync_error:
        reason = _safe(overview.sync_error.message, LONGEST_REASON)
        yield _("the sync failed: {reason}").format(reason=reason)
    elif overview.as_of:
        yield from stale_words(overview)


def _what_needs_attention(overview: Overview, pressing: int) -> str:
    if pressing:
        return counted("{n} item needs attention", "{n} items need attention", pressing)
    if overview.lists_nothing:
        return _("the cloud lists nothing; the site or the account may be wrong")
    if overview.is_overdue:
        return _("the account is overdue")
    return _("nothing needs attention")


def _worst(assessment: Assessment, overview: Overview) -> str:
    name, state = _safe(item_name(assessment.item)), labels.state(assessment)
    event = assessment.standing.next
    if event is None or overview.now is None:
        return f"{name} {state}"
    then, span = _(labels.STATES[event.state]), formats.length(event.at - overview.now)
    return _("{name} {state}, {then} in {span}").format(
        name=name, state=state, then=then, span=span
    )


def _figures(overview: Overview, pressing: int | None) -> Iterator[tuple[str, str]]:
    yield "attention", NOT_KNOWN if pressing is None else str(pressing)
    for part, names in (
        (overview.balance, ("available", "owed")),
        (overview.forecast, ("due", "unpriced", "shortfall")),
    ):
        for name in names:
            yield name, NOT_KNOWN if part is None else _figure(getattr(part, name))


def _figure(value: Decimal | int) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}"
