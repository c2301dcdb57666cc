"""Search: the items of a listing that match a filter.

Dated items are filtered in SQL, undated items by the values of their fields.
"""

# ruff: noqa: S608 - conditions are our own, values are bound

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Event
from typing import Any

from store.items.assessment import Assessment
from store.items.filters import (
    NOTE,
    OWNER,
    TEXT,
    Between,
    Contains,
    Filter,
    OneOf,
    Term,
    field_values,
)
from store.items.pages import Listing
from store.items.queries import DATED, ROW
from store.items.rows import normalized
from store.items.sort_orders import SEVERITIES, STATES, SortOrder
from store.models import Kind
from store.rules.iot import RELEASE_AFTER

Notes = Mapping[tuple[str, str], tuple[str, str]]
"""(Kind, id) of an item to its (owner, note)."""

STEPS = 10_000
"""SQLite instructions between two checks of whether a search was superseded."""


class Superseded(Exception):
    """The person has typed more, so this search's result is no longer needed."""


def _case(conditions: Iterable[tuple[str, str]], otherwise: str = "NULL") -> str:
    whens = " ".join(f"WHEN {condition} THEN {value}" for condition, value in conditions)
    return f"CASE {whens} ELSE {otherwise} END"


_NAME_END = "instr(search_text, char(10))"
_ENTERPRISE = f"kind = '{Kind.ENTERPRISE}'"
_FIELDS = {
    TEXT: "search_text",
    "name": f"substr(search_text, 1, {_NAME_END} - 1)",
    "id": f"substr(search_text, {_NAME_END} + 1)",
    "edition": "kind",
    "region": "lower(region)",
    "state": _case((index_range.condition, f"'{state}'") for state, index_range in STATES.items()),
    "severity": _case(
        (
            (index_range.condition, f"'{severity}'")
            for severity, ranges in SEVERITIES.items()
            for index_range in ranges
        ),
        "'ok'",
    ),
    "ends": "ends_at",
    "lost": f"CASE WHEN {_ENTERPRISE} THEN ends_at + {int(RELEASE_AFTER.total_seconds())} END",
    "auto": f"CASE WHEN {_ENTERPRISE} THEN coalesce(auto_renewal_months, 0) END",
    "cost": "due_cents",
}
"""Field to the SQL expression for its value in a dated item."""


def _conditions(terms: Sequence[Term], notes: Notes) -> Iterator[tuple[str, dict[str, Any]]]:
    """The SQL condition of each term for a dated item, and its values."""
    for number, term in enumerate(terms):
        name, field = f"term_{number}", _FIELDS.get(term.field, "NULL")
        match term:
            case Contains():
                conditions = [f"instr({field}, :{name}) > 0"]
                values: dict[str, Any] = {name: term.text}
                if keys := _noted_keys(notes, term):
                    keys_name = f"{name}_keys"
                    conditions.append(
                        f"(kind || ':' || id) IN (SELECT value FROM json_each(:{keys_name}))"
                    )
                    values[keys_name] = json.dumps(keys)
                yield f"({' OR '.join(conditions)})", values
            case OneOf():
                values = {name: json.dumps(sorted(term.values))}
                yield f"{field} IN (SELECT value FROM json_each(:{name}))", values
            case Between():
                values = {f"{name}_low": term.low, f"{name}_high": term.high}
                low = f"(:{name}_low IS NULL OR {field} >= :{name}_low)"
                high = f"(:{name}_high IS NULL OR {field} < :{name}_high)"
                yield f"{field} IS NOT NULL AND {low} AND {high}", values


def _noted_keys(notes: Notes, term: Contains) -> list[str]:
    """The keys (`kind:id`) of the items whose owner or note contains the term's text, if the term's
    field covers them."""
    indexes = {TEXT: (0, 1), OWNER: (0,), NOTE: (1,)}.get(term.field, ())
    return [
        f"{kind}:{item_id}"
        for (kind, item_id), texts in notes.items()
        if any(term.text in normalized(texts[index]) for index in indexes)
    ]


def stop_with(db: sqlite3.Connection, stop: Event) -> None:
    """Interrupt the connection's statement once `stop` is set."""
    db.set_progress_handler(stop.is_set, STEPS)


def matching_numbers(
    listing: Listing, query: Filter, notes: Notes, *, backward: bool = False, limit: int = -1
) -> list[int]:
    """The numbers of the listing's items that match the filter, in the order of the listing: for a
    dated item its number in the table, for an undated one -1 minus its index in `listing.undated`.

    Scans the index that covers all fields, so the listing's order has to include all items. Raises
    `sqlite3.OperationalError` if it is interrupted.
    """
    conditions, values = ["true"], dict[str, Any](listing.values)
    for condition, bound_values in _conditions(query.terms, notes):
        conditions.append(condition)
        values |= bound_values
    values["limit"], values["undated"] = limit, json.dumps(
        [
            (-1 - index, *position)
            for index, (position, assessment) in enumerate(listing.undated)
            if query.is_met(field_values(assessment, *notes.get(position[:1:-1], ("", ""))))
        ]
    )  # fmt: skip
    turn = "DESC" if backward else "ASC"
    rows = listing.db.execute(
        "SELECT json_group_array(number) FROM ("
        f"SELECT number, {_position_columns(listing.order)}, id, kind FROM items "
        f"INDEXED BY items_by_text WHERE items.account = :account AND {DATED} "
        f"AND {listing.condition} AND {' AND '.join(conditions)} UNION ALL "
        f"SELECT {', '.join(f'json_extract(value, {path!r})' for path in _UNDATED_PATHS)} "
        "FROM json_each(:undated) "
        f"ORDER BY section {turn}, position_key {turn}, id {turn}, kind {turn} LIMIT :limit)",
        values,
    )
    numbers: list[int] = json.loads(rows.fetchone()[0])
    return numbers


_UNDATED_PATHS = tuple(f"$[{index}]" for index in range(5))


def _position_columns(order: SortOrder) -> str:
    """SQL columns for the section and the key of a dated item. Shorter conditions are tested first,
    since most items are running and have a short one."""
    ranges = [
        (index_range.condition, str(number), section.position_key(index_range))
        for number, section in enumerate(order.sections)
        for index_range in section.ranges
    ]
    ranges.sort(key=lambda entry: len(entry[0]))
    section = _case((condition, number) for condition, number, _ in ranges)
    key = _case((condition, key) for condition, _, key in ranges)
    return f"{section} AS section, {key} AS position_key"


def items_by_number(listing: Listing, numbers: Sequence[int]) -> list[Assessment]:
    """The items of these numbers, in this order, without those that have been deleted meanwhile."""
    dated = [number for number in numbers if number >= 0]
    rows = listing.db.execute(
        f"SELECT {ROW} FROM items WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(dated),),
    )
    assessments = {row["number"]: listing.assessor.assess(row) for row in rows}
    assessments |= {number: listing.undated[-1 - number][1] for number in numbers if number < 0}
    return [assessments[number] for number in numbers if number in assessments]


def item_number(listing: Listing, item_id: str) -> int | None:
    """The number of the item with that id, as in `matching_numbers`; None if it is not listed."""
    for index, (_position, assessment) in enumerate(listing.undated):
        if assessment.item.id == item_id:
            return -1 - index
    row = listing.db.execute(
        f"SELECT number FROM items INDEXED BY items_by_id WHERE account = ? AND id = ? AND {DATED}",
        (listing.account, item_id),
    ).fetchone()
    return None if row is None else int(row[0])
