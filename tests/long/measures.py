"""What a process holds, and what its databases have grown to."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import threading
import tracemalloc
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import psutil

_CACHE = type(lru_cache(len))
MIB = 1024 * 1024
MOST_MEMORY = MIB
"""That may be more at last, outside caches that have a largest size: the last frames."""

MOST_MORE = {"threads": 8, "files": 4}
"""The pool of threads grows to its size once, each with nothing of ours open. SQLite keeps the
files of a connection that is closed beside another one for the next that opens them: as many
as were ever open at once."""


@dataclass(frozen=True)
class Held:
    """At one moment, after a collection."""

    rss: int
    traced: int
    """Bytes that Python's own allocations hold, caches that have a largest size left out."""
    cached: int
    """Bytes in those, `functools.lru_cache` with a maxsize: of Textual and Rich, mostly."""
    threads: int
    files: int
    connections: int
    tasks: int

    @property
    def line(self) -> str:
        return (
            f"RSS {self.rss / MIB:.1f} MiB, traced {self.traced / MIB:.2f} MiB and "
            f"{self.cached / MIB:.2f} MiB in caches, {self.threads} threads, "
            f"{self.files} files, {self.connections} connections, {self.tasks} tasks"
        )


def held() -> Held:
    """Now. Within a running loop its tasks count, too. The caches begin anew."""
    gc.collect()
    whole = tracemalloc.get_traced_memory()[0]
    empty_caches()
    traced = tracemalloc.get_traced_memory()[0]
    process = psutil.Process()
    try:
        tasks = len(asyncio.all_tasks())
    except RuntimeError:
        tasks = 0
    connections = sum(isinstance(each, sqlite3.Connection) for each in gc.get_objects())
    return Held(
        process.memory_info().rss,
        traced,
        whole - traced,
        threading.active_count(),
        process.num_fds(),
        connections,
        tasks,
    )


def empty_caches() -> None:
    """Empty every `functools.lru_cache` with a largest size, and collect what they held."""
    for each in gc.get_objects():
        if isinstance(each, _CACHE) and each.cache_info().maxsize is not None:
            each.cache_clear()
    gc.collect()


def rows_of(path: Path) -> Mapping[str, int]:
    """Rows by table."""
    with closing(sqlite3.connect(path)) as db:
        names = [
            name
            for (name,) in db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        counts = {}
        for name in names:
            (counts[name],) = db.execute(f'SELECT count(*) FROM "{name}"').fetchone()
        return counts


def size_of(home: Path) -> Mapping[str, int]:
    """Bytes of each file of the home."""
    return {path.name: path.stat().st_size for path in sorted(home.iterdir())}


def grown(samples: list[Held]) -> list[str]:
    """What is held at last that was not held at first."""
    first, last = samples[0], samples[-1]
    growth = []
    if last.traced - first.traced > MOST_MEMORY:
        growth.append(f"{(last.traced - first.traced) / MIB:.1f} MiB")
    for name in ("threads", "files", "connections", "tasks"):
        more = getattr(last, name) - getattr(first, name)
        if more > MOST_MORE.get(name, 1):
            growth.append(f"{more} {name}")
    return growth
