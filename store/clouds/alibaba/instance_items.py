"""The items of QueryAvailableInstances rows, identified by a person's entries, IDs and codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from store.clouds.alibaba.commodity_codes import proposed_kind
from store.clouds.alibaba.instances import ListedInstance
from store.clouds.alibaba.item_types import ItemType, previous_public
from store.clouds.alibaba.row_errors import distinct_id
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


def items_of(instance: ListedInstance, item_types: Mapping[str, ItemType]) -> list[Item]:
    """The items of a row, identified by a person's entry, else by its ID; all others are `other`.

    Empty for pay-as-you-go rows without an end date, unless they may be of IoT Platform or are
    limited for lack of payment.
    """
    item_type = item_types.get(instance.instance_id)
    if not instance.is_readable:
        return [_unreadable(instance, item_type)]
    if item_type is not None:
        return _items_of_type(instance, item_type)
    if instance.instance_id.startswith(_IOT):
        if instance.ends_at is not None and not instance.is_pay_as_you_go:
            return [_enterprise(instance, instance.instance_id)]
    elif instance.is_pay_as_you_go and instance.ends_at is None and not _is_worth_listing(instance):
        return []
    return [_other(instance, "", _proposal(instance))]


def _is_worth_listing(instance: ListedInstance) -> bool:
    """Whether a row without an end date may be of IoT Platform, or is limited for lack of
    payment."""
    is_limited = instance.details is not None and bool(instance.details.sub_status)
    return is_limited or (instance.product or instance.product_type).casefold().startswith("iot")


def _unreadable(instance: ListedInstance, item_type: ItemType | None) -> Item:
    """The item of an unreadable row. Once a person has identified it as `other`, its dates
    count."""
    if item_type is None or item_type.kind is not Kind.OTHER or instance.details is None:
        return _other(instance, "", None)
    errors = tuple(error for error in instance.details.errors if error.field == "ends_at")
    return _other(
        replace(instance, details=replace(instance.details, errors=errors)), item_type.name, None
    )


def _items_of_type(instance: ListedInstance, item_type: ItemType) -> list[Item]:
    name = item_type.name or instance.instance_id
    match item_type.kind:
        case Kind.ENTERPRISE if instance.ends_at is not None:
            return [_enterprise(instance, name, is_trial=item_type.is_trial)]
        case Kind.LICENSE if instance.ends_at is not None:
            return list(_licenses(instance, instance.ends_at, item_type))
        case Kind.PUBLIC_PREVIOUS:
            instance_id, details = instance.instance_id, instance.details
            return [previous_public(instance_id, instance_id, name, instance.region, details)]
        case Kind.PUBLIC_NEW:
            return [
                NewPublicInstance(instance.instance_id, name, instance.region, instance.details)
            ]
        case _:
            return [_other(instance, item_type.name, None)]


def _enterprise(
    instance: ListedInstance, name: str, *, is_trial: bool = False
) -> EnterpriseInstance:
    if instance.ends_at is None:
        raise ValueError(instance.instance_id)
    details = instance.details
    if is_trial:
        details = replace(details or _NO_DETAILS, is_trial=True)
    return EnterpriseInstance(
        instance.instance_id, name, instance.region, instance.ends_at, instance.auto_renewal_months,
        details=details,
    )  # fmt: skip


def _proposal(instance: ListedInstance) -> Kind | None:
    return proposed_kind(
        (instance.product_type, instance.product),
        has_end=instance.ends_at is not None,
        is_pay_as_you_go=instance.is_pay_as_you_go,
    )


def _other(instance: ListedInstance, name: str, proposal: Kind | None) -> OtherItem:
    product = "/".join(
        dict.fromkeys(part for part in (instance.product, instance.product_type) if part)
    )
    details = replace(
        instance.details or _NO_DETAILS,
        is_pay_as_you_go=instance.is_pay_as_you_go and instance.ends_at is None,
        proposed_kind=proposal,
    )
    return OtherItem(
        instance.instance_id,
        name or product or instance.instance_id,
        instance.region,
        instance.ends_at,
        None if details == _NO_DETAILS else details,
    )


def second_product(instance: ListedInstance, taken: set[str]) -> OtherItem:
    """The item of a row whose Instance ID belongs to another product as well: of kind `other`, with
    the product code appended to the ID. `taken` are the IDs so far; its ID is added."""
    item_id = distinct_id(f"{instance.instance_id}:{instance.product}", taken)
    return _other(replace(instance, instance_id=item_id), "", None)


def _licenses(
    instance: ListedInstance, ends_at: datetime, item_type: ItemType
) -> Iterator[License]:
    if not item_type.licenses:
        yield License(
            instance.instance_id, instance.instance_id, item_type.application, "", item_type.sdks,
            ends_at, auto_renewal_months=instance.auto_renewal_months, details=instance.details,
        )  # fmt: skip
    for written in item_type.licenses:
        yield replace(
            written,
            instance_id=instance.instance_id,
            ends_at=ends_at,
            auto_renewal_months=instance.auto_renewal_months,
            details=instance.details,
        )
