"""What QueryResourcePackageInstances lists: VOD plans, and plans of products without a rule."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from store.clouds.alibaba.fields import Row, amount, mapping, moment, rows, text, unreadable, whole
from store.clouds.alibaba.retry import Reader
from store.errors import Unreachable
from store.i18n import _
from store.models import Item, OtherItem, ResourcePlan

OPERATION = "QueryResourcePackageInstances"
PAGE_SIZE = 100
"""The largest that every edition of the documentation allows."""
_MOST_PAGES = 10_000
_TYPES = (
    ("storage", ("vodstoragebag", "storage")),
    ("traffic", ("vodflowbag", "flow", "traffic", "transfer", "cdn")),
    ("transcoding", ("transcod",)),
    ("moderation", ("moderation", "censor", "review", "_ai")),
)
"""What a plan is for, by words of its codes; none of them is published as a list."""


def listing(reader: Reader) -> Iterator[tuple[list[Item], int]]:
    """Each page with the total that the cloud tells. Raises `Unreachable` if it falls short."""
    seen: set[str] = set()
    for number in range(1, _MOST_PAGES):
        answer = reader.call(OPERATION, dict, page_num=number, page_size=PAGE_SIZE)
        data = mapping(answer.get("Data"), f"{OPERATION} Data")
        wrapped = data.get("Instances")
        listed = None if wrapped is None else mapping(wrapped, f"{OPERATION} Instances")
        found = rows(None if listed is None else listed.get("Instance"), f"{OPERATION} list")
        total = _total(answer, data)
        fresh = []
        for row in found:
            item = item_of(row)
            if item.id not in seen:
                seen.add(item.id)
                fresh.append(item)
        yield fresh, total
        if len(seen) >= total:
            return
        if not fresh:
            raise Unreachable(
                _(
                    "the cloud told of {total} resource plans but listed {n}: the list is not "
                    "complete, or it changed while it was read. Nothing that is stored was "
                    "changed; sync again."
                ).format(total=total, n=len(seen))
            )
    raise Unreachable(
        _("{operation} goes on without end; nothing that is stored was changed.").format(
            operation=OPERATION
        )
    )


def _total(answer: Row, data: Row) -> int:
    """The total, which is a text in one place and a number in the other."""
    for place, field in ((data, "TotalCount"), (answer, "Total")):
        told = whole(place.get(field))
        if told is not None:
            return told
    raise unreadable(OPERATION, "TotalCount", data.get("TotalCount"), _("a whole number"))


def item_of(row: Row) -> Item:
    """A VOD plan; or `other` for another product's plan and for one whose amounts or dates
    cannot be told, as of plans that are counted by the hour."""
    plan_id = text(row.get("InstanceId"))
    if not plan_id:
        raise unreadable(OPERATION, "InstanceId", row.get("InstanceId"), _("an ID"))
    where = f"{OPERATION} {plan_id}"
    name = text(row.get("Remark")) or text(row.get("PackageType")) or plan_id
    begins, ends = moment(row, "EffectiveTime", where), moment(row, "ExpiryTime", where)
    total, left = amount(row.get("TotalAmount")), amount(row.get("RemainingAmount"))
    if not _is_vod(row) or begins is None or ends is None or total is None or left is None:
        return OtherItem(plan_id, name, text(row.get("Region")), ends)
    unit = text(row.get("TotalAmountUnit"))
    left_unit = text(row.get("RemainingAmountUnit")) or unit
    scaled = in_unit(Fraction(left), left_unit, unit)
    if scaled is None or left < 0 or total < 0:
        return OtherItem(plan_id, name, text(row.get("Region")), ends)
    return ResourcePlan(
        plan_id, name, _type(row), Fraction(total), scaled, unit, None, begins, ends
    )


_POWERS = {"B": 0, "BYTE": 0, "KB": 1, "MB": 2, "GB": 3, "TB": 4, "PB": 5}


def in_unit(quantity: Fraction, unit: str, wanted: str) -> Fraction | None:
    """The quantity in another unit of data; None where the two do not go together."""
    if unit.upper() == wanted.upper():
        return quantity
    if unit.upper() not in _POWERS or wanted.upper() not in _POWERS:
        return None
    return quantity * Fraction(1024) ** (_POWERS[unit.upper()] - _POWERS[wanted.upper()])


def _codes(row: Row) -> str:
    products = row.get("ApplicableProducts")
    listed = products.get("Product") if isinstance(products, dict) else None
    names = [text(name) for name in listed] if isinstance(listed, list) else []
    return " ".join((text(row.get("CommodityCode")), text(row.get("PackageType")), *names))


def _is_vod(row: Row) -> bool:
    return "vod" in _codes(row).casefold()


def _type(row: Row) -> str:
    codes = f"{_codes(row)} {text(row.get('Remark'))}".casefold()
    for name, signs in _TYPES:
        if any(sign in codes for sign in signs):
            return name
    return text(row.get("CommodityCode")) or text(row.get("PackageType")) or "other"
