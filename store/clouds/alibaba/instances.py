"""The rows of QueryAvailableInstances, page by page.

The list is read without a region, since a wrong region gives an empty list and no error. `Status`
lags behind expiry, so the dates decide; a contradicting status is kept as a detail.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter
from sys import intern
from typing import Any, Literal

from msgspec import Struct, field

from store.clouds.alibaba.answers import Envelope
from store.clouds.alibaba.fields import instant, is_never, text, unreadable, whole
from store.clouds.alibaba.paging import all_pages
from store.clouds.alibaba.retry import Reader
from store.clouds.alibaba.row_errors import AN_OBJECT, RowErrors, distinct_id
from store.i18n import _
from store.models import (
    Details,
)
from store.rules.details import LIMITED

OPERATION = "QueryAvailableInstances"
PAGE_SIZE = 300
"""The cloud's maximum."""
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


class ListedInstance(Struct, frozen=True):
    """A row of the list, with the fields that are needed to show and renew an instance."""

    instance_id: str
    product: str
    product_type: str
    subscription: str
    region: str
    created: object
    """The purchase date in the cloud's format, since only quotes need it."""
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


def instance_pages(
    reader: Reader, only: str | None = None
) -> Iterator[tuple[list[ListedInstance], int]]:
    """The pages, each with the cloud's total. Raises `Unreachable` if the list is incomplete or the
    answer cannot be read."""
    filters = {} if only is None else {"instance_ids": only}

    def fetch(number: int) -> tuple[list[ListedInstance], int]:
        pages = {"page_num": number, "page_size": PAGE_SIZE}
        page = reader.call(OPERATION, _Answer, **pages, **filters).data
        total = whole(page.total_count)
        if total is None:
            raise unreadable(OPERATION, "TotalCount", page.total_count, _("a whole number"))
        taken: set[str] = set()
        return [_read_row(row, taken) for row in page.instance_list or ()], total

    yield from all_pages(OPERATION, fetch, attrgetter("key"))


def _read_row(value: object, taken: set[str]) -> ListedInstance:
    """The row. `taken` are the IDs made up for rows of this page."""
    errors = RowErrors()
    row = value if isinstance(value, _Row) else _Row()
    if row is not value:
        errors.add("id", value, AN_OBJECT)
    product, product_type = _word(row.product_code), _word(row.product_type)
    subscription, region = _word(row.subscription_type), _word(row.region)
    stable_values = (product, product_type, subscription, region, row.create_time)
    instance_id = errors.item_id(row.instance_id, stable_values)
    if errors.errors:
        instance_id = distinct_id(instance_id, taken)
    ends_at = errors.instant(row.end_time, "ends_at")
    months = _auto_renewal(row)
    return ListedInstance(
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
        never_ends=is_never(row.end_time),
        renews_for_unknown_term=row.renew_status == "AutoRenewal" and months is None,
        status=status if status == "Expired" or (status == "Creating" and not has_end) else "",
        sub_status=sub_status if sub_status in LIMITED else "",
        stopped_at=errors.instant(row.stop_time, "stopped_at"),
        released_at=errors.instant(row.release_time, "released_at"),
        release_expected_at=errors.instant(row.expected_release_time, "release_expected_at"),
        errors=tuple(errors.errors),
    )
    return None if details == _NO_DETAILS else details
