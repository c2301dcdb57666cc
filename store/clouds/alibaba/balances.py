"""The balance, from QueryAccountBalance: amounts as texts, with or without separators."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from store.clouds.alibaba.fields import (
    Row,
    currency_of,
    mapping,
    needed_amount,
    optional_amount,
    unreadable,
)
from store.i18n import _
from store.models import Balance
from store.money import round_to_cents

OPERATION = "QueryAccountBalance"
_CREDIT = ("CreditAmount", "MybankCreditAmount")
_NOTHING = Decimal("0.00")


def balance_of(answer: Mapping[str, Any]) -> Balance:
    """The balance. Raises `Unreachable`, naming the field and its value, if it cannot be read.

    A negative available amount is the amount owed. The answer does not contain the start of the
    overdue period.
    """
    data = mapping(answer.get("Data"), f"{OPERATION} Data")
    currency = currency_of(data)
    if currency is None:
        raise unreadable(
            OPERATION, "Currency", data.get("Currency"), _("a currency code such as CNY")
        )
    available = round_to_cents(needed_amount(data, "AvailableAmount", OPERATION))
    lent = sum((_credit(data, field) for field in _CREDIT), _NOTHING)
    if available < 0:
        return Balance(currency, _NOTHING, _NOTHING, -available, None)
    return Balance(currency, available, min(max(lent, _NOTHING), available), _NOTHING, None)


def _credit(data: Row, field: str) -> Decimal:
    """The credit in this field; accounts without credit lack the field."""
    return round_to_cents(optional_amount(data, field, OPERATION) or _NOTHING)
