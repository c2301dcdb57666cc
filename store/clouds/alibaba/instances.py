"""What QueryAvailableInstances lists, page by page, and what each row is.

The list is read without a region, since a wrong one gives an empty list and no error, and to
the end by the total that the cloud tells, since it lowers the page size on its own. `Status`
lags behind expiry and is not looked at: the dates decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from sys import intern

from msgspec import Struct, field
from msgspec.structs import replace

from store.clouds.alibaba.answers import Envelope
from store.clouds.alibaba.fields import instant, text, unreadable, whole
from store.clouds.alibaba.item_types import ItemType
from store.clouds.alibaba.retry import Reader
from store.errors import Unreachable
from store.i18n import _
from store.models import (
    EnterpriseInstance,
    Item,
    Kind,
    License,
    NewPublicInstance,
    OtherItem,
    PreviousPublicInstance,
)

OPERATION = "QueryAvailableInstances"
PAGE_SIZE = 300
"""The largest that the cloud gives."""
_IOT = ("iot-", "iot_instc_")
"""How Instance IDs of IoT Platform begin, today and in the past."""
_MOST_PAGES = 10_000


class _Row(Struct, rename="pascal"):
    """A row as the cloud writes it."""

    instance_id: object = field(default=None, name="InstanceID")
    product_code: object = None
    product_type: object = None
    subscription_type: object = None
    region: object = None
    create_time: object = None
    end_time: object = None
    renew_status: object = None
    renewal_duration: object = None
    renewal_duration_unit: object = None


class _Page(Struct, rename="pascal"):
    instance_list: list[_Row] | None = None
    total_count: object = None


class _Answer(Envelope, kw_only=True):
    data: _Page


class Listed(Struct, frozen=True):
    """A row of the list: what is needed to show the instance, and to renew it."""

    instance_id: str
    product: str
    product_type: str
    subscription: str
    region: str
    created: object
    """As the cloud writes it: only a quote asks when it was bought."""
    ends_at: datetime | None
    auto_renewal_months: int | None

    @property
    def created_at(self) -> datetime | None:
        """When it was bought. Raises `Unreachable` for a text that is no time."""
        return instant(self.created, "CreateTime", f"{OPERATION} {self.instance_id}")

    @property
    def is_pay_as_you_go(self) -> bool:
        return self.subscription == "PayAsYouGo"

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it one: the ID alone may stand for several products."""
        return (self.product, self.product_type, self.subscription, self.instance_id)


def listing(reader: Reader, only: str | None = None) -> Iterator[tuple[list[Listed], int]]:
    """Each page with the total that the cloud tells.

    Raises `Unreachable` if the list ends before its total is reached: it changed while it was
    read, or it is not complete, and either way nothing may be concluded from it.
    """
    seen: set[tuple[str, ...]] = set()
    filters = {} if only is None else {"instance_ids": only}
    for number in range(1, _MOST_PAGES):
        pages = {"page_num": number, "page_size": PAGE_SIZE}
        page = reader.call(OPERATION, _Answer, **pages, **filters).data
        found = [_listed(row) for row in page.instance_list or ()]
        total = whole(page.total_count)
        if total is None:
            raise unreadable(OPERATION, "TotalCount", page.total_count, _("a whole number"))
        keyed = {one.key: one for one in found}
        fresh = [one for key, one in keyed.items() if key not in seen]
        seen.update(keyed)
        yield fresh, total
        if len(seen) >= total:
            return
        if not fresh:
            raise Unreachable(
                _(
                    "the cloud told of {total} instances but listed {n}: the list is not "
                    "complete, or it changed while it was read. Nothing that is stored was "
                    "changed; sync again."
                ).format(total=total, n=len(seen))
            )
    raise Unreachable(
        _("{operation} goes on without end; nothing that is stored was changed.").format(
            operation=OPERATION
        )
    )


def _listed(row: _Row) -> Listed:
    instance_id = text(row.instance_id)
    if not instance_id:
        raise unreadable(OPERATION, "InstanceID", row.instance_id, _("an Instance ID"))
    return Listed(
        instance_id,
        _word(row.product_code),
        _word(row.product_type),
        _word(row.subscription_type),
        _word(row.region),
        row.create_time,
        instant(row.end_time, "EndTime", OPERATION, instance_id),
        _auto_renewal(row),
    )


def _word(value: object) -> str:
    """The text of a field of which there are few: kept once, not once for each row."""
    return intern(text(value))


def _auto_renewal(row: _Row) -> int | None:
    """The months of auto-renewal; None where it is off, or where its term is not told."""
    if row.renew_status != "AutoRenewal":
        return None
    length = whole(row.renewal_duration) or 0
    months = length * 12 if text(row.renewal_duration_unit).upper() == "Y" else length
    return months or None


def items_of(found: Listed, said: Mapping[str, ItemType]) -> list[Item]:
    """What the row is, by what the person said, else by its ID; everything else is `other`.

    None for what is paid as it goes and is not of a kind that the program knows: it has no
    end that could be missed.
    """
    told = said.get(found.instance_id)
    if told is not None:
        return _as_said(found, told)
    if found.instance_id.startswith(_IOT):
        if found.ends_at is not None and not found.is_pay_as_you_go:
            return [_enterprise(found, found.instance_id)]
    elif found.is_pay_as_you_go and found.ends_at is None:
        return []
    return [_other(found, "")]


def _as_said(found: Listed, told: ItemType) -> list[Item]:
    name = told.name or found.instance_id
    match told.kind:
        case Kind.ENTERPRISE if found.ends_at is not None:
            return [_enterprise(found, name)]
        case Kind.LICENSE if found.ends_at is not None:
            return list(_licenses(found, found.ends_at, told))
        case Kind.PUBLIC_PREVIOUS:
            return [
                PreviousPublicInstance(found.instance_id, found.instance_id, name, found.region)
            ]
        case Kind.PUBLIC_NEW:
            return [NewPublicInstance(found.instance_id, name, found.region)]
        case _:
            return [_other(found, told.name)]


def _enterprise(found: Listed, name: str) -> EnterpriseInstance:
    if found.ends_at is None:
        raise ValueError(found.instance_id)
    return EnterpriseInstance(
        found.instance_id, name, found.region, found.ends_at, found.auto_renewal_months
    )


def _other(found: Listed, name: str) -> OtherItem:
    product = "/".join(dict.fromkeys(part for part in (found.product, found.product_type) if part))
    return OtherItem(
        found.instance_id, name or product or found.instance_id, found.region, found.ends_at
    )


def _licenses(found: Listed, ends_at: datetime, told: ItemType) -> Iterator[License]:
    if not told.licenses:
        yield License(
            found.instance_id, found.instance_id, told.application, "", told.sdks, ends_at,
            auto_renewal_months=found.auto_renewal_months,
        )  # fmt: skip
    for one in told.licenses:
        yield replace(
            one,
            instance_id=found.instance_id,
            ends_at=ends_at,
            auto_renewal_months=found.auto_renewal_months,
        )
