"""asyncio for an event loop that only ever serves a keyboard and a screen: it is without TLS,
and waits for every terminal.

Whatever speaks to a cloud does so in a thread, by `requests`. asyncio does without `ssl` where
Python was built without it; made to do so here, it spares a tenth of the memory and a fiftieth
of the start. Who imports `ssl` later has it.
"""

from __future__ import annotations

import sys
from collections.abc import Coroutine
from typing import Any, TypeVar, cast

T = TypeVar("T")


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


def run_in_loop(main: Coroutine[Any, Any, T]) -> T:
    """What it comes to. The loop waits by `select`, as Textual does for its keyboard: kqueue,
    which it would wait by on macOS, refuses /dev/tty."""
    import asyncio
    from selectors import SelectSelector

    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(SelectSelector())) as runner:
        return runner.run(main)
