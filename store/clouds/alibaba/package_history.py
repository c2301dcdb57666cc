"""Resource plans that are used up or have ended (DescribeFrInstances, version 2023-09-30).

QueryResourcePackageInstances lists valid plans only. Its amounts take precedence if both list a
plan: the newer operation returns "-" for plans that refill each month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from store.clouds.alibaba.fields import Row, amount, rows, text, whole
from store.clouds.alibaba.retry import Reader
from store.times import within_years

OPERATION = "DescribeFrInstances"
REMEMBERED = timedelta(days=30)
"""Plans that ended earlier need no action any more."""
_PAGE_SIZE = 100
_MOST_PAGES = 50
_QUANTITY = re.compile(r"([\d.,]+)\s*(\D*)")
_MULTIPLES = {
    "十万": 10**5, "百万": 10**6, "千万": 10**7, "万": 10**4, "亿": 10**8, "千": 10**3,
    "百": 10**2,
}  # fmt: skip
"""Chinese numerals before a unit, longest first."""
_VALID, _EXHAUSTED, _INVALID = "valid", "exhaust", "invalid"


def package_rows(reader: Reader, now: datetime) -> list[Row]:
    """Valid and used-up plans, and those that ended in the last 30 days, as rows of
    QueryResourcePackageInstances. Raises what the reader raises."""
    by_id: dict[str, Row] = {}
    for number in range(1, _MOST_PAGES + 1):
        answer = reader.call(OPERATION, dict, page_num=number, page_size=_PAGE_SIZE)
        page = rows(answer.get("Data"), OPERATION)
        known = len(by_id)
        by_id.update((text(row.get("InstanceId")), row) for row in page)
        total = whole(answer.get("TotalCount"))
        if len(by_id) == known or total is None or len(by_id) >= total:
            break
    return [row for row in _convert_rows(by_id.values(), now) if row["InstanceId"]]


def _convert_rows(listed: Iterable[Row], now: datetime) -> Iterator[Row]:
    for row in listed:
        begins, ends = _millis(row.get("StartTime")), _millis(row.get("EndTime"))
        status = _code(row, "Status")
        if begins is None or ends is None or not _is_relevant(status, ends, now):
            continue
        total, unit = quantity(row.get("InitCapacityViewValue"), row.get("InitCapacityViewUnit"))
        left, left_unit = quantity(
            row.get("CurrCapacityViewValue"), row.get("CurrCapacityViewUnit")
        )
        if status == _EXHAUSTED or (left is None and ends <= now):
            left, left_unit = Decimal(0), unit
        yield {
            "InstanceId": text(row.get("InstanceId")),
            "CommodityCode": _code(row, "Commodity"),
            "PackageType": _code(row, "Template"),
            "Remark": _name(row, "Template") or _name(row, "Commodity"),
            "DeductType": _code(row, "CapacityType"),
            "EffectiveTime": begins.isoformat(),
            "ExpiryTime": ends.isoformat(),
            "TotalAmount": None if total is None else f"{total:f}",
            "TotalAmountUnit": unit,
            "RemainingAmount": None if left is None else f"{left:f}",
            "RemainingAmountUnit": left_unit,
            "Region": text(row.get("Region")),
            "ApplicableProducts": {"Product": [_code(row, "Product")]},
        }


def _is_relevant(status: str, ends: datetime, now: datetime) -> bool:
    """Whether the plan is listed. One that is invalid before its end was refunded, or has an
    unknown state: it is skipped, and becomes missing if it was stored."""
    if status == _VALID:
        return ends > now
    if status == _EXHAUSTED:
        return ends > now - REMEMBERED
    return status == _INVALID and now - REMEMBERED < ends <= now


def quantity(value: object, unit: object) -> tuple[Decimal | None, str]:
    """The amount and its unit: of `1000.000000` and `GB`, of `1000.000000GB`, or of `1.000000` and
    `亿CU`; None without an amount, as in `-`."""
    match = _QUANTITY.fullmatch(text(value).strip())
    number, suffix = match.groups() if match else ("", "")
    suffix = suffix or text(unit).strip()
    multiple = next((name for name in _MULTIPLES if suffix.startswith(name)), "")
    plain = amount(number)
    if plain is not None:
        plain *= _MULTIPLES.get(multiple, 1)
    return plain, suffix.removeprefix(multiple)


def _code(row: Row, field: str) -> str:
    """The code of `StatusCode`, or of `Status.Code`."""
    nested = row.get(field)
    return text(row.get(f"{field}Code")) or (
        text(nested.get("Code")) if isinstance(nested, dict) else ""
    )


def _name(row: Row, field: str) -> str:
    nested = row.get(field)
    return text(row.get(f"{field}Name")) or (
        text(nested.get("Name")) if isinstance(nested, dict) else ""
    )


def _millis(value: object) -> datetime | None:
    """The instant, from milliseconds since 1970."""
    millis = whole(value)
    if millis is None:
        return None
    try:
        instant = datetime.fromtimestamp(millis // 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return instant if within_years(instant) else None
