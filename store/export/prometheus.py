"""Metrics for the textfile collector of Prometheus. Unknown values are left out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from store.items.overview import Overview
from store.rules.severity import Severity
from store.sanitize import plain
from store.times import epoch_or_none, to_epoch

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

LEVELS = {Severity.OK: 0, Severity.WARNING: 1, Severity.CRITICAL: 2, Severity.UNKNOWN: 3}
"""Severity to its number, as in the exit codes of `renewal status`."""


def metrics_text(overview: Overview) -> bytes:
    """The metrics in the text format of Prometheus."""
    from prometheus_client import CollectorRegistry, generate_latest

    registry = CollectorRegistry()
    _account(registry, overview)
    _items(registry, overview)
    return generate_latest(registry)


def _account(registry: CollectorRegistry, overview: Overview) -> None:
    from prometheus_client import Gauge

    account = plain(overview.account)

    def gauge(name: str, description: str, value: float | Decimal | None) -> None:
        if value is not None:
            metric = Gauge(name, description, ["account"], registry=registry)
            metric.labels(account).set(float(value))

    balance, forecast = overview.balance, overview.forecast
    gauge("renewal_severity", "0 ok, 1 warning, 2 critical, 3 unknown", LEVELS[overview.severity])
    gauge(
        "renewal_synced_timestamp_seconds",
        "Time of the last sync",
        epoch_or_none(overview.as_of),
    )
    gauge("renewal_stale", "1 if the data is stale", int(overview.stale))
    if balance is not None:
        gauge("renewal_balance_available", "Available amount, credit included", balance.available)
        gauge("renewal_balance_owed", "Sum of the unpaid bills", balance.owed)
    if forecast is not None:
        gauge("renewal_forecast_due", "Cost of the renewals due within the horizon", forecast.due)
        gauge(
            "renewal_forecast_unpriced",
            "Number of due renewals without a known price",
            forecast.unpriced,
        )
        gauge("renewal_forecast_shortfall", "Amount that the balance lacks", forecast.shortfall)


def _items(registry: CollectorRegistry, overview: Overview) -> None:
    from prometheus_client import Gauge

    labels = ["account", "kind", "id", "name"]
    level = Gauge(
        "renewal_item_severity", "0 ok, 1 warning, 2 critical, 3 unknown", labels, registry=registry
    )
    ends = Gauge(
        "renewal_item_ends_timestamp_seconds", "End date of the item", labels, registry=registry
    )
    lost = Gauge(
        "renewal_item_data_lost_timestamp_seconds",
        "Time at which the data of the item is deleted",
        labels,
        registry=registry,
    )
    for assessment in overview.items:
        item = assessment.item
        values = (plain(overview.account), item.kind.value, plain(item.id), plain(item.name))
        level.labels(*values).set(LEVELS[assessment.severity])
        if item.ends_at is not None:
            ends.labels(*values).set(to_epoch(item.ends_at))
        if assessment.standing.data_lost_at is not None:
            lost.labels(*values).set(to_epoch(assessment.standing.data_lost_at))
