"""Licenses that a person wrote down, since no public API lists them.

A CSV file has a header line with these columns, in any order; the last three may be
left out: license_id, application, package, instance_id, sdks (separated by `;`),
expires_at, monthly_price, auto_renewal_months.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from store.database.open import immediate
from store.errors import BadFile, FileTrouble
from store.i18n import _
from store.inputs import EXPECTED_ID, LONGEST_TEXT, is_amount, is_id
from store.items.rows import COLUMNS, to_row
from store.models import AUTO_RENEWAL_MONTHS, License
from store.times import parse_time, to_epoch

_REQUIRED = ("license_id", "application", "package", "instance_id", "sdks", "expires_at")
_OPTIONAL = ("monthly_price", "auto_renewal_months")
_LARGEST = 64 * 1024 * 1024


def read_csv(path: Path) -> list[License]:
    """Every license of the file. Raises `BadFile` with the line and the column."""
    try:
        if path.stat().st_size > _LARGEST:
            raise BadFile(str(path), _("a file of more than 64 MiB"), _("a smaller one"))
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(
            str(path), _("no UTF-8 ({reason})").format(reason=error.reason), _("UTF-8 text")
        ) from error
    except FileNotFoundError as error:
        raise BadFile(str(path), _("no such file"), _("a CSV file")) from error
    except OSError as error:
        raise FileTrouble(
            _("{path} cannot be read ({strerror})").format(path=path, strerror=error.strerror)
        ) from error
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        _check_header(path.name, reader.fieldnames or ())
        licenses = [
            license_of(f"{path.name} line {reader.line_num}", row)
            for row in reader
            if _fits(path.name, reader.line_num, row)
        ]
    except csv.Error as error:
        raise BadFile(f"{path.name} line {reader.line_num + 1}", str(error), "CSV") from error
    _check_unique(path.name, licenses)
    return licenses


def _check_header(name: str, header: Iterable[str]) -> None:
    columns = list(header)
    for column in _REQUIRED:
        if column not in columns:
            raise BadFile(
                f"{name} line 1",
                _("no column {column}").format(column=column),
                f"{', '.join(_REQUIRED)}",
            )
    for column in columns:
        if column not in _REQUIRED + _OPTIONAL:
            raise BadFile(
                f"{name} line 1",
                _("an unknown column {value!r}").format(value=column[:80]),
                _("known columns"),
            )


def _fits(name: str, line: int, row: Mapping[str | None, object]) -> bool:
    if None in row or None in row.values():
        raise BadFile(f"{name} line {line}", _("another number of cells"), _("one for each column"))
    return True


def _check_unique(name: str, licenses: Iterable[License]) -> None:
    seen = set()
    for item in licenses:
        if item.id in seen:
            raise BadFile(
                f"{name} license_id", _("{id!r} twice").format(id=item.id), _("each license once")
            )
        seen.add(item.id)


def license_of(where: str, row: Mapping[str, str]) -> License:
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
    sdks = tuple(part.strip() for part in row["sdks"].split(";") if part.strip())
    if not sdks:
        raise bad("sdks", _("the SDKs of the license, separated by ;"))
    try:
        ends_at = parse_time(row["expires_at"])
    except ValueError as error:
        raise bad("expires_at", _("a time as 2026-12-01T00:00:00+08:00")) from error
    price, months = row.get("monthly_price", ""), row.get("auto_renewal_months", "")
    if price and not is_amount(price):
        raise bad("monthly_price", _("digits with at most two decimals, or nothing"))
    if months and months not in {str(number) for number in AUTO_RENEWAL_MONTHS}:
        raise bad("auto_renewal_months", _("1, 2, 3, 6, 12 or nothing"))
    return License(
        row["license_id"], row["instance_id"], row["application"], row["package"], sdks, ends_at,
        Decimal(price) if price else None, int(months) if months else None,
    )  # fmt: skip


def keep_licenses(db: sqlite3.Connection, account: str, licenses: Iterable[License]) -> None:
    """Keep them, all or none. One that is known by its id is written over.

    Their ends were read in the console, and count where the billing tells another one.
    """
    names, marks = ", ".join(COLUMNS), ", ".join("?" for _ in COLUMNS)
    sql = (
        f"INSERT OR REPLACE INTO items (account, {names}, by_hand, console_ends_at) "  # noqa: S608
        f"VALUES (?, {marks}, 1, ?)"
    )
    rows = [(account, *to_row(item), to_epoch(item.ends_at)) for item in licenses]
    with immediate(db):
        db.executemany(sql, rows)
