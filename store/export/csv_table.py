"""The table: one line for each item, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re

from store.annotations.load import Own, own_of
from store.items.assessment import Assessment
from store.items.overview import Overview
from store.sanitize import plain
from store.times import json_time

COLUMNS = (
    "account", "kind", "id", "instance_id", "name", "region", "state", "severity", "ends_at",
    "next_state", "next_at", "data_lost_at", "auto_renewal_months", "auto_renewal_payable",
    "remedy", "clauses", "owner", "note", "snoozed_until",
)  # fmt: skip

_SIGNS = "[=+@＝＋－＠−-]"
"""What begins a formula; spreadsheets of East Asia take the full-width signs, too."""
_FORMULA = re.compile(rf"(^\s*|;[\s\"]*)(?={_SIGNS})")
"""Where `;` separates cells, as in much of Europe, one within a cell begins another."""


def table_text(overview: Overview) -> bytes:
    """CSV in UTF-8 with a header line. What is not known is an empty cell, never 0.

    It begins with a byte order mark: without one, Excel in Chinese takes it for GBK.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    own = own_of(overview.items.db, overview) if overview.items else Own()
    for seen in overview.items:
        cells = [*_cells(seen, overview.account), *_kept(seen, own)]
        writer.writerow([defused(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def defused(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", plain(cell))


def _kept(seen: Assessment, own: Own) -> tuple[str, str, str]:
    note, snooze = own.note(seen.item), own.snooze(seen.item)
    return note.owner, note.note, (json_time(snooze.until) or "") if snooze else ""


def _cells(seen: Assessment, account: str) -> list[str]:
    item, standing, auto = seen.item, seen.standing, seen.auto_renewal
    coming = standing.next
    values = (
        account,
        item.kind.value,
        item.id,
        item.instance_id,
        item.name,
        item.region,
        standing.state.value,
        seen.severity.value,
        json_time(item.ends_at),
        coming.state.value if coming else None,
        json_time(coming.at) if coming else None,
        json_time(standing.data_lost_at),
        auto.months if auto else None,
        auto.payable if auto else None,
        standing.remedy,
        " ".join(standing.clauses),
    )
    return ["" if value is None else str(value) for value in values]
