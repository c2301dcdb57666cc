"""Licenses that a person enters, since no public API lists them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from decimal import Decimal

from store.config import PRACTICE
from store.database.open import immediate
from store.errors import BadFile, Usage
from store.i18n import _
from store.inputs import EXPECTED_ID, LONGEST_TEXT, is_amount, is_id, without_separators
from store.items.rows import COLUMN_LIST, VALUE_MARKS, to_row
from store.models import AUTO_RENEWAL_MONTHS, License
from store.times import parse_time, to_epoch

_SDK_SEPARATORS = re.compile("[;；、，]")
"""Chinese input methods type the full-width semicolon."""


def split_sdks(text: str) -> tuple[str, ...]:
    """The SDKs of a text that separates them by `;`."""
    return tuple(part.strip() for part in _SDK_SEPARATORS.split(text) if part.strip())


def parse_license(where: str, row: Mapping[str, str]) -> License:
    """The license of one row of text. Raises `BadFile` naming the column."""

    def bad(column: str, expected: str) -> BadFile:
        return BadFile(f"{where} {column}", repr(row.get(column, ""))[:80], expected)

    for column in ("application", "package", "sdks"):
        if len(row[column]) > LONGEST_TEXT:
            raise bad(column, _("at most {n} characters").format(n=LONGEST_TEXT))
    if not is_id(row["license_id"]):
        raise bad("license_id", _(EXPECTED_ID))
    if row["instance_id"] and not is_id(row["instance_id"]):
        raise bad("instance_id", _("1 to 64 letters, digits and _ . : -, or nothing"))
    sdks = split_sdks(row["sdks"])
    if not sdks:
        raise bad("sdks", _("the SDKs of the license, separated by ;"))
    try:
        ends_at = parse_time(row["expires_at"])
    except ValueError as error:
        raise bad("expires_at", _("a time such as 2026-12-01T00:00:00+08:00")) from error
    price = without_separators(row.get("monthly_price", ""))
    months = row.get("auto_renewal_months", "")
    if price and not is_amount(price):
        raise bad("monthly_price", _("digits with at most two decimals, or nothing"))
    if months and months not in {str(number) for number in AUTO_RENEWAL_MONTHS}:
        raise bad("auto_renewal_months", _("1, 2, 3, 6, 12 or nothing"))
    return License(
        row["license_id"], row["instance_id"], row["application"], row["package"], sdks, ends_at,
        Decimal(price) if price else None, int(months) if months else None,
    )  # fmt: skip


def store_licenses(db: sqlite3.Connection, account: str, licenses: Iterable[License]) -> None:
    """Store the licenses, all or none, in place of those with the same ids.

    Their end dates were read in the console and take precedence over the billed ones.
    """
    sql = (
        f"INSERT OR REPLACE INTO items (account, {COLUMN_LIST}, by_hand, console_ends_at) "  # noqa: S608
        f"VALUES (?, {VALUE_MARKS}, 1, ?)"
    )
    rows = [(account, *to_row(item), to_epoch(item.ends_at)) for item in licenses]
    with immediate(db):
        db.executemany(sql, rows)


def manual_license_ids(db: sqlite3.Connection, account: str) -> frozenset[str]:
    """The IDs of the licenses that a person entered, even if the billing API lists them by now.
    Licenses that the practice cloud lists are not among them."""
    rows = db.execute(
        "SELECT id FROM items WHERE account = ? AND kind = 'sdk-license' "
        "AND (by_hand OR (? AND console_ends_at IS NOT NULL))",
        (account, not _is_practice(db, account)),
    )
    return frozenset(license_id for (license_id,) in rows)


def is_listed_by_cloud(db: sqlite3.Connection, account: str, license_id: str) -> bool:
    """Whether the cloud itself lists this license, as only the practice cloud does: an entry for it
    lasts until the next sync only."""
    return _is_practice(db, account) and license_id not in manual_license_ids(db, account)


def _is_practice(db: sqlite3.Connection, account: str) -> bool:
    (cloud,) = db.execute("SELECT max(cloud) FROM syncs WHERE account = ?", (account,)).fetchone()
    return bool(cloud == PRACTICE)


def remove_licenses(db: sqlite3.Connection, account: str, license_ids: Iterable[str]) -> None:
    """Remove licenses that a person entered. Raises `Usage`, and removes none, if the cloud itself
    lists one of them."""
    with immediate(db):
        entered = manual_license_ids(db, account)
        for license_id in license_ids:
            if license_id not in entered:
                raise Usage(
                    _("{id} was not added by hand: the cloud lists it").format(id=license_id)
                )
            db.execute(
                "DELETE FROM items WHERE account = ? AND kind = 'sdk-license' AND id = ?",
                (account, license_id),
            )
