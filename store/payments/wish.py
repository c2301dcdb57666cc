"""What a person asks for when they want something renewed."""

from __future__ import annotations

import time
from datetime import timedelta
from decimal import Decimal

from msgspec import Struct, field


class Wish(Struct, frozen=True):
    """The same for each of the Instance IDs."""

    months: int
    max_amount: Decimal | None = None
    if_ends_within: timedelta | None = None
    dry_run: bool = False
    asked_at: float = field(default_factory=time.time)
    """When it was asked for, in seconds since 1970 by this machine's clock; with a command
    that is when its process began."""
