"""A person's entries about items whose kind the billing API does not return.

The product codes of IoT Platform and of SDK licenses are not published, and the API has no names.
Without an entry, an item is identified by its ID alone, or is `other`. A public instance of the
previous version has no ID and is not listed: it is entered by its region.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from store.models import Details, Kind, License, PreviousPublicInstance

PREVIOUS_PUBLIC = "public-previous:"
"""The prefix of the id of a previous-version public instance without an Instance ID; its region
follows."""


class ItemType(Struct, frozen=True):
    """The kind, the name and, for a license order, the contents of an Instance ID."""

    kind: Kind
    name: str = ""
    application: str = ""
    """The application of a license order that holds one license."""
    sdks: tuple[str, ...] = ()
    licenses: tuple[License, ...] = ()
    """The order's licenses, if they were entered one by one; their end dates and auto-renewal come
    from the cloud."""
    is_trial: bool = False
    """Whether an Enterprise Edition instance is a trial, released at its end without the 15
    days."""


def previous_public(
    item_id: str, instance_id: str, name: str, region: str, details: Details | None = None
) -> PreviousPublicInstance:
    """A previous-version public instance of a real account, which has no list of its bills."""
    completed = replace(details or Details(), is_judged_by_balance=True)
    return PreviousPublicInstance(item_id, instance_id, name, region, details=completed)


def previous_public_instances(
    item_types: Mapping[str, ItemType],
) -> Iterator[PreviousPublicInstance]:
    """The previous-version public instances that were entered by region."""
    for item_id, item_type in item_types.items():
        if item_id.startswith(PREVIOUS_PUBLIC):
            region = item_id.removeprefix(PREVIOUS_PUBLIC)
            yield previous_public(item_id, "", item_type.name, region)
