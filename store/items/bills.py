"""The last subscription bill of each Instance ID, kept across syncs since most are months old."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from store.clouds.account_details import LastBill
from store.money import decimal_or_none

_UPSERT = """
INSERT INTO bills VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (account, instance_id) DO UPDATE SET
    name = CASE excluded.name WHEN '' THEN name ELSE excluded.name END,
    product = CASE excluded.product WHEN '' THEN product ELSE excluded.product END,
    commodity = CASE excluded.commodity WHEN '' THEN commodity ELSE excluded.commodity END,
    month = CASE WHEN excluded.amount IS NULL THEN month ELSE excluded.month END,
    currency = CASE WHEN excluded.amount IS NULL THEN currency ELSE excluded.currency END,
    months = CASE WHEN excluded.amount IS NULL THEN months ELSE excluded.months END,
    amount = coalesce(excluded.amount, amount)
WHERE excluded.month >= month
"""
"""The newer bill counts; a name or price that it lacks is taken from the older one."""


def store_bills(db: sqlite3.Connection, account: str, bills: Iterable[LastBill]) -> None:
    """Store these bills. The caller holds the transaction."""
    db.executemany(
        _UPSERT,
        (
            (
                account, bill.instance_id, bill.month, bill.name, bill.product, bill.commodity,
                None if bill.amount is None else str(bill.amount), bill.currency, bill.months,
            )
            for bill in bills
        ),
    )  # fmt: skip


def identifying_bills(db: sqlite3.Connection, account: str) -> dict[str, LastBill]:
    """The bills by Instance ID that have a name, or a commodity code that suggests a kind. Most
    bills of a large account have neither."""
    rows = db.execute(
        "SELECT * FROM bills WHERE account = ? "
        "AND (name <> '' OR lower(commodity) GLOB 'iot*' OR lower(commodity) GLOB 'vod*')",
        (account,),
    )
    return {row["instance_id"]: _bill(row) for row in rows}


def bill_of(db: sqlite3.Connection, account: str, instance_id: str) -> LastBill | None:
    """The last bill of this Instance ID, or None."""
    row = db.execute(
        "SELECT * FROM bills WHERE account = ? AND instance_id = ?", (account, instance_id)
    ).fetchone()
    return None if row is None else _bill(row)


def bills_by_id(db: sqlite3.Connection, account: str) -> dict[str, LastBill]:
    """Every bill, by Instance ID."""
    rows = db.execute("SELECT * FROM bills WHERE account = ?", (account,))
    return {row["instance_id"]: _bill(row) for row in rows}


def _bill(row: sqlite3.Row) -> LastBill:
    return LastBill(
        row["instance_id"], row["month"], row["name"], row["product"], row["commodity"],
        decimal_or_none(row["amount"]), row["currency"], row["months"],
    )  # fmt: skip
