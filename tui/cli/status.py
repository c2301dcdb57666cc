"""`renewal status`: what needs attention, from the stored data."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from typing import IO, Any

import click

from store.errors import Exit, Usage
from store.forecast import Forecast
from store.models import Balance
from store.overview import DEFAULT_WITHIN, Overview, Seen
from store.rules.severity import Severity
from store.status import EXITS, document
from tui.cli.exits import ALWAYS, STATUS
from tui.cli.manual import Example, Page
from tui.cli.options import (
    NEVER,
    Age,
    Options,
    WholeDays,
    emit,
    json_option,
    pass_options,
    say,
)
from tui.panes import words
from tui.plain import plain_json
from tui.text import _, later
from tui.text.when import clock, length, short_day

DEFAULT_MAX_AGE = timedelta(minutes=15)
_KEPT_IN_MEMORY = 4 * 1024 * 1024
SIGNS = {
    Severity.CRITICAL: "!",
    Severity.UNKNOWN: "?",
    Severity.WARNING: "·",
    Severity.OK: " ",
}


@click.command(
    "status",
    cls=Page,
    says=(
        later("What needs attention, as text or JSON, with an exit code for cron."),
        later(
            "It tells what is stored, and syncs first when that is older than `--max-age`. The "
            "exit code is that of a plugin for Nagios or Icinga."
        ),
    ),
    exits=ALWAYS,
    meanings=STATUS,
    examples=(
        Example("renewal status", later("What needs attention within 30 days.")),
        Example(
            "renewal status --within 60d --max-age never",
            later("Within 60 days, from what is stored; the cloud is not asked."),
        ),
        Example("renewal status --json --max-age 0", later("Synced now, as JSON.")),
        Example("renewal status --line", later("One line, from what is stored.")),
    ),
)
@click.option(
    "--within", type=WholeDays(), default=DEFAULT_WITHIN, help=later("How far ahead, as 30d.")
)
@click.option(
    "--max-age",
    type=Age(),
    help=later("Sync when older: 15m, 0 or never."),
)
@click.option(
    "--line",
    "as_line",
    is_flag=True,
    help=later("One line for Nagios, tmux or a greeting; syncs only with --max-age."),
)
@json_option
@pass_options
def command(
    options: Options,
    within: timedelta,
    max_age: timedelta | str | None,
    *,
    as_line: bool,
    as_json: bool,
) -> Exit:
    """What needs attention. Exit 0 fine, 1 warning, 2 critical, 3 unknown."""
    if as_line and as_json:
        raise Usage(_("say one of --line and --json"))
    if max_age is None:
        max_age = NEVER if as_line else DEFAULT_MAX_AGE
    limit = max_age if isinstance(max_age, timedelta) else None
    with options.session() as session:
        seen = session.overview(within, limit)
        if as_line:
            from tui.cli.status_line import status_line

            click.echo(status_line(seen))
            return EXITS[seen.severity]
        if seen.sync_error:
            say(sync_failed(seen.sync_error.message))
        elif seen.as_of is None:
            say(_("there are no data for this account yet; `renewal sync` fetches them."))
        if as_json:
            _write(document(seen))
        else:
            emit({}, status_lines(seen), as_json=False)
    return EXITS[seen.severity]


def _write(whole: dict[str, Any]) -> None:
    """The document with an item a line: as much memory for a million items as for ten.

    It is whole before its first byte is on stdout, so that an error on the way leaves none.
    """
    with tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY, "w+", encoding="utf-8") as out:
        _compose(whole, out)
        out.seek(0)
        shutil.copyfileobj(out, sys.stdout)
    sys.stdout.flush()


def _compose(whole: dict[str, Any], out: IO[str]) -> None:
    items = whole.pop("items")
    head = plain_json({**whole, "items": []}, indent=2)
    out.write(head.removesuffix("]\n}"))
    between = "\n    "
    for item in items:
        out.write(between + plain_json(item))
        between = ",\n    "
    out.write("]\n}\n" if between == "\n    " else "\n  ]\n}\n")


def sync_failed(reason: str) -> str:
    """That what is told is what was stored before."""
    return _("the sync failed, so this is what was stored: {reason}").format(reason=reason)


def status_lines(seen: Overview) -> Iterator[str]:
    """The overview in plain lines: the account's four, then what is not fine."""
    old = f" · {_('old data')}" if seen.stale else ""
    yield f"{seen.account} · {_(words.SEVERITIES[seen.severity])}{old}"
    if seen.now is None or seen.balance is None or seen.forecast is None:
        return
    yield f"{words.instant(seen.now)} UTC+8"
    yield _balance_line(seen.balance)
    yield _due_line(seen.forecast, seen.balance.currency)
    calm = 0
    for one in seen.items:
        if one.severity is Severity.OK:
            calm += 1
        else:
            yield _item_line(one, seen)
    yield _("{n} fine").format(n=calm)


def _balance_line(balance: Balance) -> str:
    available = words.amount(balance.available, balance.currency)
    if not balance.owed:
        return _("balance {available} available").format(available=available)
    return _("balance {available} available, {owed} owed").format(
        available=available, owed=words.amount(balance.owed, balance.currency)
    )


def _due_line(due: Forecast, currency: str) -> str:
    parts = [
        _("due in {n} days {amount}").format(
            n=due.horizon.days, amount=words.amount(due.due, currency)
        )
    ]
    if due.shortfall:
        short = words.amount(due.shortfall, currency)
        parts.append(_("short by {amount}").format(amount=short))
    if due.unpriced:
        parts.append(_("{n} without a price").format(n=due.unpriced))
    return _(", ").join(parts)


def _item_line(seen: Seen, whole: Overview) -> str:
    item, standing = seen.item, seen.standing
    parts = [SIGNS[seen.severity], words.called(item), f"({item.id})", words.state(seen)]
    if standing.next is not None and whole.now is not None:
        at = words.local(standing.next.at)
        parts.append(
            _("→ {state} {day} {clock}, in {span}").format(
                state=_(words.STATES[standing.next.state]),
                day=short_day(at),
                clock=clock(at),
                span=length(standing.next.at - whole.now),
            )
        )
    if standing.data_lost_at is not None:
        lost = short_day(words.local(standing.data_lost_at))
        parts.append("· " + _("data lost {day}").format(day=lost))
    if standing.remedy:
        parts.append(f"· {standing.remedy}")
    parts.extend("· " + words.data_error(error) for error in standing.data_errors)
    return " ".join(parts)
