"""Item types that a person entered, because the billing API has no kinds of items.

An entry is stored by account and Instance ID. Licenses that were entered one by one define the type
of their orders.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from store.database.open import immediate
from store.errors import Usage
from store.i18n import _
from store.inputs import LONGEST_CLOUD_ID, check_length, is_id
from store.items.queries import items_by_id
from store.items.rows import COLUMN_LIST, VALUE_MARKS, from_row, to_row
from store.models import Kind, License

if TYPE_CHECKING:
    from store.clouds.alibaba.item_types import ItemType

ENTERABLE_KINDS = (Kind.ENTERPRISE, Kind.PUBLIC_PREVIOUS, Kind.PUBLIC_NEW, Kind.LICENSE, Kind.OTHER)
"""The kinds that a person can enter."""


def check_item_type(instance_id: str, item_type: ItemType) -> None:
    """Raises `Usage` for an invalid entry: a wrong ID or kind, a license without its SDKs, a trial
    of another kind than Enterprise Edition."""
    if not is_id(instance_id, LONGEST_CLOUD_ID):
        raise Usage(_("{id} is not an Instance ID").format(id=repr(instance_id[:80])))
    if item_type.kind not in ENTERABLE_KINDS:
        raise Usage(_("an item cannot be identified as {kind}").format(kind=item_type.kind.value))
    if item_type.kind is Kind.LICENSE and not (item_type.application and item_type.sdks):
        raise Usage(_("for a license, give its application and its SDKs as well"))
    if item_type.is_trial and item_type.kind is not Kind.ENTERPRISE:
        raise Usage(_("only an Enterprise Edition instance can be a trial"))
    for text in (item_type.name, item_type.application, *item_type.sdks):
        check_length(text)


def store_item_type(
    db: sqlite3.Connection, account: str, instance_id: str, item_type: ItemType
) -> None:
    """Store the type of this Instance ID in place of an earlier one; it applies from the next
    sync."""
    with immediate(db):
        _insert(db, account, instance_id, item_type)


def proposed_kind(db: sqlite3.Connection, account: str, instance_id: str) -> Kind:
    """The kind that the product codes of this item suggest. Raises `Usage` if they suggest none."""
    for item in items_by_id(db, account, instance_id):
        details = getattr(item, "details", None)
        if details is not None and details.proposed_kind is not None:
            return Kind(details.proposed_kind)
    raise Usage(
        _("there is no proposal for {id}: give its type with `--kind`").format(id=instance_id)
    )


def add_previous_public(db: sqlite3.Connection, account: str, region: str, name: str) -> str:
    """Add a previous-version public instance, which no API lists, by its region; returns its id. It
    is shown at once. Raises `Usage` for an invalid region."""
    from store.clouds.alibaba.item_types import PREVIOUS_PUBLIC, ItemType, previous_public

    if not is_id(region):
        raise Usage(
            _("{region} is not a region such as cn-shanghai").format(region=repr(region[:80]))
        )
    item = previous_public(f"{PREVIOUS_PUBLIC}{region}", "", name, region)
    item_type = ItemType(Kind.PUBLIC_PREVIOUS, name)
    check_item_type(item.id, item_type)
    with immediate(db):
        _insert(db, account, item.id, item_type)
        db.execute(
            f"INSERT OR REPLACE INTO items (account, {COLUMN_LIST}) VALUES (?, {VALUE_MARKS})",  # noqa: S608
            (account, *to_row(item)),
        )
    return item.id


def remove_previous_public(db: sqlite3.Connection, account: str, region: str) -> str:
    """Remove a public instance that was entered by its region; returns its id. Raises `Usage` if
    there is none."""
    from store.clouds.alibaba.item_types import PREVIOUS_PUBLIC

    item_id = f"{PREVIOUS_PUBLIC}{region}"
    key = (account, item_id)
    with immediate(db):
        sql = "DELETE FROM item_types WHERE account = ? AND instance_id = ?"
        if not db.execute(sql, key).rowcount:
            raise Usage(
                _("no previous-version public instance was entered for {region}").format(
                    region=repr(region[:80])
                )
            )
        db.execute("DELETE FROM items WHERE account = ? AND id = ?", key)
    return item_id


def unidentified(db: sqlite3.Connection, account: str) -> tuple[list[str], list[str]]:
    """The IDs of the listed items without a type: those whose product codes suggest a kind, and the
    others, each sorted."""
    sql = """
        SELECT id, json_extract(details, '$.proposed_kind') AS proposed FROM items
        WHERE account = :account AND kind = 'other' AND missing_since IS NULL
        AND instance_id <> ''
        AND instance_id NOT IN (SELECT instance_id FROM item_types WHERE account = :account)
        ORDER BY id
    """
    rows = db.execute(sql, {"account": account}).fetchall()
    proposed = [row["id"] for row in rows if row["proposed"] is not None]
    return proposed, [row["id"] for row in rows if row["proposed"] is None]


def _insert(db: sqlite3.Connection, account: str, instance_id: str, item_type: ItemType) -> None:
    db.execute(
        "INSERT OR REPLACE INTO item_types "
        "(account, instance_id, kind, name, application, sdks, trial) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            account, instance_id, item_type.kind.value, item_type.name, item_type.application,
            json.dumps(item_type.sdks, ensure_ascii=False), item_type.is_trial,
        ),
    )  # fmt: skip


def load_item_types(db: sqlite3.Connection, account: str) -> dict[str, ItemType]:
    """The item types by Instance ID, including the orders of licenses that were entered one by
    one."""
    from store.clouds.alibaba.item_types import ItemType

    known = {
        row["instance_id"]: ItemType(
            Kind(row["kind"]),
            row["name"],
            row["application"],
            tuple(json.loads(row["sdks"])),
            is_trial=bool(row["trial"]),
        )
        for row in db.execute("SELECT * FROM item_types WHERE account = ?", (account,))
    }
    for instance_id, licenses in _license_orders(db, account).items():
        known[instance_id] = ItemType(Kind.LICENSE, licenses=tuple(licenses))
    return known


def _license_orders(db: sqlite3.Connection, account: str) -> dict[str, list[License]]:
    """The licenses with an application, by the Instance ID of their order."""
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
