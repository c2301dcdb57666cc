"""Prices of resource plans: the offers of DescribeResourcePackageProduct, priced by
GetResourcePackagePrice.

A price is requested only for an identical offer: same package type, size and term.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from msgspec import Struct

from store.clouds.account_details import PlanPrice
from store.clouds.alibaba.fields import (
    Row,
    amount,
    currency_of,
    inner_list,
    instant,
    mapping,
    text,
    whole,
)
from store.clouds.alibaba.retry import Reader
from store.money import convert_unit, round_to_cents
from store.times import months_between

CATALOGUE = "DescribeResourcePackageProduct"
PRICE = "GetResourcePackagePrice"
_SIZES_IN = "GB"
"""The unit of a specification of data: `1TB` has the value 1024."""


class PlanOffer(Struct, frozen=True):
    """An offered package, with the parameters of GetResourcePackagePrice."""

    commodity: str
    package: str
    specification: str
    duration: int
    unit: str
    """`Month` or `Year`."""

    @property
    def months(self) -> int:
        return self.duration * (12 if self.unit == "Year" else 1)


def vod_commodities(rows: Iterable[Row]) -> list[str]:
    """The commodity codes of the VOD plans among these rows of `package_history`."""
    codes = (text(row.get("CommodityCode")) for row in rows)
    return sorted({code for code in codes if "vod" in code.casefold()})


def fetch_offers(reader: Reader, commodity: str) -> list[PlanOffer]:
    """All offers under this code. Raises what the reader raises."""
    answer = reader.call(CATALOGUE, dict, product_code=commodity)
    data = mapping(answer.get("Data"), CATALOGUE)
    return [
        PlanOffer(commodity, package, text(specification.get("Value")), duration, unit)
        for package_row in _entries(data, "ResourcePackages", "ResourcePackage")
        for kind in _entries(package_row, "PackageTypes", "PackageType")
        for package in [text(kind.get("Code"))]
        for specification in _entries(kind, "Specifications", "Specification")
        for duration, unit in _durations(specification)
    ]


def _entries(row: Row, plural: str, singular: str) -> Iterator[Row]:
    """The objects of a list within an object."""
    return (entry for entry in inner_list(row, plural, singular) if isinstance(entry, dict))


def _durations(specification: Row) -> Iterator[tuple[int, str]]:
    for duration in _entries(specification, "AvailableDurations", "AvailableDuration"):
        length, unit = whole(duration.get("Value")), text(duration.get("Unit")) or "Month"
        if length and unit in {"Month", "Year"}:
            yield length, unit


def same_offer(row: Row, offers: Iterable[PlanOffer]) -> PlanOffer | None:
    """The offer identical to the plan of this row of `package_history`."""
    size, months = _size(row), _months(row)
    for offer in offers:
        offered_size = amount(offer.specification)
        is_same_kind = offer.package == text(row.get("PackageType")) and offer.months == months
        if (
            is_same_kind
            and size is not None
            and offered_size is not None
            and Fraction(offered_size) == size
        ):
            return offer
    return None


def _size(row: Row) -> Fraction | None:
    total, unit = amount(row.get("TotalAmount")), text(row.get("TotalAmountUnit"))
    if total is None:
        return None
    in_gb = convert_unit(Fraction(total), unit, _SIZES_IN)
    return Fraction(total) if in_gb is None else in_gb


def _months(row: Row) -> int | None:
    begins = instant(row.get("EffectiveTime"), "EffectiveTime", PRICE)
    ends = instant(row.get("ExpiryTime"), "ExpiryTime", PRICE)
    return months_between(begins, ends)


def fetch_price(reader: Reader, offer: PlanOffer) -> list[PlanPrice]:
    """The price of an offer, not yet of a plan; empty if the cloud gives none. Raises what the
    reader raises."""
    answer = reader.call(
        PRICE,
        dict,
        product_code=offer.commodity,
        package_type=offer.package,
        specification=offer.specification,
        duration=offer.duration,
        pricing_cycle=offer.unit,
        order_type="BUY",
    )
    data = mapping(answer.get("Data"), PRICE)
    trade, currency = amount(data.get("TradePrice")), currency_of(data)
    if trade is None or trade <= 0 or currency is None:
        return []
    return [PlanPrice("", round_to_cents(trade), currency, offer.months)]
