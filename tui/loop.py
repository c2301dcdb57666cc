"""asyncio without TLS, for an event loop that only ever serves a keyboard and a screen.

Whatever speaks to a cloud does so in a thread, by `requests`. asyncio does without `ssl` where
Python was built without it; made to do so here, it spares a tenth of the memory and a fiftieth
of the start. Who imports `ssl` later has it.
"""

from __future__ import annotations

import sys
from typing import Any, cast


def import_asyncio_without_tls() -> None:
    """Does nothing where `ssl` or asyncio is there already."""
    modules = cast("dict[str, Any]", sys.modules)
    if "ssl" in modules or "asyncio" in modules:
        return
    modules["ssl"] = None  # Python's own way to say that a module cannot be imported
    try:
        import asyncio  # noqa: F401
    finally:
        del modules["ssl"]
