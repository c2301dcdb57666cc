"""The items of QueryAvailableInstances rows, by what a person entered, by IDs and by codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from store.clouds.alibaba.commodity_codes import proposed_kind
from store.clouds.alibaba.instances import Listed
from store.clouds.alibaba.item_types import ItemType, previous_public
from store.clouds.alibaba.row_errors import distinct
from store.models import (
    Details,
    EnterpriseInstance,
    Item,
    Kind,
    License,
    NewPublicInstance,
    OtherItem,
)

_IOT = ("iot-", "iot_instc_")
"""The prefixes of IoT Platform Instance IDs, current and former."""
_NO_DETAILS = Details()


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
