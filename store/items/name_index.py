"""The register: ids and names of dated items, a thousand to a leaf, to be looked through.

SQLite looks through a million rows in a quarter of a second, and an index of trigrams costs
a sync more than writing the items does, and knows no words of two letters. A leaf is one
run of bytes, looked through as fast as memory is read, for any word of any script. Whoever
writes items brings their leaves up to date in the same transaction.
"""

# ruff: noqa: S608 - names and conditions are our own, values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from store.items.daily_totals import DATED

LEAF = 1000
"""Items on a leaf."""
_ITEM, _TEXT = b"\xff", b"\xfe"
"""What begins an item, and what follows its id: no text in UTF-8 has these bytes."""

_NAMELESS = (b"", _ITEM)
"""What follows where a name would begin."""

_ENTRIES = f"SELECT kind, id, name FROM items WHERE account = :account AND {DATED}"
_TURN = "INSERT INTO leaves (account, kind, first, text) VALUES (?, ?, ?, ?)"


def rewrite(db: sqlite3.Connection, account: str) -> None:
    """Write all leaves of the account anew. The caller holds the transaction."""
    db.execute("DELETE FROM leaves WHERE account = ?", (account,))
    _write(db, account, f"{_ENTRIES} ORDER BY kind, id", {"account": account})


def amend(db: sqlite3.Connection, account: str, kind: str, item_id: str) -> None:
    """Write the leaf of that item anew. The caller holds the transaction."""
    values = {"account": account, "kind": kind, "id": item_id}
    leaf = "FROM leaves WHERE account = :account AND kind = :kind AND first"
    (first,) = db.execute(f"SELECT coalesce(max(first), '') {leaf} <= :id", values).fetchone()
    (after,) = db.execute(f"SELECT min(first) {leaf} > :id", values).fetchone()
    values |= {"first": first, "after": after}
    db.execute(f"DELETE {leaf} = :first", values)
    here = "kind = :kind AND id >= :first AND (:after IS NULL OR id < :after)"
    _write(db, account, f"{_ENTRIES} AND {here} ORDER BY id", values)


def _write(db: sqlite3.Connection, account: str, entries: str, values: dict[str, Any]) -> None:
    rows = db.execute(entries, values)
    kind, first, leaf = "", "", list[bytes]()
    while some := rows.fetchmany(LEAF):
        for row in some:
            if leaf and (row[0] != kind or len(leaf) == LEAF):
                db.execute(_TURN, (account, kind, first, b"".join(leaf)))
                leaf = []
            if not leaf:
                kind, first = row[0], row[1]
            leaf.append(_entry(row[1], row[2]))
    if leaf:
        db.execute(_TURN, (account, kind, first, b"".join(leaf)))


def _entry(item_id: str, name: str) -> bytes:
    """The id as it is, then whatever can be looked for, without regard to case."""
    folded = item_id.casefold()
    shown = name.casefold() if folded == item_id else f"{folded}\n{name.casefold()}"
    return b"".join((_ITEM, item_id.encode(), _TEXT, shown.encode()))


def leaves(db: sqlite3.Connection, account: str) -> Iterator[tuple[str, bytes]]:
    """The leaves of the account, each with the kind of its items."""
    rows = db.execute("SELECT kind, text FROM leaves WHERE account = ?", (account,))
    return ((kind, text) for kind, text in rows)


def holding(leaf: bytes, word: str, part: str = "all") -> Iterator[str]:
    """The ids of the items on the leaf with the casefolded word in their name or their id, or
    only in their `name` or `id`; what has no name stands by its id."""
    needle = word.encode(errors="replace")
    if not all(byte in leaf for byte in set(needle)):  # ten times as fast as to look for all
        return
    at = leaf.find(needle)
    while at >= 0:
        start = leaf.rfind(_ITEM, 0, at) + 1
        text = leaf.index(_TEXT, start)
        item_id = leaf[start:text].decode()
        name = text if part == "all" else _name_at(item_id, text)
        if part == "name" and at < name and leaf[name : name + 1] not in _NAMELESS:
            at = leaf.find(needle, name)
            continue
        if part != "id" or at < name:
            yield item_id
        end = leaf.find(_ITEM, at)
        at = leaf.find(needle, end) if end >= 0 else -1


def _name_at(item_id: str, text: int) -> int:
    """Where the name begins in an entry whose text begins there."""
    folded = item_id.casefold()
    return text + 1 + (0 if folded == item_id else len(folded.encode()) + 1)
