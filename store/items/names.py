"""The name of an item as a person reads it."""

from __future__ import annotations

from store.i18n import N_, _
from store.models import Item, Kind

_CITIES = {
    "cn-shanghai": N_("Shanghai"),
    "ap-southeast-1": N_("Singapore"),
    "ap-northeast-1": N_("Tokyo"),
    "us-west-1": N_("Silicon Valley"),
    "us-east-1": N_("Virginia"),
    "eu-central-1": N_("Frankfurt"),
}
"""The cities of the regions that IoT Platform has public instances in."""


def item_name(item: Item) -> str:
    """The item's name; its ID where it has none.

    The name of a previous-version public instance comes after its city: there may be one in each
    region, without an Instance ID, and a narrow column cuts the end.
    """
    name = item.name or item.id
    if item.kind is not Kind.PUBLIC_PREVIOUS or not item.region:
        return name
    city = _CITIES.get(item.region)
    return f"{_(city) if city else item.region} · {name}"
