"""Valid cash coupons and prepaid cards (QueryCashCoupons, QueryPrepaidCards)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from store.clouds.account_details import Voucher, VoucherKind
from store.clouds.alibaba.fields import Row, amount, instant, text
from store.clouds.alibaba.retry import Reader
from store.errors import Unreachable
from store.money import round_to_cents

CASH_COUPONS = "QueryCashCoupons"
PREPAID_CARDS = "QueryPrepaidCards"


def cash_coupons(reader: Reader, now: datetime) -> list[Voucher]:
    """The cash coupons with a remaining amount. Raises what the reader raises."""
    answer = reader.call(CASH_COUPONS, dict, effective_or_not=True)
    return list(_vouchers(answer, "CashCoupon", VoucherKind.CASH_COUPON, now))


def prepaid_cards(reader: Reader, now: datetime) -> list[Voucher]:
    """The prepaid cards with a remaining amount. Raises what the reader raises."""
    answer = reader.call(PREPAID_CARDS, dict, effective_or_not=True)
    return list(_vouchers(answer, "PrepaidCard", VoucherKind.PREPAID_CARD, now))


def _vouchers(
    answer: Mapping[str, Any], field: str, kind: VoucherKind, now: datetime
) -> Iterator[Voucher]:
    for row in _rows(answer.get("Data"), field):
        left, expires_at = amount(row.get("Balance")), None
        with suppress(Unreachable):
            expires_at = instant(row.get("ExpiryTime"), "ExpiryTime", field)
        is_expired = expires_at is not None and expires_at <= now
        is_available = text(row.get("Status")).casefold() in {"", "available"}
        if left is not None and left > 0 and is_available and not is_expired:
            number = text(row.get(f"{field}No")) or text(row.get(f"{field}Id"))
            products = text(row.get("ApplicableProducts"))
            yield Voucher(kind, number, round_to_cents(left), expires_at, products)


def _rows(data: object, field: str) -> Iterator[Row]:
    """The rows: a list in the documentation, a list within an object in the SDK."""
    listed = data.get(field) if isinstance(data, dict) else data
    entries = listed if isinstance(listed, list) else [listed]
    return (entry for entry in entries if isinstance(entry, dict))
