"""What a person said once about an item that the billing API lists without telling its kind.

The product codes of IoT Platform and of the SDK licenses are not published, and the API tells
no names: without this an item is recognised by its ID alone, or stays `other`.
"""

from __future__ import annotations

from msgspec import Struct

from store.models import Kind, License


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
