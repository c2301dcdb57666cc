"""What an item's details change in its standing, whatever its kind."""

from __future__ import annotations

from msgspec.structs import replace

from store.models import Details
from store.rules.standing import Standing


def with_details(standing: Standing, details: Details) -> Standing:
    """The standing with what the details add to it."""
    return replace(
        standing,
        ends_on_purpose=details.ends_on_purpose,
        data_errors=(*standing.data_errors, *details.errors),
    )
