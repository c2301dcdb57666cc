"""`renewal status`: what needs attention, from the stored data."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from typing import IO, Any

import click

from store.errors import Exit
from store.moments import BEIJING
from store.overview import DEFAULT_WITHIN, Overview, Seen
from store.rules.severity import Severity
from store.status import EXITS, document
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
from tui.text.when import clock, day, length, short_day

DEFAULT_MAX_AGE = timedelta(minutes=15)
_KEPT_IN_MEMORY = 4 * 1024 * 1024
SIGNS = {
    Severity.CRITICAL: "!",
    Severity.UNKNOWN: "?",
    Severity.WARNING: "·",
    Severity.OK: " ",
}


@click.command("status")
@click.option("--within", type=WholeDays(), default=DEFAULT_WITHIN, help="How far ahead, as 30d.")
@click.option(
    "--max-age", type=Age(), default=DEFAULT_MAX_AGE, help="Sync when older: 15m, 0 or never."
)
@json_option
@pass_options
def command(
    options: Options, within: timedelta, max_age: timedelta | str, *, as_json: bool
) -> Exit:
    """What needs attention. Exit 0 fine, 1 warning, 2 critical, 3 unknown."""
    limit = None if max_age == NEVER or isinstance(max_age, str) else max_age
    with options.session() as session:
        seen = session.overview(within, limit)
        if seen.sync_error:
            say(f"the sync failed, so this is what was stored: {seen.sync_error.message}")
        elif seen.as_of is None:
            say("there are no data for this account yet; `renewal sync` fetches them.")
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
    head = json.dumps({**whole, "items": []}, ensure_ascii=False, indent=2)
    out.write(head.removesuffix("]\n}"))
    between = "\n    "
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for item in items:
        out.write(between + encode(item))
        between = ",\n    "
    out.write("]\n}\n" if between == "\n    " else "\n  ]\n}\n")


def status_lines(seen: Overview) -> Iterator[str]:
    """The overview in plain lines: the account's four, then what is not fine."""
    yield f"{seen.account} · {seen.severity.value}" + (" · old data" if seen.stale else "")
    if seen.now is None or seen.balance is None or seen.forecast is None:
        return
    here = seen.now.astimezone(BEIJING)
    yield f"{day(here)} {clock(here)} UTC+8"
    balance, due = seen.balance, seen.forecast
    owed = f", {balance.owed:,.2f} owed" if balance.owed else ""
    yield f"balance {balance.currency} {balance.available:,.2f} available{owed}"
    short = f", short by {due.shortfall:,.2f}" if due.shortfall else ""
    unpriced = f", {due.unpriced} without a price" if due.unpriced else ""
    yield f"due in {due.horizon.days} days {balance.currency} {due.due:,.2f}{short}{unpriced}"
    calm = 0
    for one in seen.items:
        if one.severity is Severity.OK:
            calm += 1
        else:
            yield _item_line(one, seen)
    yield f"{calm} fine"


def _item_line(seen: Seen, whole: Overview) -> str:
    item, standing = seen.item, seen.standing
    parts = [SIGNS[seen.severity], item.name or item.id, f"({item.id})", standing.state.value]
    if standing.next is not None and whole.now is not None:
        at = standing.next.at.astimezone(BEIJING)
        ahead = length(standing.next.at - whole.now)
        parts.append(f"→ {standing.next.state.value} {short_day(at)} {clock(at)}, in {ahead}")
    if standing.data_lost_at is not None:
        parts.append(f"· data lost {short_day(standing.data_lost_at.astimezone(BEIJING))}")
    if standing.remedy:
        parts.append(f"· {standing.remedy}")
    parts.extend(
        f"· {error.field} is {error.found}, expected {error.expected} ({error.clause})"
        for error in standing.data_errors
    )
    return " ".join(parts)
