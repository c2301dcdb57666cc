"""What a person said once about an item that the billing API lists without telling its kind.

The product codes of IoT Platform and of the SDK licenses are not published, and the API tells
no names: without this an item is recognised by its ID alone, or stays `other`. A public
instance of the previous version has no ID, and no API lists it: it is said by its region.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from store.models import Details, Kind, License, PreviousPublicInstance

PREVIOUS_PUBLIC = "public-previous:"
"""How the id of a public instance of the previous version without an Instance ID begins; its
region follows."""


class ItemType(Struct, frozen=True):
    """One Instance ID's kind, name, and, for a license order, what it is for."""

    kind: Kind
    name: str = ""
    application: str = ""
    """The application of a license order that holds one license."""
    sdks: tuple[str, ...] = ()
    licenses: tuple[License, ...] = ()
    """The order's licenses where they were written down one by one; their end dates and
    auto-renewal are taken from the cloud all the same."""
    is_trial: bool = False
    """Of an Enterprise Edition instance: it is released at its end, without the 15 days."""


def previous_public(
    item_id: str, instance_id: str, name: str, region: str, details: Details | None = None
) -> PreviousPublicInstance:
    """A public instance of the previous version of a real account, which tells no bills of it."""
    judged = replace(details or Details(), is_judged_by_balance=True)
    return PreviousPublicInstance(item_id, instance_id, name, region, details=judged)


def previous_public_instances(
    item_types: Mapping[str, ItemType],
) -> Iterator[PreviousPublicInstance]:
    """The public instances of the previous version that were said by their regions."""
    for item_id, item_type in item_types.items():
        if item_id.startswith(PREVIOUS_PUBLIC):
            region = item_id.removeprefix(PREVIOUS_PUBLIC)
            yield previous_public(item_id, "", item_type.name, region)
