"""The rows of QueryAvailableInstances, page by page, and the items they stand for.

The list is read without a region, since a wrong region gives an empty list and no error. `Status`
lags behind expiry, so the dates decide; a contradicting status is kept as a detail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from operator import attrgetter
from sys import intern
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from store.clouds.alibaba.answers import Envelope
from store.clouds.alibaba.commodity_codes import proposed_kind
from store.clouds.alibaba.fields import instant, text, unreadable, whole
from store.clouds.alibaba.item_types import ItemType, previous_public
from store.clouds.alibaba.paging import all_pages
from store.clouds.alibaba.retry import Reader
from store.clouds.alibaba.row_errors import AN_OBJECT, RowErrors, distinct
from store.i18n import _
from store.models import (
    Details,
    EnterpriseInstance,
    Item,
    Kind,
    License,
    NewPublicInstance,
    OtherItem,
)
from store.rules.details import LIMITED

OPERATION = "QueryAvailableInstances"
PAGE_SIZE = 300
"""The cloud's maximum."""
_IOT = ("iot-", "iot_instc_")
"""The prefixes of IoT Platform Instance IDs, current and former."""
_NO_DETAILS = Details()


class _Row(Struct, rename="pascal"):
    """A row in the cloud's format."""

    instance_id: object = field(default=None, name="InstanceID")
    product_code: object = None
    product_type: object = None
    subscription_type: object = None
    region: object = None
    create_time: object = None
    end_time: object = None
    stop_time: object = None
    release_time: object = None
    expected_release_time: object = None
    status: object = None
    sub_status: object = None
    renew_status: object = None
    renewal_duration: object = None
    renewal_duration_unit: object = None


class _Page(Struct, rename="pascal"):
    instance_list: list[_Row | str | int | float | bool | list[Any] | None] | Literal[""] | None = (
        None
    )
    """The rows; anything but an object is an unreadable row. An empty list may be an empty text."""
    total_count: object = None


class _Answer(Envelope, kw_only=True):
    data: _Page


class Listed(Struct, frozen=True):
    """A row of the list: what is needed to show an instance and to renew it."""

    instance_id: str
    product: str
    product_type: str
    subscription: str
    region: str
    created: object
    """In the cloud's format: the purchase date is needed for quotes only."""
    ends_at: datetime | None
    auto_renewal_months: int | None
    details: Details | None = None

    @property
    def created_at(self) -> datetime | None:
        """The date of purchase. Raises `Unreachable` for a text that is not a time."""
        return instant(self.created, "CreateTime", f"{OPERATION} {self.instance_id}")

    @property
    def is_pay_as_you_go(self) -> bool:
        return self.subscription == "PayAsYouGo"

    @property
    def is_readable(self) -> bool:
        """Whether its ID and its end could be read."""
        errors = self.details.errors if self.details else ()
        return not any(error.field in {"id", "ends_at"} for error in errors)

    @property
    def key(self) -> tuple[str, ...]:
        """Identifies the row: several products may share an Instance ID."""
        return (self.product, self.product_type, self.subscription, self.instance_id)


def listing(reader: Reader, only: str | None = None) -> Iterator[tuple[list[Listed], int]]:
    """The pages, each with the cloud's total. Raises `Unreachable` if the list is incomplete or the
    answer cannot be read."""
    filters = {} if only is None else {"instance_ids": only}

    def fetch(number: int) -> tuple[list[Listed], int]:
        pages = {"page_num": number, "page_size": PAGE_SIZE}
        page = reader.call(OPERATION, _Answer, **pages, **filters).data
        total = whole(page.total_count)
        if total is None:
            raise unreadable(OPERATION, "TotalCount", page.total_count, _("a whole number"))
        taken: set[str] = set()
        return [_listed(row, taken) for row in page.instance_list or ()], total

    yield from all_pages(OPERATION, fetch, attrgetter("key"))


def _listed(value: object, taken: set[str]) -> Listed:
    """The row. `taken` are the IDs made up for rows of this page."""
    errors = RowErrors()
    row = value if isinstance(value, _Row) else _Row()
    if row is not value:
        errors.add("id", value, AN_OBJECT)
    product, product_type = _word(row.product_code), _word(row.product_type)
    subscription, region = _word(row.subscription_type), _word(row.region)
    lasting = (product, product_type, subscription, region, row.create_time)
    instance_id = errors.item_id(row.instance_id, lasting)
    if errors.errors:
        instance_id = distinct(instance_id, taken)
    ends_at = errors.instant(row.end_time, "ends_at")
    months = _auto_renewal(row)
    return Listed(
        instance_id, product, product_type, subscription, region, row.create_time, ends_at, months,
        _details(row, months, errors, has_end=ends_at is not None),
    )  # fmt: skip


def _word(value: object) -> str:
    """The text of a field with few distinct values, stored once instead of once a row."""
    return intern(text(value))


def _auto_renewal(row: _Row) -> int | None:
    """The months of auto-renewal; None if it is off, or if its term is missing."""
    if row.renew_status != "AutoRenewal":
        return None
    length = whole(row.renewal_duration) or 0
    months = length * 12 if text(row.renewal_duration_unit).upper() == "Y" else length
    return months or None


def _details(row: _Row, months: int | None, errors: RowErrors, *, has_end: bool) -> Details | None:
    """The details of the row besides its dates; None if there are none."""
    status, sub_status = text(row.status), text(row.sub_status)
    details = Details(
        ends_on_purpose=row.renew_status == "NotRenewal",
        renews_for_unknown_term=row.renew_status == "AutoRenewal" and months is None,
        status=status if status == "Expired" or (status == "Creating" and not has_end) else "",
        sub_status=sub_status if sub_status in LIMITED else "",
        stopped_at=errors.instant(row.stop_time, "stopped_at"),
        released_at=errors.instant(row.release_time, "released_at"),
        release_expected_at=errors.instant(row.expected_release_time, "release_expected_at"),
        errors=tuple(errors.errors),
    )
    return None if details == _NO_DETAILS else details


def items_of(listed: Listed, item_types: Mapping[str, ItemType]) -> list[Item]:
    """The items of a row, by what a person entered, else by its ID; all others are `other`.

    Empty for pay-as-you-go rows without an end date, unless they may be of IoT Platform or are
    limited for lack of payment.
    """
    item_type = item_types.get(listed.instance_id)
    if not listed.is_readable:
        return [_unreadable(listed, item_type)]
    if item_type is not None:
        return _of_type(listed, item_type)
    if listed.instance_id.startswith(_IOT):
        if listed.ends_at is not None and not listed.is_pay_as_you_go:
            return [_enterprise(listed, listed.instance_id)]
    elif listed.is_pay_as_you_go and listed.ends_at is None and not _is_worth_listing(listed):
        return []
    return [_other(listed, "", _proposal(listed))]


def _is_worth_listing(listed: Listed) -> bool:
    """Whether a row without an end date may be of IoT Platform, or is limited for lack of
    payment."""
    is_limited = listed.details is not None and bool(listed.details.sub_status)
    return is_limited or (listed.product or listed.product_type).casefold().startswith("iot")


def _unreadable(listed: Listed, item_type: ItemType | None) -> Item:
    """The item of an unreadable row. Once a person has identified it as `other`, its dates
    count."""
    if item_type is None or item_type.kind is not Kind.OTHER or listed.details is None:
        return _other(listed, "", None)
    errors = tuple(error for error in listed.details.errors if error.field == "ends_at")
    return _other(
        replace(listed, details=replace(listed.details, errors=errors)), item_type.name, None
    )


def _of_type(listed: Listed, item_type: ItemType) -> list[Item]:
    name = item_type.name or listed.instance_id
    match item_type.kind:
        case Kind.ENTERPRISE if listed.ends_at is not None:
            return [_enterprise(listed, name, is_trial=item_type.is_trial)]
        case Kind.LICENSE if listed.ends_at is not None:
            return list(_licenses(listed, listed.ends_at, item_type))
        case Kind.PUBLIC_PREVIOUS:
            instance_id, details = listed.instance_id, listed.details
            return [previous_public(instance_id, instance_id, name, listed.region, details)]
        case Kind.PUBLIC_NEW:
            return [NewPublicInstance(listed.instance_id, name, listed.region, listed.details)]
        case _:
            return [_other(listed, item_type.name, None)]


def _enterprise(listed: Listed, name: str, *, is_trial: bool = False) -> EnterpriseInstance:
    if listed.ends_at is None:
        raise ValueError(listed.instance_id)
    details = listed.details
    if is_trial:
        details = replace(details or _NO_DETAILS, is_trial=True)
    return EnterpriseInstance(
        listed.instance_id, name, listed.region, listed.ends_at, listed.auto_renewal_months,
        details=details,
    )  # fmt: skip


def _proposal(listed: Listed) -> Kind | None:
    return proposed_kind(
        (listed.product_type, listed.product),
        has_end=listed.ends_at is not None,
        is_pay_as_you_go=listed.is_pay_as_you_go,
    )


def _other(listed: Listed, name: str, proposal: Kind | None) -> OtherItem:
    product = "/".join(
        dict.fromkeys(part for part in (listed.product, listed.product_type) if part)
    )
    details = replace(
        listed.details or _NO_DETAILS,
        is_pay_as_you_go=listed.is_pay_as_you_go and listed.ends_at is None,
        proposed_kind=proposal,
    )
    return OtherItem(
        listed.instance_id, name or product or listed.instance_id, listed.region, listed.ends_at,
        None if details == _NO_DETAILS else details,
    )  # fmt: skip


def second_product(listed: Listed, taken: set[str]) -> OtherItem:
    """The item of a row whose Instance ID belongs to another product as well: of kind `other`, with
    the product code appended to the ID. `taken` are the IDs so far; its ID is added."""
    item_id = distinct(f"{listed.instance_id}:{listed.product}", taken)
    return _other(replace(listed, instance_id=item_id), "", None)


def _licenses(listed: Listed, ends_at: datetime, item_type: ItemType) -> Iterator[License]:
    if not item_type.licenses:
        yield License(
            listed.instance_id, listed.instance_id, item_type.application, "", item_type.sdks,
            ends_at, auto_renewal_months=listed.auto_renewal_months, details=listed.details,
        )  # fmt: skip
    for written in item_type.licenses:
        yield replace(
            written,
            instance_id=listed.instance_id,
            ends_at=ends_at,
            auto_renewal_months=listed.auto_renewal_months,
            details=listed.details,
        )
