"""Names of items, as a person reads them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from store import formats
from store.i18n import N_, _
from store.items.queries import items_of_instance, rows_by_id
from store.items.rows import from_row, normalized
from store.models import Item, Kind

_CITIES = {
    "cn-shanghai": N_("Shanghai"),
    "ap-southeast-1": N_("Singapore"),
    "ap-northeast-1": N_("Tokyo"),
    "us-west-1": N_("Silicon Valley"),
    "us-east-1": N_("Virginia"),
    "eu-central-1": N_("Frankfurt"),
}
"""Region to city, for the regions with public instances of IoT Platform."""


def item_name(item: Item) -> str:
    """The item's name, or its id if it has none.

    The name of a previous-version public instance follows its city: each region can have one
    without an Instance ID, and a narrow column cuts off the end.
    """
    name = item.name or item.id
    if item.kind is not Kind.PUBLIC_PREVIOUS or not item.region:
        return name
    city = _CITIES.get(item.region)
    return f"{_(city) if city else item.region} · {name}"


def distinct_names(db: sqlite3.Connection, account: str, ids: Iterable[str]) -> dict[str, str]:
    """The names of items by these Instance IDs or ids. An ID stands for itself if its item is not
    stored, or shares its name with an item of another order."""
    return {item_id: _distinct_name(db, account, item_id) for item_id in set(ids)}


def _distinct_name(db: sqlite3.Connection, account: str, item_id: str) -> str:
    items = items_of_instance(db, account, item_id) if item_id else []
    items = items or [from_row(row) for row in rows_by_id(db, account, item_id)]
    if not items or any(_is_shared(db, account, item) for item in items):
        return item_id
    return formats.joined(dict.fromkeys(map(item_name, items)))


def _is_shared(db: sqlite3.Connection, account: str, item: Item) -> bool:
    """Whether an item of another order has the same name."""
    first_line = normalized(item.name.replace("\n", " "))
    others = db.execute(
        "SELECT DISTINCT coalesce(nullif(instance_id, ''), id) FROM items INDEXED BY items_by_text "
        "WHERE account = ? AND dated IN (0, 1) AND search_text >= ? AND search_text < ? LIMIT 2",
        (account, f"{first_line}\n", f"{first_line}\v"),
    )
    return len(others.fetchall()) > 1
