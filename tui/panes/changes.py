"""Changes since the last visit as text: in one line, and in full."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from store import formats
from store.annotations.changes import ChangeGroup, ChangeKind, Changes
from store.i18n import _, counted
from tui.commands.registry import command
from tui.prompts import Emphasis, Line


def changes_in_one_line(changes: Changes, now: datetime | None) -> str:
    """`C changes since 21 Nov 18:02 (15 h ago): 2 ended, 1 new, available CNY -120.00`."""
    parts = [*map(_group_text, changes.groups), *_money(changes)]
    return _("{key} changes since {moment}: {changes}").format(
        key=command("changes").key,
        moment=formats.countdown(changes.since, now),
        changes=_(", ").join(parts),
    )


def changes_in_full(changes: Changes, now: datetime | None) -> list[Line]:
    """A paragraph for each kind of change, with the names of the items."""
    since = _("Since {moment}").format(moment=formats.countdown(changes.since, now))
    lines: list[Line] = [since]
    for group in changes.groups:
        names = formats.joined(group.names)
        if group.count > len(group.names):
            more = group.count - len(group.names)
            names += " " + counted("and {n} more", "and {n} more", more)
        lines += ["", Emphasis(_group_text(group)), f"  {names}"]
    money = _money(changes)
    return [*lines, "", Emphasis(_(", ").join(money))] if money else lines


def _group_text(group: ChangeGroup) -> str:
    n = group.count
    return {
        ChangeKind.LOST: counted("{n} was released, its data is deleted",
                           "{n} were released, their data is deleted", n),
        ChangeKind.ENDED: counted("{n} ended", "{n} ended", n),
        ChangeKind.OVERDUE: counted("{n} is overdue", "{n} are overdue", n),
        ChangeKind.MISSING: counted("{n} is no longer listed", "{n} are no longer listed", n),
        ChangeKind.EARLIER: counted("{n} ends earlier now", "{n} end earlier now", n),
        ChangeKind.SERVING: counted("{n} is in service now", "{n} are in service now", n),
        ChangeKind.RENEWED_ELSEWHERE: counted("{n} renewed elsewhere or by auto-renewal",
                                              "{n} renewed elsewhere or by auto-renewal", n),
        ChangeKind.RENEWED_HERE: counted("{n} renewed from here", "{n} renewed from here", n),
        ChangeKind.NEW: counted("{n} new", "{n} new", n),
        ChangeKind.BACK: counted("{n} is listed again", "{n} are listed again", n),
        ChangeKind.AUTO: counted("{n} with changed auto-renewal",
                                 "{n} with changed auto-renewal", n),
        ChangeKind.PRICE: counted("{n} with a changed price", "{n} with a changed price", n),
    }[group.kind]  # fmt: skip


def _money(changes: Changes) -> list[str]:
    moves = (
        (_("available"), changes.available_by),
        (_("owed"), changes.owed_by),
    )
    return [f"{label} {_by(by, changes.currency)}" for label, by in moves if by]


def _by(by: Decimal, currency: str) -> str:
    return f"{currency} {by:+,.2f}"
