"""The start of an overdue period, from QueryAccountTransactions, if its rows leave no doubt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from store.clouds.alibaba.fields import (
    Row,
    amount,
    format_time,
    instant,
    mapping,
    rows,
    text,
    whole,
)
from store.clouds.alibaba.retry import Reader
from store.errors import CloudError

OPERATION = "QueryAccountTransactions"
WINDOW = timedelta(days=90)
_PAGE_SIZE = 100
_MOST_PAGES = 20


class Transaction(Struct, frozen=True):
    """One movement of the account's money."""

    at: datetime
    change: Decimal
    """Negative for an expense."""
    balance: Decimal
    """The balance after it."""


def overdue_since(reader: Reader, available: Decimal, now: datetime) -> datetime | None:
    """The instant of the transaction that took the balance below zero.

    `available` is the current, negative balance. None if it is not certain: rows that cannot be
    read or do not add up, a last balance other than `available`, income since, no such transaction
    in the window, a missing right, or no answer.
    """
    try:
        return find_crossing(_transactions(reader, now), available)
    except (CloudError, ValueError):
        return None


def find_crossing(transactions: Sequence[Transaction], available: Decimal) -> datetime | None:
    """The instant at which these complete transactions of a period last crossed zero, if the
    balance has stayed below since, without income."""
    ordered = sorted(transactions, key=lambda transaction: transaction.at)
    if not ordered or ordered[-1].balance != available:
        return None
    if any(before.at == after.at for before, after in pairwise(ordered)):
        return None
    for index in range(len(ordered) - 1, -1, -1):
        latest = ordered[index]
        before = latest.balance - latest.change
        if index and ordered[index - 1].balance != before:
            return None
        if latest.change > 0:
            return None
        if before >= 0:
            return latest.at
    return None


def _transactions(reader: Reader, now: datetime) -> list[Transaction]:
    """All transactions of the window. Raises `Unreachable` or ValueError if the list or a row is
    incomplete."""
    by_key: dict[tuple[str, ...], Transaction] = {}
    for number in range(1, _MOST_PAGES + 1):
        answer = reader.call(
            OPERATION,
            dict,
            page_num=number,
            page_size=_PAGE_SIZE,
            create_time_start=format_time(now - WINDOW),
            create_time_end=format_time(now),
        )
        data = mapping(answer.get("Data"), f"{OPERATION} Data")
        wrapped = mapping(data.get("AccountTransactionsList"), f"{OPERATION} list")
        page = rows(wrapped.get("AccountTransactionsList"), f"{OPERATION} list")
        known = len(by_key)
        by_key.update((_key(row), _transaction(row)) for row in page)
        total = whole(data.get("TotalCount"))
        if total is None or len(by_key) == known < total:
            break
        if len(by_key) >= total:
            return list(by_key.values())
    raise ValueError(OPERATION)


def _key(row: Row) -> tuple[str, ...]:
    names = ("TransactionNumber", "TransactionTime", "RecordID", "Amount", "Balance")
    return tuple(text(row.get(name)) for name in names)


def _transaction(row: Row) -> Transaction:
    at = instant(row.get("TransactionTime"), "TransactionTime", OPERATION)
    moved, balance = amount(row.get("Amount")), amount(row.get("Balance"))
    flow = text(row.get("TransactionFlow"))
    if at is None or moved is None or balance is None or flow not in {"Income", "Expense"}:
        raise ValueError(OPERATION)
    return Transaction(at, abs(moved) if flow == "Income" else -abs(moved), balance)
