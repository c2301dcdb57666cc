"""Threads that work in the store, and what becomes of their work when the app ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from typing import Any, TypeVar

T = TypeVar("T")


class Jobs:
    """Not the event loop's own threads: for those its end waits, however long they take."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(thread_name_prefix="store")
        self._under_way: set[Future[Any]] = set()

    async def run(self, job: Callable[[], T]) -> T:
        """Do the job in a thread, and wait for what it gives. Raises what the job raises."""
        future = self._threads.submit(copy_context().run, job)
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return await asyncio.wrap_future(future)

    def finish(self, patience: float | None) -> bool:
        """Begin nothing more, and wait so many seconds for what has begun; whether all is done.

        `patience`: None waits as long as it takes.
        """
        self._threads.shutdown(wait=False, cancel_futures=True)
        return not wait(tuple(self._under_way), patience).not_done
