"""The journal as JSON has it: schema `renewal.payments/1`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from store.money import json_amount
from store.payments.journal import Payment
from store.times import json_time

SCHEMA = "renewal.payments/1"


def payments_document(rows: Iterable[Payment]) -> dict[str, Any]:
    """Every row, oldest first."""
    return {"schema": SCHEMA, "payments": [_row(row) for row in rows]}


def _row(row: Payment) -> dict[str, Any]:
    error = None
    if row.error_code is not None:
        error = {"code": row.error_code, "message": row.error_message}
    return {
        "id": row.id,
        "account": row.account,
        "operation": row.operation.value,
        "instance_id": row.instance_id,
        "months": row.months,
        "client_token": row.client_token,
        "quoted": json_amount(row.quoted),
        "currency": row.currency,
        "state": row.state.value,
        "order_id": row.order_id,
        "ends_before": json_time(row.ends_before),
        "ends_after": json_time(row.ends_after),
        "error": error,
        "note": row.note,
        "created_at": json_time(row.created_at),
        "sent_at": json_time(row.sent_at),
        "settled_at": json_time(row.settled_at),
    }
