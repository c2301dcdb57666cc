"""Generated practice accounts of up to a million instances; the same seed gives the same
account."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from store.clouds.practice.load_scenario import Row, load_scenario
from store.clouds.practice.renewals import next_try
from store.clouds.practice.scenario import AccountFields, Scenario
from store.errors import Usage
from store.i18n import _
from store.models import Kind
from store.times import parse_time, to_epoch

MOST_INSTANCES = 1_000_000
CLOCK = parse_time("2026-11-22T09:00:00+08:00")
DAY = 86400

_NAMES = (
    "Factory floor", "Boiler house", "Cold storage", "Parking deck", "Wind farm",
    "Street lights", "Greenhouse", "Elevators", "Water meters", "Fleet trackers",
    "生产车间", "冷链仓库", "智慧停车", "路灯照明", "水表采集", "温室大棚", "电梯监控", "充电桩",
)  # fmt: skip
_CITIES = (
    "Hangzhou", "Shenzhen", "Chengdu", "Tokyo", "Singapore", "Frankfurt",
    "杭州", "深圳", "成都", "苏州", "西安",
)  # fmt: skip
_REGIONS = ("cn-shanghai", "cn-shanghai", "ap-northeast-1", "ap-southeast-1", "eu-central-1")
_PRICES = ("120.00", "300.00", "300.00", "680.00", "1250.00", "2980.00", None)
_AUTO_RENEWALS = (None, None, None, None, 1, 3, 12)
_ENDS_IN_DAYS = ((-40, -15), (-15, 0), (0, 7), (7, 30), (30, 365), (365, 1100))
_SHARES = (0.01, 0.03, 0.07, 0.17, 0.80)
"""The cumulative share of the instances in each range of `_ENDS_IN_DAYS`."""


def load_generated(connection: sqlite3.Connection, instances: int, seed: int) -> None:
    """Replace the whole account by this many generated instances. The caller holds the
    transaction."""
    if not 1 <= instances <= MOST_INSTANCES:
        raise Usage(
            _("cannot generate {instances} instances: use 1 to {most_instances}").format(
                instances=instances, most_instances=MOST_INSTANCES
            )
        )
    account = AccountFields("china", "CNY", Decimal(150 * instances), Decimal("0.00"))
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master"
        " WHERE type = 'index' AND tbl_name = 'subscriptions' AND sql IS NOT NULL"
    ).fetchall()
    for name, _sql in indexes:
        connection.execute(f"DROP INDEX {name}")
    load_scenario(connection, Scenario(CLOCK, account, (), (), ()), _rows(instances, seed))
    for _name, statement in indexes:
        connection.execute(statement)


def _rows(instances: int, seed: int) -> Iterator[Row]:
    draw = Random(seed).random  # noqa: S311 - the same seed has to give the same account
    now = to_epoch(CLOCK)

    def one_of(values: tuple[object, ...]) -> object:
        return values[int(draw() * len(values))]

    for number in range(instances):
        is_other = draw() < 0.1
        ends_at = now + _ends_in(draw(), draw())
        months = one_of(_AUTO_RENEWALS)
        name = f"{one_of(_NAMES)} {one_of(_CITIES)} {number + 1}"
        region, price = one_of(_REGIONS), one_of(_PRICES)
        key = f"{'other' if is_other else 'iot'}-{(number * 2654435761) % 2**32:08x}"
        if is_other:
            yield key, key, number, Kind.OTHER.value, name, str(region), ends_at, *[None] * 4
            continue
        yield (
            key,
            key,
            number,
            Kind.ENTERPRISE.value,
            name,
            str(region),
            ends_at,
            months if isinstance(months, int) else None,
            price if isinstance(price, str) else None,
            None,
            next_try(ends_at, now) if months else None,
        )


def _ends_in(range_draw: float, position_draw: float) -> int:
    """Seconds from now to an end date, which may be in the past."""
    ranges = zip(_ENDS_IN_DAYS, (*_SHARES, 1.0), strict=True)
    low, high = next(days for days, share in ranges if range_draw < share)
    return int((low + (high - low) * position_draw) * DAY)
