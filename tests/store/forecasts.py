"""The forecast and the cover of auto-renewals, renewal by renewal: what the database has to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from store.items.forecast import Forecast
from store.items.renewal_dues import Due
from store.models import Balance


def amount_of(due: Due) -> Decimal | None:
    return None if due.cents is None else Decimal(due.cents) / 100


def forecast_of(
    dues: Sequence[Due], balance: Balance, now: datetime, horizon: timedelta
) -> Forecast:
    """What is due within the horizon (its end included), and where the money ends."""
    within = [due for due in dues if due.ends_at <= now + horizon]
    amounts = [(due, amount) for due in within if (amount := amount_of(due)) is not None]
    left = balance.available - balance.owed
    short_from = None
    for due, amount in amounts:
        if short_from is None and amount > left:
            short_from = max(due.ends_at, now)
        left -= amount
    return Forecast(
        horizon,
        sum((amount for _, amount in amounts), Decimal(0)),
        len(within) - len(amounts),
        max(Decimal(0), -left),
        short_from,
    )


def payable(dues: Sequence[Due], balance: Balance, now: datetime) -> dict[str, bool | None]:
    """For each auto-renewal to come, by `Due.id`: whether it can be paid for; None: no price is
    known."""
    left = balance.available
    answers: dict[str, bool | None] = {}
    for due in dues:
        amount = amount_of(due)
        if due.auto_renewal_months is None or due.ends_at <= now:
            continue
        if amount is None:
            answers[due.id] = None
            continue
        answers[due.id] = not balance.owed and amount <= left
        left -= amount
    return answers
