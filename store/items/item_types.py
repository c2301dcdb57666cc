"""What the person said once of items that the cloud does not tell apart.

The cloud's billing tells an ID and a product code, not what it is. What was said is
kept for the account, and licenses that were written down by hand speak for their orders.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from store.database.open import immediate
from store.errors import Usage
from store.i18n import _
from store.inputs import LONGEST_CLOUD_ID, check_length, is_id
from store.items.rows import from_row
from store.models import Kind, License

if TYPE_CHECKING:
    from store.clouds.alibaba.item_types import ItemType

SAYABLE = (Kind.ENTERPRISE, Kind.PUBLIC_PREVIOUS, Kind.PUBLIC_NEW, Kind.LICENSE, Kind.OTHER)
"""What a person can say that an item is."""


def check_item_type(instance_id: str, told: ItemType) -> None:
    """Raises `Usage` for what cannot be: a wrong ID or kind, a license without its SDKs."""
    if not is_id(instance_id, LONGEST_CLOUD_ID):
        raise Usage(_("{id} is no Instance ID").format(id=repr(instance_id[:80])))
    if told.kind not in SAYABLE:
        raise Usage(_("an item cannot be said to be {kind}").format(kind=told.kind.value))
    if told.kind is Kind.LICENSE and not (told.application and told.sdks):
        raise Usage(_("of a license, say its application and its SDKs as well"))
    for text in (told.name, told.application, *told.sdks):
        check_length(text)


def keep_item_type(db: sqlite3.Connection, account: str, instance_id: str, told: ItemType) -> None:
    """Keep what the person said of this Instance ID, in place of what was said before."""
    with immediate(db):
        db.execute(
            "INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?, ?, ?)",
            (
                account, instance_id, told.kind.value, told.name, told.application,
                json.dumps(told.sdks, ensure_ascii=False),
            ),
        )  # fmt: skip


def item_types(db: sqlite3.Connection, account: str) -> dict[str, ItemType]:
    """What was said, by Instance ID; licenses written down by hand come with their orders."""
    from store.clouds.alibaba.item_types import ItemType

    found = {
        row["instance_id"]: ItemType(
            Kind(row["kind"]), row["name"], row["application"], tuple(json.loads(row["sdks"]))
        )
        for row in db.execute("SELECT * FROM said WHERE account = ?", (account,))
    }
    for instance_id, licenses in _by_hand(db, account).items():
        found[instance_id] = ItemType(Kind.LICENSE, licenses=tuple(licenses))
    return found


def _by_hand(db: sqlite3.Connection, account: str) -> dict[str, list[License]]:
    rows = db.execute(
        "SELECT * FROM items WHERE account = ? AND kind = 'sdk-license' AND instance_id <> '' "
        "ORDER BY id",
        (account,),
    )
    orders: dict[str, list[License]] = {}
    for row in rows:
        item = from_row(row)
        if isinstance(item, License) and item.application:
            orders.setdefault(item.instance_id, []).append(item)
    return orders
