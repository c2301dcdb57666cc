"""The CSV table: one line for each item, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re

from store.annotations.load import Annotations, load_annotations
from store.items.assessment import Assessment
from store.items.overview import Overview
from store.sanitize import plain
from store.times import json_time

COLUMNS = (
    "account", "kind", "id", "instance_id", "name", "region", "state", "severity", "ends_at",
    "next_state", "next_at", "data_lost_at", "auto_renewal_months", "auto_renewal_payable",
    "remedy", "clauses", "owner", "note", "snoozed_until",
)  # fmt: skip

_FORMULA_STARTS = "[=+@＝＋－＠−-]"
"""Characters that begin a formula; East Asian spreadsheets also accept the full-width ones."""
_FORMULA = re.compile(rf"(^\s*|;[\s\"]*)(?={_FORMULA_STARTS})")
"""The places where a formula can begin: in much of Europe, `;` in a cell begins another cell."""


def table_text(overview: Overview) -> bytes:
    """CSV in UTF-8 with a header line.

    Unknown is an empty cell, never 0. The byte order mark is for Chinese Excel, which reads CSV
    without one as GBK.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    annotations = load_annotations(overview.items.db, overview) if overview.items else Annotations()
    for assessment in overview.items:
        cells = [*_cells(assessment, overview.account), *_annotation_cells(assessment, annotations)]
        writer.writerow([defuse(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def defuse(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", plain(cell))


def _annotation_cells(assessment: Assessment, annotations: Annotations) -> tuple[str, str, str]:
    note, snooze = annotations.note(assessment.item), annotations.snooze(assessment.item)
    return note.owner, note.note, (json_time(snooze.until) or "") if snooze else ""


def _cells(assessment: Assessment, account: str) -> list[str]:
    item, standing, auto = assessment.item, assessment.standing, assessment.auto_renewal
    event = standing.next
    values = (
        account,
        item.kind.value,
        item.id,
        item.instance_id,
        item.name,
        item.region,
        standing.state.value,
        assessment.severity.value,
        json_time(item.ends_at),
        event.state.value if event else None,
        json_time(event.at) if event else None,
        json_time(standing.data_lost_at),
        auto.months if auto else None,
        auto.payable if auto else None,
        standing.remedy,
        " ".join(standing.clauses),
    )
    return ["" if value is None else str(value) for value in values]
